import { labelBefore } from '../context/labels.js';
import { MAC } from '../context/words.js';
import { accept, candidate, DEVICE, note, type Sink } from '../scan/sink.js';
import { hexDigit, isWord } from '../scan/units.js';

/** Whether a word near, or the field's name, says that this is a MAC address. */
export function saysMac(text: string, start: number, sink: Sink): boolean {
  return ((labelBefore(text, start, MAC, sink.words) | sink.field) & MAC) !== 0;
}

/**
 * Six or eight pairs of hexadecimal digits between `start` and `end`, whatever stands between them. Returns `end`, or 0
 * when there is anything else. All zeros and all ones are no address of anything and are not reported.
 */
export function macBetween(text: string, start: number, end: number, sink: Sink): number {
  let canonical = '';
  let first = 0;
  let digits = 0;
  let letters = false;
  for (let p = start; p < end; p++) {
    const h = hexDigit(text.charCodeAt(p));
    if (h < 0) continue;
    if (h > 9) letters = true;
    if (digits < 2) first = first * 16 + h;
    if (digits > 0 && digits % 2 === 0) canonical += ':';
    canonical += h.toString(16);
    digits++;
  }
  if (digits !== 12 && digits !== 16) return 0;
  if (/^(?:00:)+00$|^(?:ff:)+ff$/.test(canonical)) return end;
  let score = 0.93;
  // 10:20:30:40:50:60 may be anything; so may six letter pairs in a row of letters.
  if (!letters || !/\d/.test(canonical)) {
    if (saysMac(text, start, sink)) score = 0.9;
    else score = letters && end - start < 17 ? 0.2 : letters || canonical.startsWith('00:') ? 0.6 : 0.4;
  }
  note(sink, 'mac');
  const flags = `${canonical.startsWith('00:00:5e:00:53') ? 'documentation ' : ''}${(first & 2) !== 0 ? 'locally-administered ' : ''}${(first & 1) !== 0 ? 'multicast' : ''}`;
  accept(sink, candidate(DEVICE, 'mac', start, end, canonical, score, flags));
  return end;
}

/** Six or eight pairs with hyphens, the first hyphen at `at`. Returns where to go on, 0 when it is none. */
export function hyphenMac(text: string, at: number, sink: Sink): number {
  const start = at - 2;
  if (start < 0 || (start > 0 && (isWord(text.charCodeAt(start - 1)) || text.charCodeAt(start - 1) === 0x2d))) return 0;
  const match = /^[\da-f]{2}(?:-[\da-f]{2}){5}(?:-[\da-f]{2}){0,2}(?![\w]|-\w)/i.exec(text.slice(start, start + 26));
  return match === null ? 0 : macBetween(text, start, start + match[0].length, sink);
}

/** `xxxx.xxxx.xxxx`, the first dot at `at`. Returns where to go on, 0 when it is none. */
export function dottedMac(text: string, at: number, sink: Sink): number {
  const start = at - 4;
  if (start < 0 || (start > 0 && (isWord(text.charCodeAt(start - 1)) || text.charCodeAt(start - 1) === 0x2e))) return 0;
  return /^[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}(?![\w]|\.\w)/i.test(text.slice(start, start + 16)) ? macBetween(text, start, start + 14, sink) : 0;
}
