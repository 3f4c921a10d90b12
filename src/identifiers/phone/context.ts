import { labelAfter, labelBefore } from '../context/labels.js';
import { OTHER_NUMBER, PHONE, PHONE_WEAK, UNIT } from '../context/words.js';
import { note, type Sink } from '../scan/sink.js';
import { leftEdge, rightEdge } from './edges.js';

/** The score after what stands around the number: its neighbours, the words near it, the name of the field. */
export function inContext(text: string, start: number, end: number, base: number, spaced: boolean, sink: Sink): number {
  let score = base - leftEdge(text, start, sink.words) - rightEdge(text, end, spaced);
  if (score < base) note(sink, `edges${(score - base).toFixed(2)}`);
  if (score >= 0.95 || score < 0) return clamp(score);
  const before = labelBefore(text, start, PHONE | PHONE_WEAK | OTHER_NUMBER, sink.words) || (sink.field & (PHONE | PHONE_WEAK | OTHER_NUMBER));
  if ((before & PHONE) !== 0) score += 0.3;
  else if ((before & OTHER_NUMBER) !== 0) score -= 0.4;
  else if (before !== 0) score += 0.1;
  const after = labelAfter(text, end, PHONE | UNIT, sink.words);
  if ((after & UNIT) !== 0) score -= 0.4;
  else if (after !== 0) score += 0.1;
  if (before !== 0) note(sink, (before & PHONE) !== 0 ? 'word:phone' : (before & OTHER_NUMBER) !== 0 ? 'word:other-number' : 'word:weak');
  if (after !== 0) note(sink, (after & UNIT) !== 0 ? 'after:unit' : 'after:phone');
  return clamp(score);
}

function clamp(score: number): number {
  return score < 0 ? 0 : score > 0.98 ? 0.98 : Math.round(score * 100) / 100;
}
