import { labelAfter, labelBefore } from '../context/labels.js';
import { OTHER_NUMBER, PHONE, PHONE_WEAK, UNIT, VERSION } from '../context/words.js';
import { note, type Sink } from '../scan/sink.js';
import { leftEdge, rightEdge } from './edges.js';

/** What the words before a number, or the field's name, add to its score. */
export function wordBefore(text: string, start: number, sink: Sink): number {
  const mask = PHONE | PHONE_WEAK | OTHER_NUMBER | VERSION;
  const bits = labelBefore(text, start, mask, sink.words) || sink.field & mask;
  if (bits === 0) return 0;
  const [rule, points] = bits & PHONE ? (['phone', 0.3] as const) : (bits & (OTHER_NUMBER | VERSION)) ? (['other', -0.4] as const) : (['weak', 0.15] as const);
  note(sink, `word:${rule}`);
  return points;
}

/** What the word after a number adds to its score: a unit or a counter makes it a quantity. */
export function wordAfter(text: string, end: number, sink: Sink): number {
  const bits = labelAfter(text, end, PHONE | PHONE_WEAK | UNIT, sink.words);
  if (bits === 0) return 0;
  note(sink, bits & UNIT ? 'after:unit' : 'after:phone');
  return bits & UNIT ? -0.4 : 0.15;
}

/** The score after what stands around the number: its neighbours and the words near it. Forms that prove themselves need no word. */
export function inContext(text: string, start: number, end: number, base: number, spaced: boolean, sink: Sink): number {
  const score = base - leftEdge(text, start, sink.words) - rightEdge(text, end, spaced, sink.words);
  if (score < base) note(sink, 'edges');
  return score >= 0.95 || score < 0 ? score : score + wordBefore(text, start, sink) + wordAfter(text, end, sink);
}
