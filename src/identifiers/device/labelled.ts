import { labelBefore } from '../context/labels.js';
import { ADVERTISING, ICCID, IMEI, IMSI, MAC, MEID } from '../context/words.js';
import { hexDigit, isDigit, isWord } from '../scan/units.js';
import { accept, NO_FLAGS, note, type Sink } from '../scan/sink.js';
import type { IdentifierFlag } from '../types.js';
import { acceptMac } from './mac.js';

/** Longer tokens of letters and digits are hashes and keys: nothing here is. */
const LONGEST = 40;

/** The longest stretch that one of these ids can take, separators included. */
const HYPHENATED_IMEI = /^\d\d([- ])\d{6}\1\d{6}\1\d{1,2}(?![\w-])/;

/**
 * Ids that a word has to vouch for (IMEI, MEID, ICCID, IMSI, a MAC address without separators), in the token around
 * the digits `from` to `to`. Returns where to go on: past the token when it holds letters, else 0 when it is none.
 */
export function labelledAt(text: string, from: number, to: number, sink: Sink): number {
  let start = from;
  while (start > 0 && from - start < LONGEST && isWord(text.charCodeAt(start - 1))) start--;
  let end = to;
  while (end < text.length && end - from < LONGEST && isWord(text.charCodeAt(end))) end++;
  const token = text.slice(start, end);
  if (token.length < LONGEST && fits(text, token, start, end, sink)) return end;
  return token.length > to - from ? end : 0;
}

function fits(text: string, token: string, start: number, end: number, sink: Sink): boolean {
  const said = (mask: number): boolean => ((labelBefore(text, start, mask, sink.words) || sink.field) & mask) !== 0;
  const size = token.length;
  const add = (kind: string, from: number, to: number, canonical: string, score: number, checked: boolean): boolean => {
    note(sink, `id:${kind}${checked ? '' : ':checksum'}`);
    const flags: readonly IdentifierFlag[] = checked ? NO_FLAGS : ['checksum-failed'];
    return accept(sink, { class: 'device-address', kind, start: from, end: to, canonical, score, flags });
  };
  if (/^\d+$/.test(token)) {
    if (size === 15) {
      if (said(IMSI)) return add('imsi', start, end, token, 0.93, true);
      const valid = luhn(token);
      if (said(IMEI)) return add('imei', start, end, token, valid ? 0.96 : 0.7, valid);
      return add('imei', start, end, token, valid ? 0.3 : 0.05, valid);
    }
    if (size === 14 && said(IMSI)) return add('imsi', start, end, token, 0.9, true);
    if (size === 16 && said(IMEI)) return add('imei', start, end, token, 0.9, true);
    if (size === 18 && said(MEID)) return add('meid', start, end, token, 0.93, true);
    if ((size === 19 || size === 20) && token.startsWith('89')) {
      const valid = luhn(token);
      if (said(ICCID)) return add('iccid', start, end, token, valid ? 0.96 : 0.75, valid);
      return valid && token.startsWith('8981') && add('iccid', start, end, token, 0.6, true);
    }
    if (size === 12 && said(MAC)) return bareMac(text, token, start, end, sink);
    return false;
  }
  if (/^[0-9a-f]+$/i.test(token)) {
    if (size === 12 && said(MAC)) return bareMac(text, token, start, end, sink);
    if (size === 16 && said(MAC)) return bareMac(text, token, start, end, sink);
    if (size === 14 && said(MEID)) return add('meid', start, end, token.toUpperCase(), 0.95, true);
    if (size === 20 && token.startsWith('89') && said(ICCID)) return add('iccid', start, end, token.toUpperCase(), 0.75, false);
    return false;
  }
  // What Japanese phones sent in their headers before smartphones.
  const legacy = /^(?:ser(?:\d{15}|\d{11})|icc\d{19}[\da-f]|SN\d{15})$/i.exec(token);
  if (legacy !== null) return add('carrier-device-id', start + (/^sn/i.test(token) ? 2 : 3), end, token.slice(/^sn/i.test(token) ? 2 : 3), 0.85, true);
  const subscriber = /^\d{14}_[a-z]{2}$/i.test(token) ? /^\.ezweb\.ne\.jp(?![\w-])/i.exec(text.slice(end, end + 14)) : null;
  if (subscriber !== null) return add('carrier-device-id', start, end + subscriber[0].length, `${token}${subscriber[0]}`.toLowerCase(), 0.97, true);
  return false;
}

