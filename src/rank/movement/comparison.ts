import type { NoiseLaw } from '../../core/statement.js';
import { normalSurvival } from '../../numeric/normal.js';
import { findRoot } from '../../numeric/roots.js';
import { noiseDifference, varianceOf, type Weighted } from '../intervals/noiseDifference.js';
import { checkLaw } from '../intervals/rankIntervals.js';
import type { PublishedList, PublishedRow } from './types.js';

/** Which changes between two published lists are more than noise. */
export interface Comparison<K> {
  /** Whether a row's count changed the way (1 up, -1 down) its rank did. */
  changed(row: PublishedRow<K>, previous: PublishedRow<K>, way: 1 | -1): boolean;
  entered(row: PublishedRow<K>): boolean;
  left(previous: PublishedRow<K>): boolean;
  gap(row: PublishedRow<K> | undefined, previous: PublishedRow<K> | undefined): number | null;
}

export function comparison<K>(now: ReadonlyMap<string, PublishedRow<K>>, then: ReadonlyMap<string, PublishedRow<K>>, list: PublishedList<K>, before: PublishedList<K> | undefined, confidence: number): Comparison<K> {
  const counts = (rows: Iterable<PublishedRow<K>>): boolean => [...rows].every(({ count }) => typeof count === 'number');
  if (before === undefined || list.noise === undefined || before.noise === undefined || !counts(now.values()) || !counts(then.values())) return byIntervals();
  return new ByCounts(now, then, { ...list, noise: list.noise }, { ...before, noise: before.noise }, confidence);
}

/** Without counts, only intervals that do not meet tell of a change; whoever was not listed could have been anywhere. */
function byIntervals<K>(): Comparison<K> {
  return {
    changed: ({ interval: a }, { interval: b }) => (a ?? null) !== null && (b ?? null) !== null && (a![1] < b![0] || b![1] < a![0]),
    entered: () => false,
    left: () => false,
    gap: () => null,
  };
}

interface Noisy {
  readonly noise: NoiseLaw;
  readonly shared?: NoiseLaw;
  readonly step?: number;
  readonly bounded?: boolean;
  readonly choiceScale?: number;
}

/** The variance of a difference of two Gumbel variables of scale 1: of a logistic one. */
const CHOICE = Math.PI ** 2 / 3;

/**
 * Entries and exits are compared with the smallest count of a list, which is the smallest partly by luck, and concern rows that came or
 * went partly by luck: they are tested at half the level (measured; docs/proofs/movement.md).
 */
const EDGE = 2;

/**
 * Compares y1 - r y0 with its law where nothing changed: r is the ratio of the totals of the rows on both lists.
 *
 * With w the row's part of the total before, y1 - r y0 holds the row's own noise and -w times the sum of all noises. The
 * row's own part is taken by its exact law, the rest (the other rows' noise, shared noise, the draw of kept groups) by
 * the normal law with a variance that is not too small.
 */
class ByCounts<K> implements Comparison<K> {
  private readonly ratio: number;
  private readonly total: number;
  private readonly rows: number;
  private readonly own: readonly Weighted[];
  private readonly ownVariance: number;
  private readonly sharedVariance: number;
  private readonly bounded: boolean;
  private readonly entryNow: number;
  private readonly entryThen: number;
  /** What not being listed leaves open, then and now. */
  private readonly choiceThen: number;
  private readonly choiceNow: number;
  private readonly alpha: number;

