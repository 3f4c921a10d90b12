import { digitValue, foldSlice } from '../scan/units.js';
import { CLASSES, candidate, DEVICE } from '../scan/sink.js';
import type { Finding } from '../types.js';
import type { Place } from './place.js';

/** The headers in which Japanese carriers sent a subscriber's id, as names of fields. */
const CARRIER_ID = /^(?:x[-_])?(?:dcm[-_]?guid|up[-_]?subno|jphone[-_]?uid|em[-_]?uid)$|^iモードID$/i;

/** What the scanner finds in the value of a field, also where its name alone says what it is. */
export function findInField(text: string, place: Place): readonly Finding[] {
  const find = place.treatment.passes[0]!.find;
  const found = find(text);
  if (CARRIER_ID.test(place.name)) return carrierId(text, found);
  if (found.length > 0 || !place.isPhone || !isBareNumber(text)) return found;
  return restored(text, '0', find) ?? restored(text, '+', find) ?? found;
}

/** Digits in groups or in one, nine to fifteen of them, and nothing else. */
function isBareNumber(text: string): boolean {
  if (text.length > 40 || !/^[^\p{L}@:.,]+$/u.test(text)) return false;
  let digits = 0;
  for (let i = 0; i < text.length; i++) if (digitValue(text.charCodeAt(i)) >= 0) digits++;
  return digits > 8 && digits < 16;
}

/** Spreadsheets and JSON numbers drop a leading zero (`9012345678`) or a plus: read with it, the whole value is a number. */
function restored(text: string, first: string, find: (text: string) => readonly Finding[]): readonly Finding[] | undefined {
  const value = text.trim();
  const start = text.indexOf(value);
  const [finding, ...more] = find(first + foldSlice(value, 0, value.length));
  if (finding === undefined || more.length > 0 || finding.start !== 0 || finding.end !== value.length + 1) return undefined;
  if (finding.class !== 'telephone-number' && finding.class !== 'mobile-or-ip-phone') return undefined;
  return [{ ...finding, start, end: start + value.length }];
}

/** `{ 'x-dcmguid': '1a2B3c4' }`: the name says what the value is, which has no form of its own. */
function carrierId(text: string, found: readonly Finding[]): readonly Finding[] {
  const value = text.trim();
  const start = text.indexOf(value);
  if (!/^[\w.-]{7,48}$/.test(value) || !/\d/.test(value) || found.some((f) => f.class === CLASSES[DEVICE])) return found;
  return [candidate(DEVICE, 'carrier-device-id', start, start + value.length, value, 0.95)];
}
