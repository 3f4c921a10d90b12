import { carrierIdAt, groupsAt, idBetween } from '../device/labelled.js';
import { LONGEST_TOKEN, SHORTEST_TOKEN } from '../limits.js';
import { phoneAt } from '../phone/number.js';
import type { Sink } from './sink.js';
import { isLetter, isWord, tableOf } from './units.js';

/** 1 for hyphens and dots, 2 for hexadecimal letters, 4 for digits. */
let table: Uint8Array | undefined;

/** Long tokens of hexadecimal digits, dots and hyphens: MAC addresses, UUIDs, IMEI and their like. */
export function tokenPass(text: string, sink: Sink): void {
  const classes = (table ??= tableOf('-.', 'abcdefABCDEF', '0123456789'));
  // `start` is where a token may begin, and the units up to `seen` belong to it. A sign in the eleven units from there ends it: the
  // next one begins behind the last such sign, so that most units are never looked at, and none twice.
  const last = text.length - SHORTEST_TOKEN;
  for (let start = 0, seen = 0; start <= last; ) {
    let p = start + SHORTEST_TOKEN - 1;
    while (p >= seen && classes[text.charCodeAt(p)] !== 0) p--;
    if (p < seen) start = seen = tokenAt(text, start, classes, sink) + 1;
    else {
      seen = start + SHORTEST_TOKEN;
      start = p + 1;
    }
  }
}

/** Reads the token that begins at `from`, and returns its end. The length of the first group, and what ends it, tell what it can be. */
function tokenAt(text: string, from: number, classes: Uint8Array, sink: Sink): number {
  const { length } = text;
  // A dash or a dot in front belongs to the sentence, one behind as well.
  let start = from;
  while (start < length && classes[text.charCodeAt(start)] === 1) start++;
  let all = 0;
  let p = start;
  for (let cls: number; p < length && (cls = classes[text.charCodeAt(p)] as number) > 1; p++) all |= cls;
  const letters = (all & 2) !== 0;
  let end = p;
  for (let cls: number; end < length && (cls = classes[text.charCodeAt(end)] as number) !== 0; end++) if (end - from < LONGEST_TOKEN) all |= cls;
  const size = p - start;
  if (size < 9) {
    // Groups of two and of eight with hyphens, of four with dots: addresses with dots and dates end here.
    if (p < end && (size === 4 || (size & 5) === 0) && (text.charCodeAt(p) === 0x2e) === (size === 4)) groupsAt(text, start, sink);
  } else if (size > 10 && size < 24) {
    const before = start > 0 ? text.charCodeAt(start - 1) : 0;
    const after = p < length ? text.charCodeAt(p) : 0;
    if (!isWord(before) && !isWord(after)) {
      if (size > 11) idBetween(text, start, p, size, letters, sink);
      // Carriers' ids stand behind a letter or before an underscore.
    } else if (isLetter(before) || after === 0x5f) carrierIdAt(text, start, p, sink);
  }
  // Japan's country code without a plus.
  if ((all & 2) === 0 && sink.national === undefined && text.startsWith('81', start)) phoneAt(text, start, false, sink);
  return end;
}
