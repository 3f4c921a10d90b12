import { checkInteger, checkOneOf, checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { DifferentialPrivacy } from '../../core/guarantee.js';
import type { Personal } from '../../core/holders/personal.js';
import { makeProtected, openProtected, type Protected } from '../../core/holders/protected.js';
import type { Key } from '../../core/statement.js';
import type { KeyOf } from '../../core/table.js';
import { dpCountUnits } from '../../dp/aggregates/countUnits.js';
import type { Slice } from '../../dp/budget/slice.js';
import type { KeyChoice } from '../../dp/keys.js';
import type { RandomSource } from '../../random/index.js';
import type { FieldOf } from '../../table/fields.js';
import type { TieRule } from '../order/rankTies.js';
import type { RankRow } from '../rankRow.js';
import { toRanking } from '../toRanking.js';

/** What {@link rankGroups} takes. Epsilon, delta and the unit come from the slice; there is no default bound. */
export interface RankGroupsOptions<U extends string, F, Show extends 'counts' | 'names' = 'counts'> {
  /** One field, or several for a cross of them (then a key is a tuple). */
  readonly by: F;
  /** How many ranks are published. */
  readonly top: number;
  /** `publicKeys([…])` or `'discover'`, which publishes only keys that enough units share and needs a delta. */
  readonly keys: KeyChoice;
  /** At most this many groups of one unit count, chosen at random for each unit that has more (L0). */
  readonly groupsPerUnit: number;
  /** A slice of a budget for the same unit. */
  readonly spend: Slice<U>;
  /** `names`: no counts are published. Default `counts`. */
  readonly show?: Show;
  /** Default `competition`. */
  readonly ties?: TieRule;
  /** Of the rank intervals, all together; default 0.95. */
  readonly confidence?: number;
  /** Where noise comes from. Tests may pass a seeded source from `tokumei/testing`; `release()` refuses the result. */
  readonly random?: RandomSource;
}

/** The rows that {@link rankGroups} publishes: without counts for `show: 'names'`. */
export type RankedGroup<F extends string | readonly string[], Show extends 'counts' | 'names'> = RankRow<KeyOf<F>, Show extends 'names' ? never : 'count'>;

type Ranking<F extends string | readonly string[], U extends string, Show extends 'counts' | 'names'> = Protected<readonly RankedGroup<F, Show>[], DifferentialPrivacy<U>>;

/**
 * Ranks groups by distinct units under differential privacy: bounds, selects, measures and ranks in one spend.
 *
 * @throws {TokumeiError} `TOKUMEI_TOP`, `TOKUMEI_SHOW`, `TOKUMEI_TIES`, `TOKUMEI_CONFIDENCE` and what `dpCountUnits` throws.
 */
/* @__NO_SIDE_EFFECTS__ */
export function rankGroups<Row, U extends string, const F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[], Show extends 'counts' | 'names' = 'counts'>(
  options: RankGroupsOptions<U, F, Show>,
): (p: Personal<Row, U>) => Ranking<F, U, Show> {
  const where = 'rankGroups';
  const o = checkOptions(options, where);
  const top = checkInteger(o.top, where, 'top', 'TOKUMEI_TOP', 1);
  const show = checkOneOf(o.show ?? 'counts', where, 'show', 'TOKUMEI_SHOW', ['counts', 'names']);
  if (o.groupsPerUnit === undefined) {
    throw new TokumeiError('TOKUMEI_GROUPS_PER_UNIT', { where, parameter: 'groupsPerUnit', expected: 'a whole number >= 1', received: undefined });
  }
  const count = dpCountUnits<Row, U, F>({ by: o.by, keys: o.keys, groupsPerUnit: o.groupsPerUnit, spend: o.spend, ...(o.random === undefined ? {} : { random: o.random }) });
  const rank = toRanking({ top, ...(o.ties === undefined ? {} : { ties: o.ties }), ...(o.confidence === undefined ? {} : { confidence: o.confidence }) });
  return (p) => {
    const ranked = rank(count(p));
    if (show === 'counts') return ranked as unknown as Ranking<F, U, Show>;
    const payload = openProtected(ranked, where);
    const value = payload.value.map(({ rank, interval, key, state }) => ({ rank, interval, key, state }));
    return makeProtected(ranked.guarantee, { ...payload, value }) as unknown as Ranking<F, U, Show>;
  };
}
