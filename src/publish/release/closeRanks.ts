import type { Statement } from '../../core/statement.js';

type Line = Readonly<Record<string, unknown>>;

/**
 * A ranking of which the guard left out lines, ranked anew among those that stay: a gap would tell where somebody's number stood.
 * Intervals are of places among the rest: what was left out may have stood before a line or not, so the low end moves by all of it.
 */
export function closeRanks<T>(before: T, after: T, { steps, accuracy }: Statement): T {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length === after.length) return after;
  const ties = steps.map((step) => step['ties']).findLast((rule) => typeof rule === 'string');
  if (ties === undefined) return after;
  const kept = after as readonly Line[];
  const left = multiset(before as readonly Line[], kept);
  const among = (accuracy['rankIntervals'] as { readonly target?: unknown } | undefined)?.target === 'published-items' ? kept.length : Infinity;
  return kept.map((line) => {
    const { rank, interval } = line;
    if (typeof rank !== 'number') return line;
    const places = Array.isArray(interval) ? [Math.max(1, (interval[0] as number) - left.length), Math.min(among, interval[1] as number)] : interval;
    return { ...line, rank: rank - lower(rank, left, kept, ties as string), interval: places };
  }) as T;
}

/** The ranks that are not there any more. */
function multiset(before: readonly Line[], kept: readonly Line[]): readonly number[] {
  const counts = new Map<number, number>();
  const count = (lines: readonly Line[], by: number): void => {
    for (const { rank } of lines) if (typeof rank === 'number') counts.set(rank, (counts.get(rank) ?? 0) + by);
  };
  count(before, 1);
  count(kept, -1);
  return [...counts].flatMap(([rank, times]) => new Array<number>(times).fill(rank));
}

/** By how much a rank falls when others are gone. */
function lower(rank: number, left: readonly number[], kept: readonly Line[], ties: string): number {
  const better = left.filter((other) => other < rank).length;
  const equal = left.filter((other) => other === rank).length;
  if (ties === 'modified') return better + equal;
  if (ties === 'fractional') return better + equal / 2;
  if (ties !== 'dense') return better;
  const stay = new Set(kept.map((line) => line['rank']));
  return new Set(left.filter((other) => other < rank && !stay.has(other))).size;
}
