import { checkInteger, checkOneOf, checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { DifferentialPrivacy } from '../../core/guarantee.js';
import type { Personal } from '../../core/holders/personal.js';
import { makeProtected, type Protected } from '../../core/holders/protected.js';
import { OperatorReport } from '../../core/operatorReport.js';
import type { Key } from '../../core/statement.js';
import type { GroupRow, KeyOf } from '../../core/table.js';
import { secureRandom, type RandomSource } from '../../random/index.js';
import { accumulate, type Accumulated, type Accumulator, type PersonalState } from '../../table/accumulator.js';
import { compareContent, type Content } from '../../table/columns/coded.js';
import { checkBy, type FieldOf } from '../../table/fields.js';
import { freshSampleKey } from '../../table/grouping/sampleKey.js';
import { addCounts, runCountUnits, type ExactCounts } from '../../table/grouping/unitCounts.js';
import { countUnitsPlan, type CountUnitsPlan } from '../../table/plan.js';
import { unwrap } from '../../table/table.js';
import { checkKeys, type KeyChoice } from '../keys.js';
import type { PublicKeys } from '../../table/publicKeys.js';
import { consumeSlice, readSlice, type Slice } from '../budget/slice.js';
import { noisePort, type NoisePort } from '../mechanisms/port.js';
import type { CountDesign } from './countDesign.js';
import { makeCount, type CountStatement } from './countStatement.js';
import { addDesignedNoise, type CountLaw } from './engine/noise.js';

/** What {@link dpCountUnits} takes. Epsilon, delta and the unit come from the slice; there is no default bound. */
export interface DpCountUnitsOptions<U extends string, F> {
  /** One field, or several for a cross of them (then a key is a tuple). */
  readonly by: F;
  /** `publicKeys([…])` or `'discover'`, which publishes only keys that enough units share and needs a delta. */
  readonly keys: KeyChoice;
  /** At most this many groups of one unit are counted, chosen at random for each unit that has more (L0). */
  readonly groupsPerUnit: number;
  /** Which noise; without it the better one by public figures: the smaller error, for discovered keys together with the lower threshold. */
  readonly noise?: CountLaw;
  /** A slice of a budget for the same unit. */
  readonly spend: Slice<U>;
  /** Where noise comes from. Tests may pass a seeded source from `tokumei/testing`; `release()` refuses the result. */
  readonly random?: RandomSource;
}

type Counts<F extends string | readonly string[], U extends string> = Protected<readonly GroupRow<KeyOf<F>>[], DifferentialPrivacy<U>>;

/**
 * Counts distinct units by group under differential privacy: bounds, selects keys and adds noise in one call.
 *
 * **When.** How many people used each app, opened each page, are in each region. Counts may come out negative: keep
 * them so for sums and ranks, clamp only for display.
 *
 * **Guarantee.** Adding or removing all rows of one unit changes the odds of any output by at most exp(epsilon), up to
 * probability delta (0 for Laplace noise on public keys); rho-zCDP under a budget in rho. Exact discrete noise: Laplace of
 * scale groupsPerUnit / epsilon, or Gaussian where it is the better one; discovered keys are published from a threshold on.
 * Proof: docs/proofs/count-units.md. **Duties.** `groupsPerUnit` and public keys come from public knowledge, not from a look at the data.
 *
 * **Convention.** OpenDP: `then_private_count_by` on truncated data; Google: `Count` with `MaxPartitionsContributed`.
 * The counts are of bounded contributions: units above the bound are missing from some of their groups.
 *
 * Lines come in the order of the declared keys; discovered ones by falling noisy count. Cost: linear, 0.1 µs a row.
 *
 * @throws {TokumeiError} `TOKUMEI_BY`, `TOKUMEI_KEYS`, `TOKUMEI_GROUPS_PER_UNIT`, `TOKUMEI_SLICE`, `TOKUMEI_DELTA_NEEDED`
 * before data is seen; `TOKUMEI_SLICE_SPENT`, `TOKUMEI_UNIT_MISMATCH`, `TOKUMEI_FIELD` when it runs.
 * @example
 * const events = [{ userId: 'u1', app: 'maps' }, { userId: 'u2', app: 'maps' }];
 * const counts = pipe(
 *   personal(events, { unit: 'user', unitOf: 'userId' }),
 *   dpCountUnits({ by: 'app', keys: publicKeys(['maps', 'mail']), groupsPerUnit: 1, spend: privacyBudget({ unit: 'user', epsilon: 1 }) }),
 * );
 * counts.guarantee.epsilon; // => 1
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpCountUnits<Row, U extends string, const F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[]>(
  options: DpCountUnitsOptions<U, F>,
): (p: Personal<Row, U>) => Counts<F, U> {
  const job = prepare('dpCountUnits', options);
  return (p) => {
    const table = unwrap(p, job.where);
    consumeSlice(job.spend, table.unit as U, job.where);
    const value = runCountUnits(table, job.plan, job.keys, freshSampleKey(job.port.random), job.where);
    return finish(job, { value, steps: table.steps, dropped: table.dropped });
  };
}

/**
 * {@link dpCountUnits} in parts: add shards one by one, merge, and finish once.
 *
 * Each part comes through a door with `shard: 'name'`, by which the caller declares that no unit is in two parts.
 * The slice is spent when the accumulator is made. Exact counts before noise are the same for every way of cutting.
 *
 * @throws {TokumeiError} as `dpCountUnits`; `TOKUMEI_SHARD`, `TOKUMEI_SHARD_TWICE`, `TOKUMEI_STATE`; `TOKUMEI_FINISHED` when finished twice.
 */
/* @__NO_SIDE_EFFECTS__ */
export function dpCountUnitsInParts<Row, U extends string, const F extends FieldOf<Row, Key> | readonly FieldOf<Row, Key>[]>(
  options: DpCountUnitsOptions<U, F>,
): Accumulator<Row, U, PersonalState, Counts<F, U>> {
  const job = prepare('dpCountUnitsInParts', options);
  consumeSlice(job.spend, job.unit, job.where);
  const sampleKey = freshSampleKey(job.port.random);
  let finished = false;
  return accumulate<Row, U, ExactCounts, Counts<F, U>>(
    job.where,
    (table) => runCountUnits(table, job.plan, job.keys, sampleKey, job.where),
    addCounts,
    (total) => {
      if (finished) throw new TokumeiError('TOKUMEI_FINISHED', { where: job.where, message: 'was finished before: a slice pays for one result' });
      finished = true;
      return finish(job, total);
    },
  );
}

/** The checked options and what follows from them: all public, nothing of the data. */
interface Job<U extends string> {
  /** Read once: what pays is what the noise was designed for, whatever becomes of the options object. */
  readonly spend: Slice<U>;
  readonly where: string;
  readonly keys: PublicKeys | undefined;
  readonly made: CountStatement<U>;
  readonly design: CountDesign;
  readonly unit: U;
  readonly plan: CountUnitsPlan;
  readonly port: NoisePort;
}

function prepare<U extends string, F>(where: string, options: DpCountUnitsOptions<U, F>): Job<U> {
  const o = { ...checkOptions(options, where) };
  const by = checkBy(where, o.by);
  const single = !Array.isArray(o.by);
  const keys = checkKeys(where, o.keys, by, single);
  const groupsPerUnit = checkInteger(o.groupsPerUnit, where, 'groupsPerUnit', 'TOKUMEI_GROUPS_PER_UNIT', 1, 2 ** 31 - 1);
  const law = o.noise === undefined ? undefined : checkOneOf(o.noise, where, 'noise', 'TOKUMEI_NOISE', ['laplace', 'gaussian']);
  const spend = readSlice(o.spend, where);
  const made = makeCount({ where, unit: o.spend.unit, by, spend, groupsPerUnit, declared: keys?.keys.length ?? 'discover', law });
  const plan = countUnitsPlan(o.spend.unit, by, single, keys === undefined ? 'all' : 'public', groupsPerUnit);
  return { where, spend: o.spend, keys, made, design: made.design, unit: o.spend.unit, plan, port: noisePort(o.random ?? secureRandom()) };
}

function finish<F extends string | readonly string[], U extends string>(o: Job<U>, total: Accumulated<ExactCounts>): Counts<F, U> {
  const exact = total.value ?? { keys: o.keys?.keys ?? [], counts: new Float64Array(o.keys?.keys.length ?? 0), pairs: 0, unitsAboveBound: 0, rowsWithoutKey: 0 };
  const { l0, noise } = o.design;
  const noisy = addDesignedNoise(o.port, noise, { places: l0, each: 1, counted: true }, { values: exact.counts, keys: exact.keys, newKeys: o.keys === undefined ? l0 : 0 });
  const rows: GroupRow<KeyOf<F>>[] = [];
  exact.keys.forEach((key, at) => {
    if (o.design.threshold === null || noisy[at]! >= o.design.threshold) rows.push({ key: key as KeyOf<F>, state: 'value', count: noisy[at]! });
  });
  // The order in which keys were met tells who came first: discovered keys are put in an order of published things.
  if (o.keys === undefined) rows.sort((a, b) => b.count! - a.count! || compareContent(a.key as Content, b.key as Content));
  const { design: _, step, ...statement } = o.made;
  return makeProtected(statement.guarantee, {
    value: rows,
    statement: { ...statement, steps: [...total.steps, step] },
    secure: o.port.secure,
    report: new OperatorReport({ groups: exact.keys.length, published: rows.length, pairs: exact.pairs, unitsAboveBound: exact.unitsAboveBound, rowsWithoutKey: exact.rowsWithoutKey, ...total.dropped }),
  });
}
