import { carrierIdAt, groupsAt, idAt } from '../device/labelled.js';
import { LONGEST_TOKEN, SHORTEST_TOKEN } from '../limits.js';
import { phoneAt } from '../phone/number.js';
import type { Sink } from './sink.js';
import { isWord } from './units.js';

/** 1 for hyphens and dots, 2 for hexadecimal letters, 4 for digits. */
let table: Uint8Array | undefined;

/** Long tokens of hexadecimal digits, dots and hyphens: MAC addresses, UUIDs, IMEI and their like. */
export function tokenPass(text: string, sink: Sink): void {
  if (table === undefined) {
    table = new Uint8Array(65_536);
    for (const c of '0123456789abcdefABCDEF-.') table[c.charCodeAt(0)] = c < '0' ? 1 : c < 'A' ? 4 : 2;
  }
  const classes = table;
  const { length } = text;
  for (let i = SHORTEST_TOKEN - 1; i < length; i += SHORTEST_TOKEN) {
    let all = classes[text.charCodeAt(i)] as number;
    // Five more on one side at least, or the token is shorter; the far ones tell most.
    if (all === 0 || ((classes[text.charCodeAt(i - 5)] === 0 || classes[text.charCodeAt(i - 3)] === 0) && (i + 5 >= length || classes[text.charCodeAt(i + 5)] === 0 || classes[text.charCodeAt(i + 3)] === 0))) continue;
    const most = i > LONGEST_TOKEN ? i - LONGEST_TOKEN : 0;
    let start = i;
    for (let cls: number; start > most && (cls = classes[text.charCodeAt(start - 1)] as number) !== 0; start--) all |= cls;
    let end = i + 1;
    for (let cls: number; end < length && end - i < LONGEST_TOKEN && (cls = classes[text.charCodeAt(end)] as number) !== 0; end++) all |= cls;
    if (end - start >= SHORTEST_TOKEN && i - start < LONGEST_TOKEN && (all & 6) !== 0) tokenBetween(text, start, end, all, sink);
    // The unit at the end belongs to no token, so the next one that is long enough holds the eleventh from there.
    i = end;
  }
}

/** The length of the first group tells what a token can be. */
function tokenBetween(text: string, from: number, end: number, all: number, sink: Sink): void {
  // A dash or a dot in front belongs to the sentence, one behind as well.
  let start = from;
  while (start < end && text.charCodeAt(start) < 0x30) start++;
  let p = start;
  while (p < end && text.charCodeAt(p) > 0x2f) p++;
  const size = p - start;
  if (size < 9) groupsAt(text, start, sink);
  else if (size > 10 && size < 24) {
    if ((start > 0 && isWord(text.charCodeAt(start - 1))) || (p < text.length && isWord(text.charCodeAt(p)))) carrierIdAt(text, start, p, sink);
    else if (size > 11) idAt(text, start, p, (all & 2) === 0, sink);
  }
  // Japan's country code without a plus.
  if ((all & 2) === 0 && sink.national === undefined && text.startsWith('81', start)) phoneAt(text, start, false, sink);
}