function bareMac(text: string, token: string, start: number, end: number, sink: Sink): boolean {
  const bytes: number[] = [];
  for (let i = 0; i < token.length; i += 2) bytes.push(hexDigit(token.charCodeAt(i)) * 16 + hexDigit(token.charCodeAt(i + 1)));
  acceptMac(text, start, end, bytes, true, sink);
  return true;
}

/** `35-209900-176148-1`: an IMEI with its usual hyphens, whose first digit stands at `at`. Returns its end, 0 when it is none. */
export function hyphenatedImei(text: string, at: number, sink: Sink): number {
  const match = HYPHENATED_IMEI.exec(text.slice(at, at + 20));
  if (match === null) return 0;
  const digits = match[0].replace(/\D/g, '');
  const valid = digits.length === 16 || luhn(digits);
  const said = ((labelBefore(text, at, IMEI, sink.words) || sink.field) & IMEI) !== 0;
  const score = said ? (valid ? 0.96 : 0.7) : valid ? 0.55 : 0.1;
  const flags: readonly IdentifierFlag[] = valid ? NO_FLAGS : ['checksum-failed'];
  note(sink, 'id:imei:hyphens');
  const end = at + match[0].length;
  return accept(sink, { class: 'device-address', kind: 'imei', start: at, end, canonical: digits, score, flags }) ? end : 0;
}

/** The check digit of card numbers, IMEI and ICCID (ISO/IEC 7812-1, annex B). Takes ASCII digits. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, double = false; i >= 0; i--, double = !double) {
    const v = (digits.charCodeAt(i) - 48) * (double ? 2 : 1);
    sum += v > 9 ? v - 9 : v;
  }
  return sum % 10 === 0;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])/i;

/** A UUID whose first hyphen stands at `at`: an advertising id where a word says so. Returns its end, or 0 when it is none. */
export function uuidAt(text: string, at: number, sink: Sink): number {
  const start = at - 8;
  if (start < 0 || text.charCodeAt(at + 5) !== 0x2d || text.charCodeAt(at + 10) !== 0x2d || text.charCodeAt(at + 15) !== 0x2d) return 0;
  if (start > 0 && isWord(text.charCodeAt(start - 1))) return 0;
  const end = at + 28;
  const token = text.slice(start, end);
  if (!UUID.test(text.slice(start, end + 1))) return 0;
  // All zeros: the user has opted out, there is no id.
  if (/[1-9a-f]/i.test(token) && ((labelBefore(text, start, ADVERTISING, sink.words) || sink.field) & ADVERTISING) !== 0) {
    note(sink, 'id:advertising-id');
    accept(sink, { class: 'device-address', kind: 'advertising-id', start, end, canonical: token.toLowerCase(), score: 0.93, flags: NO_FLAGS });
  }
  return end;
}

const HEADER = /^x[-_](?:dcmguid|up[-_]subno|jphone[-_]uid|em[-_]uid)["']?\s{0,2}[:=]\s{0,2}["']?([0-9a-z_.]{7,44})(?![0-9a-z_])/i;

/** The value of a header in which Japanese carriers sent a subscriber's id; `at` is the hyphen after the X. Returns its end, or 0. */
export function carrierHeader(text: string, at: number, sink: Sink): number {
  const x = text.charCodeAt(at - 1) | 0x20;
  const next = text.charCodeAt(at + 1) | 0x20;
  if (x !== 0x78 || (next !== 0x64 && next !== 0x75 && next !== 0x6a && next !== 0x65)) return 0;
  const match = HEADER.exec(text.slice(at - 1, at + 70));
  const value = match?.[1];
  if (match === null || value === undefined || !/\d/.test(value)) return 0;
  const end = at - 1 + match[0].length;
  note(sink, 'id:carrier-header');
  accept(sink, { class: 'device-address', kind: 'carrier-device-id', start: end - value.length, end, canonical: value, score: 0.95, flags: NO_FLAGS });
  return end;
}

/** Whether a run of digits is worth a look by {@link labelledAt}: long enough, or glued to letters of a hexadecimal token. */
export function worthLook(text: string, from: number, to: number): boolean {
  if (to - from >= 11) return true;
  if (from > 0 && hexDigit(text.charCodeAt(from - 1)) >= 0 && !isDigit(text.charCodeAt(from - 1))) return true;
  return to < text.length && hexDigit(text.charCodeAt(to)) >= 0;
}
