import { labelBefore } from '../context/labels.js';
import { ADVERTISING, ICCID, IMEI, IMSI, MEID } from '../context/words.js';
import { accept, candidate, DEVICE, note, type Sink } from '../scan/sink.js';
import { isWord } from '../scan/units.js';
import { macBetween, saysMac } from './mac.js';

/** Longer tokens of letters and digits are hashes and keys. */
export const LONGEST_TOKEN = 40;

function report(sink: Sink, kind: string, start: number, end: number, canonical: string, score: number, checked: boolean = true): number {
  note(sink, `id:${kind}`);
  return accept(sink, candidate(DEVICE, kind, start, end, canonical, score, checked ? '' : 'checksum-failed')) ? end : 0;
}

/**
 * Ids that a word has to vouch for (IMEI, MEID, ICCID, IMSI, a MAC address without separators), and those that Japanese
 * phones sent in their headers: the token of letters and digits from `start` to `end`. Returns its end, 0 when it is none.
 */
export function tokenAt(text: string, start: number, end: number, sink: Sink): number {
  const size = end - start;
  if (size < 12 || size > 23) return 0;
  const token = text.slice(start, end);
  const says = (mask: number): boolean => ((labelBefore(text, start, mask, sink.words) || sink.field) & mask) !== 0;
  if (!/^[\da-f]+$/i.test(token)) {
    const legacy = /^(?:ser|icc|SN)(?=\d{15}$|\d{11}$|\d{19}[\da-f]$)/i.exec(token)?.[0].length;
    if (legacy !== undefined) return report(sink, 'carrier-device-id', start + legacy, end, token.slice(legacy), 0.85);
    const host = /^\d{14}_[a-z]{2}$/i.test(token) ? /^\.ezweb\.ne\.jp(?![\w-])/i.exec(text.slice(end, end + 14)) : null;
    return host === null ? 0 : report(sink, 'carrier-device-id', start, end + host[0].length, `${token}${host[0]}`.toLowerCase(), 0.97);
  }
  if ((size === 12 || size === 16) && saysMac(text, start, sink)) return macBetween(text, start, end, sink);
  const digits = /^\d+$/.test(token);
  if ((digits ? size === 18 : size === 14) && says(MEID)) return report(sink, 'meid', start, end, token.toUpperCase(), 0.94);
  if ((size === 19 || size === 20) && token.startsWith('89')) {
    const valid = digits && luhn(token);
    if (says(ICCID)) return report(sink, 'iccid', start, end, token.toUpperCase(), valid ? 0.96 : 0.75, valid);
    return valid && token.startsWith('8981') ? report(sink, 'iccid', start, end, token, 0.6) : 0;
  }
  if (!digits) return 0;
  if ((size === 14 || size === 15) && says(IMSI)) return report(sink, 'imsi', start, end, token, 0.93);
  if (size === 16) return says(IMEI) ? report(sink, 'imei', start, end, token, 0.9) : 0;
  return size === 15 ? imei(text, start, end, token, sink) : 0;
}

/** Fifteen digits (or sixteen, with the software version): the check digit alone is right for one number in ten. */
function imei(text: string, start: number, end: number, digits: string, sink: Sink): number {
  const valid = digits.length === 16 || luhn(digits);
  const said = ((labelBefore(text, start, IMEI, sink.words) || sink.field) & IMEI) !== 0;
  const hyphens = end - start > digits.length;
  return report(sink, 'imei', start, end, digits, said ? (valid ? 0.96 : 0.7) : valid ? (hyphens ? 0.55 : 0.3) : 0.05, valid);
}

/** `35-209900-176148-1`: an IMEI with its usual hyphens, whose first digit stands at `at`. Returns its end, 0 when it is none. */
export function hyphenatedImei(text: string, at: number, sink: Sink): number {
  const match = /^\d\d([- ])\d{6}\1\d{6}\1\d{1,2}(?![\w-])/.exec(text.slice(at, at + 20));
  return match === null ? 0 : imei(text, at, at + match[0].length, match[0].replace(/\D/g, ''), sink);
}

/** The check digit of card numbers, IMEI and ICCID (ISO/IEC 7812-1, annex B). Takes ASCII digits. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, twice = false; i >= 0; i--, twice = !twice) {
    const v = (digits.charCodeAt(i) - 48) * (twice ? 2 : 1);
    sum += v > 9 ? v - 9 : v;
  }
  return sum % 10 === 0;
}

/** A UUID whose first hyphen stands at `at`: an advertising id where a word says so. Returns its end, or 0 when it is none. */
export function uuidAt(text: string, at: number, sink: Sink): number {
  const start = at - 8;
  if (start < 0 || (start > 0 && isWord(text.charCodeAt(start - 1)))) return 0;
  const token = text.slice(start, at + 29);
  if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\w-])/i.test(token)) return 0;
  // All zeros: the user has opted out, there is no id.
  if (/[1-9a-f]/i.test(token) && ((labelBefore(text, start, ADVERTISING, sink.words) || sink.field) & ADVERTISING) !== 0) {
    report(sink, 'advertising-id', start, at + 28, token.slice(0, 36).toLowerCase(), 0.93);
  }
  return at + 28;
}

/** The value of a header in which Japanese carriers sent a subscriber's id; `at` is the hyphen after the X. Returns its end, or 0. */
export function carrierHeader(text: string, at: number, sink: Sink): number {
  const match = /^x-(?:dcmguid|up-subno|jphone-uid|em-uid)["']?\s{0,2}[:=]\s{0,2}["']?([\da-z_.]{7,44})(?![\da-z_])/i.exec(text.slice(at - 1, at + 70));
  const value = match?.[1];
  if (match === null || value === undefined || !/\d/.test(value)) return 0;
  const end = at - 1 + match[0].length;
  return report(sink, 'carrier-device-id', end - value.length, end, value, 0.95);
}
