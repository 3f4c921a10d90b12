import { carrierIdAt, hyphenatedImei, idAt, uuidAt } from '../device/labelled.js';
import { dottedMac, hyphenMac } from '../device/mac.js';
import { phoneAt } from '../phone/number.js';
import type { Plan } from './scan.js';
import type { Sink } from './sink.js';
import { isWord } from './units.js';

/** The shortest token that is worth a look: every eleventh unit misses none. */
const SHORTEST = 11;
const LONGEST = 40;
/** 1 for hyphens and dots, 2 for hexadecimal letters, 4 for digits. */
let table: Uint8Array | undefined;

/** Long tokens of hexadecimal digits, dots and hyphens: MAC addresses, UUIDs, IMEI and their like. */
export function tokenPass(text: string, plan: Plan, sink: Sink): void {
  if (table === undefined) {
    table = new Uint8Array(65_536);
    for (const c of '0123456789abcdefABCDEF-.') table[c.charCodeAt(0)] = c < '0' ? 1 : c < 'A' ? 4 : 2;
  }
  const classes = table;
  const { length } = text;
  for (let i = SHORTEST - 1; i < length; i += SHORTEST) {
    let all = classes[text.charCodeAt(i)] as number;
    // Five more on one side at least, or the token is shorter; the far ones tell most.
    if (all === 0 || ((classes[text.charCodeAt(i - 5)] === 0 || classes[text.charCodeAt(i - 3)] === 0) && (i + 5 >= length || classes[text.charCodeAt(i + 5)] === 0 || classes[text.charCodeAt(i + 3)] === 0))) continue;
    const most = i > LONGEST ? i - LONGEST : 0;
    let start = i;
    for (let cls: number; start > most && (cls = classes[text.charCodeAt(start - 1)] as number) !== 0; start--) all |= cls;
    let end = i + 1;
    for (let cls: number; end < length && end - i < LONGEST && (cls = classes[text.charCodeAt(end)] as number) !== 0; end++) all |= cls;
    if (end - start >= SHORTEST && i - start < LONGEST && (all & 6) !== 0) tokenBetween(text, start, end, all, plan, sink);
    // The unit at the end belongs to no token, so the next one that is long enough holds the eleventh from there.
    i = end;
  }
}

/** The place of the first separator tells what a token can be. */
function tokenBetween(text: string, from: number, end: number, all: number, plan: Plan, sink: Sink): void {
  // A dash or a dot in front belongs to the sentence, one behind as well.
  let start = from;
  while (start < end && text.charCodeAt(start) < 0x30) start++;
  if (text.charCodeAt(start + 2) === 0x2d) {
    if (text.charCodeAt(start + 5) === 0x2d) hyphenMac(text, start, sink);
    else if (text.charCodeAt(start + 9) === 0x2d) hyphenatedImei(text, start, sink);
  } else if (text.charCodeAt(start + 4) === 0x2e) dottedMac(text, start, sink);
  else if (text.charCodeAt(start + 8) === 0x2d) uuidAt(text, start, sink);
  else {
    let p = start;
    while (p < end && text.charCodeAt(p) > 0x2f) p++;
    if (p - start > 10 && p - start < 24) {
      const digits = (all & 2) === 0;
      if ((start > 0 && isWord(text.charCodeAt(start - 1))) || (p < text.length && isWord(text.charCodeAt(p)))) carrierIdAt(text, start, p, sink);
      else if (p - start > 11) idAt(text, start, p, digits, sink);
    }
  }
  // Japan's country code without a plus.
  if ((all & 2) === 0 && plan.national === undefined && text.startsWith('81', start)) phoneAt(text, start, false, plan, sink);
}
