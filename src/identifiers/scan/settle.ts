import type { Finding } from '../types.js';
import { CLASSES } from './sink.js';

/**
 * Sorts candidates by start and settles overlaps: each unit of the text belongs to the best candidate that covers it, and
 * what is left of a loser stays a finding of its own class, so that no remainder stays in clear.
 *
 * Candidates are compared by their own spans, never by what they have become. So a row of overlaps without end changes
 * nothing far away, and no finding is longer than its candidate: streams rely on both.
 */
export function settleAll(text: string, found: Finding[]): Finding[] {
  // Most logs hold one kind of identifier, which its pass finds in order.
  if (!found.some((f, i) => i > 0 && f.start < (found[i - 1] as Finding).end)) return found;
  found.sort((a, b) => a.start - b.start);
  const settled: Finding[] = [];
  for (let i = 0; i < found.length; ) {
    const first = found[i] as Finding;
    let { end } = first;
    let next = i + 1;
    for (let f: Finding; next < found.length && (f = found[next] as Finding).start < end; next++) if (f.end > end) end = f.end;
    if (next === i + 1) settled.push(first);
    else share(text, found.slice(i, next), end, settled);
    i = next;
  }
  return settled;
}

/** Candidates from the worst to the best: the caller's list wins, then the longer span, the higher score, the class, the earlier start. */
function order(a: Finding, b: Finding): number {
  return (
    Number(a.flags.includes('listed')) - Number(b.flags.includes('listed')) ||
    a.end - a.start - (b.end - b.start) ||
    a.score - b.score ||
    CLASSES.indexOf(b.class) - CLASSES.indexOf(a.class) ||
    b.start - a.start
  );
}

/** Shares out the units up to `end` among candidates that overlap one another in a row. */
function share(text: string, group: Finding[], end: number, settled: Finding[]): void {
  const from = (group[0] as Finding).start;
  // Each unit goes to the last of them that covers it. No candidate is long, so that the work stays linear in their number.
  const owner: Finding[] = new Array<Finding>(end - from);
  for (const f of group.reverse().sort(order)) owner.fill(f, f.start - from, f.end - from);
  for (let start = from; start < end; ) {
    const f = owner[start - from] as Finding;
    let stop = start + 1;
    while (stop < end && owner[stop - from] === f) stop++;
    if (f.start === start && f.end === stop) settled.push(f);
    else if (/[\p{L}\p{N}]/u.test(text.slice(start, stop))) settled.push({ ...f, start, end: stop });
    start = stop;
  }
}
