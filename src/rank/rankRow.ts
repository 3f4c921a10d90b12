import type { Key } from '../core/statement.js';
import type { RankInterval } from './intervals/target.js';
import type { RankState } from './order/rankTies.js';

/** One line of a ranking. `rank`, `interval` and the measure are null where the row is not ranked. */
export type RankRow<K = Key, Measure extends string = 'count'> = {
  /** By the declared tie rule, from the published values alone. */
  readonly rank: number | null;
  /** The places that the true value can have; what is meant by that stands in the manifest as the target. */
  readonly interval: RankInterval | null;
  readonly key: K;
} & { readonly [M in Measure]: number | null } & {
  readonly state: RankState;
};
