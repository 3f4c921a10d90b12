import { says } from '../context/labels.js';
import { accept, candidate, DEVICE, note, type Sink } from '../scan/sink.js';
import { isWord } from '../scan/units.js';
import { macBetween, saysMac } from './mac.js';

function report(sink: Sink, kind: string, start: number, end: number, canonical: string, score: number, checked: boolean = true): number {
  note(sink, `id:${kind}`);
  return accept(sink, candidate(DEVICE, kind, start, end, canonical, score, checked ? '' : 'checksum-failed')) ? end : 0;
}

/**
 * Ids that a word has to vouch for: IMEI, MEID, ICCID, IMSI, a MAC address without separators. `start` to `end` is a run of
 * hexadecimal digits with nothing glued to it, `digits` says that there is no letter in it.
 */
export function idAt(text: string, start: number, end: number, digits: boolean, sink: Sink): number {
  const size = end - start;
  if (size > 20 || size === 13 || size === 17) return 0;
  if ((size === 12 || size === 16) && saysMac(text, start, sink)) return macBetween(text, start, end, sink);
  if (size === (digits ? 18 : 14)) return says(text, start, /meid/i, sink) ? report(sink, 'meid', start, end, text.slice(start, end).toUpperCase(), 0.94) : 0;
  if (size > 18) {
    if (!text.startsWith('89', start)) return 0;
    const token = text.slice(start, end).toUpperCase();
    const valid = digits && luhn(token);
    if (says(text, start, /iccid|\b[eu]?sim(?![a-z])/i, sink)) return report(sink, 'iccid', start, end, token, valid ? 0.96 : 0.75, valid);
    return valid && token.startsWith('8981') ? report(sink, 'iccid', start, end, token, 0.6) : 0;
  }
  if (!digits || size < 14) return 0;
  if (size < 16 && says(text, start, /imsi|加入者/i, sink)) return report(sink, 'imsi', start, end, text.slice(start, end), 0.93);
  return size > 14 ? imei(text, start, end, text.slice(start, end), sink) : 0;
}

/** What Japanese phones sent in their headers before smartphones: ids glued to `ser`, `icc`, `SN`, or to a carrier's host. */
export function carrierIdAt(text: string, start: number, end: number, sink: Sink): number {
  // The letter before the digits, or the underscore behind them, tells most others apart.
  if (!'riNu'.includes(text.charAt(start - 1)) && text.charCodeAt(end) !== 0x5f) return 0;
  const glued = /(?:^|\W)(ser|i|SN|em-uid\W{1,4}u)$/i.exec(text.slice(Math.max(0, start - 13), start))?.[1]?.toLowerCase();
  if (glued !== undefined && (glued === 'i') === text.startsWith('cc', start)) {
    const from = glued === 'i' ? start + 2 : start; // both c of icc are hexadecimal digits
    const size = end - from;
    return size === 15 || size === 11 || size === 17 || size === 20 ? report(sink, 'carrier-device-id', from, end, text.slice(from, end), 0.85) : 0;
  }
  const host = end - start === 14 ? /^_[a-z]{2}\.ezweb\.ne\.jp(?![\w-])/i.exec(text.slice(end, end + 17))?.[0] : undefined;
  return host === undefined ? 0 : report(sink, 'carrier-device-id', start, end + host.length, `${text.slice(start, end)}${host.toLowerCase()}`, 0.97);
}

/** Fifteen digits (or sixteen, with the software version): the check digit alone is right for one number in ten. */
function imei(text: string, start: number, end: number, digits: string, sink: Sink): number {
  // 端末 and 識別 stand before other numbers too, cards among them.
  const said = says(text, start, /imei/i, sink) || (digits.length === 15 && luhn(digits) && says(text, start, /端末|識別/, sink));
  const hyphens = end - start > digits.length;
  if (!said && !hyphens && digits.length === 16) return 0;
  const valid = digits.length === 16 || luhn(digits);
  return report(sink, 'imei', start, end, digits, said ? (valid ? 0.96 : 0.7) : valid ? (hyphens ? 0.55 : 0.3) : 0.05, valid);
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

/** MAC addresses with hyphens or dots, an IMEI with its usual hyphens (`35-209900-176148-1`), a UUID. */
// eslint-disable-next-line redos-detector/no-unsafe-regex -- sticky: tried at one place, on a bounded length
const FORM = /(?:([\da-f]{2}(?:-[\da-f]{2}){5,7}(?!-\w)|[\da-f]{4}(?:\.[\da-f]{4}){2,3}(?!\.\w))|(\d\d-\d{6}-\d{6}-\d{1,2}|([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}))(?!-))\b/iy;

/** A device's address or id of several groups that begins at `start`. */
export function groupsAt(text: string, start: number, sink: Sink): void {
  FORM.lastIndex = start;
  const match = FORM.exec(text);
  if (match === null || (start > 0 && isWord(text.charCodeAt(start - 1)))) return;
  const [token, mac, , uuid] = match;
  const end = start + token.length;
  if (mac !== undefined) macBetween(text, start, end, sink);
  else if (uuid === undefined) imei(text, start, end, token.replace(/-/g, ''), sink);
  // An advertising id where a word says so. All zeros: the user has opted out, there is no id.
  else if (/[1-9a-f]/i.test(token) && says(text, start, /advertis|idf[av]|[ag]aid|\bad[-_ ]?id|\bifa\b|\bmaid|広告/i, sink)) report(sink, 'advertising-id', start, end, token.toLowerCase(), 0.93);
}

/** The value of a header in which Japanese carriers sent a subscriber's id, whose name stands at `at`. Returns its end, or 0. */
export function carrierHeader(text: string, at: number, sink: Sink): number {
  const match = /^(?:cmguid|phone[-_]uid)["']?\s{0,2}[:=]\s{0,2}["']?([\da-z]{7,16})\b/i.exec(text.slice(at, at + 38));
  const value = match?.[1];
  if (match === null || value === undefined || !/\d/.test(value)) return 0;
  const end = at + match[0].length;
  return report(sink, 'carrier-device-id', end - value.length, end, value, 0.95);
}
