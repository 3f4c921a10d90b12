import type { Finding } from '../types.js';
import type { Place } from './place.js';

/** What the scanner finds in the value of a field, also where a telephone number has lost its first sign. */
export function findInField(text: string, place: Place): readonly Finding[] {
  const find = place.treatment.passes[0]!.find;
  const found = find(text);
  if (found.length > 0 || !place.isPhone || !/^\d{9,15}$/.test(text)) return found;
  return restored(text, '0', find) ?? restored(text, '+', find) ?? found;
}

/** Spreadsheets and JSON numbers drop a leading zero (`9012345678`) or a plus: read with it, the whole value is a number. */
function restored(text: string, first: string, find: (text: string) => readonly Finding[]): readonly Finding[] | undefined {
  const [finding, ...more] = find(first + text);
  if (finding === undefined || more.length > 0 || finding.start !== 0 || finding.end !== text.length + 1) return undefined;
  if (finding.class !== 'telephone-number' && finding.class !== 'mobile-or-ip-phone') return undefined;
  return [{ ...finding, end: text.length }];
}
