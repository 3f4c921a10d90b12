import { says } from '../context/labels.js';
import { accept, candidate, DEVICE, note, type Sink } from '../scan/sink.js';
import { isWord, unitAt } from '../scan/units.js';
import { MAC_WORD, macBetween } from './mac.js';

/** Marks a row of decimal digits alone: most long tokens in logs hold letters, and a pattern costs more than a look at a bit. */
const DECIMAL = 1 << 31;
/**
 * Ids of devices: how many digits they have (a bit for each number; 32 is bit 0), what they look like from their start, the word
 * that has to stand near (none: the form is enough), the scores with the right check digit and with a wrong one. The first row counts.
 */
const IDS: readonly (readonly [kind: string, sizes: number, form: RegExp, word: RegExp | undefined, right: number, wrong: number])[] = [
  ['mac', (1 << 12) | (1 << 16), /\w{12}/y, MAC_WORD, 0, 0],
  ['imsi', DECIMAL | (1 << 14) | (1 << 15), /\d{14}/y, /imsi|加入者/i, 0.93, 0.93],
  ['meid', (1 << 14) | (1 << 18), /\w{14}\b|\d+\b/y, /meid/i, 0.94, 0.94],
  ['iccid', DECIMAL | (1 << 19) | (1 << 20), /89/y, /iccid|\b[eu]?sim(?![a-z])/i, 0.96, 0.75],
  ['iccid', DECIMAL | (1 << 19) | (1 << 20), /8981\d+\b/y, undefined, 0.6, 0],
  // With the software version, of sixteen digits, there is no check digit. 端末 and 識別 stand before other numbers too, cards among them.
  ['imei', DECIMAL | (1 << 15) | (1 << 16), /[\d-]+\b/y, /imei/i, 0.96, 0.7],
  ['imei', DECIMAL | (1 << 15), /[\d-]+\b/y, /端末|識別/, 0.96, 0],
  ['imei', DECIMAL | (1 << 15) | (1 << 16), /\d\d-/y, undefined, 0.55, 0],
  // All zeros: the user has opted out, there is no id.
  ['advertising-id', (1 << 32), /(?!0{8}-)/y, /advertis|idf[av]|[ago]aid|(?:\b|_)ad[-_ ]?id|\bifa\b|\bmaid|広告/i, 0.93, 0.93],
];

/**
 * An id between `start` and `end`, with nothing glued to it. `size` is how many digits it has, `letters` whether hexadecimal letters
 * are among them. The ids that need a word: a MAC address without signs, IMEI, MEID, ICCID, IMSI, an advertising id.
 */
export function idBetween(text: string, start: number, end: number, size: number, letters: boolean, sink: Sink): unknown {
  for (const id of IDS) {
    if ((id[1] & (1 << size)) === 0 || (letters && id[1] < 0)) continue;
    const [kind, , form, word, right, wrong] = id;
    form.lastIndex = start;
    if (!form.test(text) || (word && !says(text, start, word, sink))) continue;
    if (kind === 'mac') return macBetween(text, start, end, sink);
    const token = text.slice(start, end);
    const digits = token.replace(/-/g, '').toUpperCase();
    const valid = right === wrong || size === 16 || luhn(digits);
    const score = valid ? right : wrong;
    if (score > 0) return report(kind, start, end, size === 32 ? token.toLowerCase() : digits, score, valid ? '' : 'checksum-failed', sink);
  }
  return undefined;
}

function report(kind: string, start: number, end: number, canonical: string, score: number, flags: string, sink: Sink): void {
  note(sink, `id:${kind}`);
  accept(sink, candidate(DEVICE, kind, start, end, canonical, score, flags));
}

/** The check digit of card numbers, IMEI and ICCID (ISO/IEC 7812-1, annex B). No digits but ASCII ones are right. */
function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 1; i <= digits.length; i++) {
    const v = Number(digits.at(-i)) * (i % 2 === 0 ? 2 : 1);
    sum += v > 9 ? v - 9 : v;
  }
  return sum % 10 === 0;
}

/** MAC addresses with hyphens or dots, an IMEI with its usual hyphens (`35-209900-176148-1`), a UUID. */
// eslint-disable-next-line redos-detector/no-unsafe-regex -- sticky: tried at one place, on a bounded length
const GROUPED = /(?:((?:[\da-f]{2}-){5}(?:[\da-f]{2}-[\da-f]{2}-)?[\da-f]{2}(?!-\w)|[\da-f]{4}(?:\.[\da-f]{4}){2,3}(?!\.\w))|(?:\d\d-\d{6}-\d{6}-\d{1,2}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?!-))\b/iy;

/** A device's address or id of several groups that begins at `start`. */
export function groupsAt(text: string, start: number, sink: Sink): void {
  GROUPED.lastIndex = start;
  const match = GROUPED.exec(text);
  if (!match || isWord(unitAt(text, start - 1))) return;
  const [token, mac] = match;
  const end = start + token.length;
  if (mac) macBetween(text, start, end, sink);
  else idBetween(text, start, end, token.replace(/-/g, '').length, false, sink);
}

/** What Japanese phones sent in their headers before smartphones: 11, or 15 to 20 digits glued to `ser`, `icc`, `SN`, `u`, or 14 to a carrier's host … */
const GLUED = /(?<=\b(?:ser|icc|SN|em-uid\W{1,4}u))([\da-f]{11}(?:[\da-f]{4,9})?)\b|(\d{14}_[a-z]{2}\.ezweb\.ne\.jp)(?![\w-])/iy;
/** … and values behind the names of headers. */
// eslint-disable-next-line redos-detector/no-unsafe-regex -- the same
const HEADER = /(?:cmguid|phone[-_]uid)["']?\s{0,2}[:=]\s{0,2}["']?((?=[a-z]*\d)[\da-z]{7,16})\b/iy;

/** Behind a letter or before an underscore, where a token begins; the two c of icc are hexadecimal digits. */
export function carrierIdAt(text: string, start: number, end: number, sink: Sink): void {
  if (!'riNu'.includes(text.charAt(start - 1)) && text.charCodeAt(end) !== 0x5f) return;
  for (const at of [start, start + 2]) carrierId(text, at, GLUED, sink);
}

/** Where the name of a header may begin. Returns the end of its value, or 0. */
export function carrierHeader(text: string, at: number, sink: Sink): number {
  return carrierId(text, at, HEADER, sink);
}

function carrierId(text: string, at: number, pattern: RegExp, sink: Sink): number {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (!match) return 0;
  const end = pattern.lastIndex;
  const value = (match[1] ?? match[2]) as string;
  report('carrier-device-id', end - value.length, end, value, 0.95, '', sink);
  return end;
}
