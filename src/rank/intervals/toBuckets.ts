import { checkInteger, checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { Guarantee } from '../../core/guarantee.js';
import { makeProtected, openProtected, type Protected } from '../../core/holders/protected.js';
import type { Key } from '../../core/statement.js';
import { isSecureRandom, secureRandom, shuffle, type RandomSource } from '../../random/index.js';
import type { RankState } from '../order/rankTies.js';
import type { RankInterval } from './target.js';

/** A row of a ranking; its count, if any, is read and not needed. */
export interface RankedRow<K = Key> {
  readonly rank: number | null;
  readonly interval: RankInterval | null;
  readonly key: K;
  readonly state: RankState;
}

/** One line of a ranking that shows ranks as far as they can be told, and then buckets. */
export interface BucketRow<K = Key> {
  /** null beyond the resolvable rank. */
  readonly rank: number | null;
  readonly interval: RankInterval | null;
  /** The row is among the first this many; null beyond the last edge. */
  readonly bucket: number | null;
  readonly key: K;
  readonly state: RankState;
}

export interface ToBucketsOptions {
  /** The widest interval, in places, that is still shown as a rank: ranks end before the first row with a wider one. */
  readonly widest: number;
  /** Where buckets end, rising; 1, 5, 10, 50, 100, … when left out. */
  readonly edges?: readonly number[];
  /** What members of a bucket are shuffled with. */
  readonly random?: RandomSource;
}

/**
 * Shows ranks as far as noise lets them be told, and beyond that only "among the first 50": members shuffled, without rank,
 * interval and count.
 *
 * Use it on long rankings: an exact order of rows that nobody can tell apart claims too much. Reads the protected
 * ranking alone, so the guarantee stays. The bucket is that of the published rank; it holds a row's true rank more often
 * than the rank itself would, not always. Rows without a rank are left out.
 *
 * @throws {TokumeiError} `TOKUMEI_BUCKETS`, `TOKUMEI_NOT_PROTECTED`
 * @example
 * const events = ['u1', 'u2', 'u3'].map((userId) => ({ userId, app: 'maps' }));
 * const records = personal(events, { unit: 'user', unitOf: 'userId' });
 * const spend = privacyBudget({ unit: 'user', epsilon: 1 });
 * const counts = dpCountUnits<{ app: string }, 'user', 'app'>({ by: 'app', keys: publicKeys(['maps', 'mail']), groupsPerUnit: 2, spend });
 * pipe(counts(records), toRanking(), toBuckets({ widest: 3 })).guarantee.kind; // => 'differential-privacy'
 */
/* @__NO_SIDE_EFFECTS__ */
export function toBuckets(options: ToBucketsOptions): <K, G extends Guarantee>(ranking: Protected<readonly RankedRow<K>[], G>) => Protected<readonly BucketRow<K>[], G> {
  const where = 'toBuckets';
  const o = checkOptions(options, where);
  const widest = checkInteger(o.widest, where, 'widest', 'TOKUMEI_BUCKETS', 1);
  const edges = checkEdges(o.edges, where);
  const random = o.random ?? secureRandom();
  return <K, G extends Guarantee>(ranking: Protected<readonly RankedRow<K>[], G>) => {
    const payload = openProtected(ranking, where);
    const rows = payload.value.filter(({ rank }) => rank !== null).sort((a, b) => a.rank! - b.rank!);
    const told = resolvable(rows, widest);
    const value: BucketRow<K>[] = rows.slice(0, told).map(({ rank, interval, key, state }) => ({ rank, interval, bucket: bucketOf(rank!, edges), key, state }));
    for (let from = told; from < rows.length; ) {
      const bucket = bucketOf(rows[from]!.rank!, edges);
      let to = from;
      while (to < rows.length && bucketOf(rows[to]!.rank!, edges) === bucket) to++;
      const members = rows.slice(from, to);
      shuffle(members, random);
      for (const { key, state } of members) value.push({ rank: null, interval: null, bucket, key, state });
      from = to;
    }
    const statement = { ...payload.statement, steps: [...payload.statement.steps, { stage: where, widest, edges: edges ?? 'half-decades' }] };
    return makeProtected<readonly BucketRow<K>[], G>(ranking.guarantee, { ...payload, value, statement, secure: payload.secure && isSecureRandom(random) });
  };
}

/** How many rows come before the first whose interval is too wide; rows of one rank stay together. */
function resolvable(rows: readonly RankedRow<unknown>[], widest: number): number {
  const first = rows.findIndex(({ interval }) => interval === null || interval[1] - interval[0] + 1 > widest);
  if (first < 0) return rows.length;
  return rows.findIndex(({ rank }) => rank === rows[first]!.rank);
}

function bucketOf(rank: number, edges: readonly number[] | undefined): number | null {
  if (edges !== undefined) return edges.find((edge) => rank <= edge) ?? null;
  for (let edge = 1; ; edge *= 10) {
    if (rank <= edge) return edge;
    if (rank <= 5 * edge) return 5 * edge;
  }
}

function checkEdges(edges: unknown, where: string): readonly number[] | undefined {
  if (edges === undefined) return undefined;
  if (Array.isArray(edges) && edges.length > 0 && edges.every((edge, i) => Number.isSafeInteger(edge) && edge > ((edges as number[])[i - 1] ?? 0))) return edges as number[];
  throw new TokumeiError('TOKUMEI_BUCKETS', { where, parameter: 'edges', expected: 'rising whole numbers above 0', received: edges });
}