  constructor(now: ReadonlyMap<string, PublishedRow<K>>, then: ReadonlyMap<string, PublishedRow<K>>, list: Noisy, before: Noisy, confidence: number) {
    const both = [...now].flatMap(([id, row]) => (then.has(id) ? [[row.count!, then.get(id)!.count!] as const] : []));
    const sum = (at: 0 | 1): number => both.reduce((total, pair) => total + pair[at], 0);
    const usable = sum(0) > 0 && sum(1) > 0;
    this.ratio = usable ? sum(0) / sum(1) : 1;
    this.total = usable ? sum(1) : Infinity;
    this.rows = both.length;
    const step = [list.step ?? 1, before.step ?? 1] as const;
    const law = (noise: NoiseLaw | undefined): NoiseLaw => (noise === undefined ? { law: 'none' } : checkLaw(noise, 'movements'));
    this.own = noiseDifference(law(list.noise), law(before.noise), (this.ratio * step[1]) / step[0], 'level').map(({ value, probability }) => ({ value: value * step[0], probability }));
    const variance = (a: NoiseLaw | undefined, b: NoiseLaw | undefined): number => step[0] ** 2 * varianceOf(law(a)) + (this.ratio * step[1]) ** 2 * varianceOf(law(b));
    this.ownVariance = variance(list.noise, before.noise);
    this.sharedVariance = variance(list.shared, before.shared);
    this.bounded = list.bounded === true || before.bounded === true;
    const least = (rows: Iterable<PublishedRow<K>>): number => [...rows].reduce((smallest, { count }) => Math.min(smallest, count!), Infinity);
    this.entryNow = least(now.values());
    this.entryThen = least(then.values());
    this.choiceThen = CHOICE * (this.ratio * (before.choiceScale ?? 0)) ** 2;
    this.choiceNow = CHOICE * (list.choiceScale ?? 0) ** 2;
    this.alpha = 1 - confidence;
  }

  changed(row: PublishedRow<K>, previous: PublishedRow<K>, way: 1 | -1): boolean {
    return this.differs(row.count!, previous.count!, way, 0, this.alpha);
  }
  entered(row: PublishedRow<K>): boolean {
    return this.differs(row.count!, this.entryThen, 1, this.choiceThen, this.alpha / EDGE);
  }
  left(previous: PublishedRow<K>): boolean {
    return this.differs(this.entryNow, previous.count!, -1, this.choiceNow, this.alpha / EDGE);
  }
  gap(row: PublishedRow<K> | undefined, previous: PublishedRow<K> | undefined): number {
    const choice = row === undefined ? this.choiceNow : previous === undefined ? this.choiceThen : 0;
    const sd = this.restSd(row?.count ?? this.entryNow, previous?.count ?? this.entryThen, choice);
    const reach = this.own.reduce((most, { value }) => Math.max(most, value), 0) + 40 * sd;
    const alpha = row === undefined || previous === undefined ? this.alpha / EDGE : this.alpha;
    if (this.tail(0, sd) <= alpha || reach === 0) return 0;
    return findRoot((change) => this.tail(change, sd) - alpha, 0, reach + 1, reach * 1e-4);
  }

  private differs(now: number, then: number, way: 1 | -1, choice: number, alpha: number): boolean {
    const change = way * (now - this.ratio * then);
    return change > 0 && this.tail(change, this.restSd(now, then, choice)) <= alpha;
  }

  /** The standard deviation of all but the row's own noise. */
  private restSd(now: number, then: number, choice: number): number {
    const w = this.rows < 2 ? 0 : Math.min(1, Math.max(then, 0) / this.total);
    // Own noise comes in (1 - w) times, and is counted in full; of the rest each row's comes in w times, shared noise 1 - rows w.
    const others = w * w * (this.rows - 1) * this.ownVariance + (1 - this.rows * w) ** 2 * this.sharedVariance;
    // A count of kept groups is a sum of independent draws: its variance is at most its mean.
    const kept = this.bounded ? Math.max(now, 0) + this.ratio ** 2 * Math.max(then, 0) : 0;
    return Math.sqrt(others + kept + choice);
  }

  /** The probability of a change at least this large, either way, without a true one. */
  private tail(change: number, sd: number): number {
    if (sd === 0) return this.own.reduce((sum, { value, probability }) => sum + (Math.abs(value) >= change - 1e-9 ? probability : 0), 0);
    return this.own.reduce((sum, { value, probability }) => sum + 2 * probability * normalSurvival((change - value) / sd), 0);
  }
}
