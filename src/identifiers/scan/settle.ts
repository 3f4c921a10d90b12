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
  if (found.length < 2) return found;
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

/** Candidates from the best to the worst: the caller's list first, the longer span, the higher score, the class, the earlier start. */
function order(a: Finding, b: Finding): number {
  return (
    Number(b.flags.includes('listed')) - Number(a.flags.includes('listed')) ||
    b.end - b.start - (a.end - a.start) ||
    b.score - a.score ||
    CLASSES.indexOf(a.class) - CLASSES.indexOf(b.class) ||
    a.start - b.start
  );
}

/** Shares out the units up to `end` among candidates that overlap one another in a row. */
function share(text: string, group: Finding[], end: number, settled: Finding[]): void {
  const from = (group[0] as Finding).start;
  const [best] = group.sort(order) as [Finding];
  if (best.start === from && best.end === end) {
    settled.push(best);
    return;
  }
  const owner: Finding[] = new Array<Finding>(end - from).fill(best);
  // free[u] leads to the first unit from u on that belongs to nobody yet.
  const free = Int32Array.from({ length: end - from + 1 }, (_, u) => u);
  const firstFree = (unit: number): number => {
    let u = unit;
    for (let to: number; (to = free[u] as number) !== u; u = to) free[u] = free[to] as number;
    return u;
  };
  for (const f of group) {
    for (let u = firstFree(f.start - from); u < f.end - from; u = firstFree(u)) {
      owner[u] = f;
      free[u] = u + 1;
    }
  }
  for (let start = from; start < end; ) {
    const f = owner[start - from] as Finding;
    let stop = start + 1;
    while (stop < end && owner[stop - from] === f) stop++;
    if (f.start === start && f.end === stop) settled.push(f);
    else if (/[\p{L}\p{N}]/u.test(text.slice(start, stop))) settled.push({ ...f, start, end: stop });
    start = stop;
  }
}
