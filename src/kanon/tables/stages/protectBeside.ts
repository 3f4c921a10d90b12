import { checkOptions } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { KAnonymity, TableControl } from '../../../core/guarantee.js';
import { makeProtected, openProtected, type Protected, type PublishedLike } from '../../../core/holders/protected.js';
import { OperatorReport } from '../../../core/operatorReport.js';
import type { Statement } from '../../../core/statement.js';
import type { GroupRow } from '../../../core/table.js';
import { auditPublished } from '../../audit/auditPublished.js';
import { asPublished } from '../../audit/read/asPublished.js';
import { withholdBeside } from '../secondary/beside.js';
import { CHOICE_OF_CELLS } from './notCovered.js';

/** What {@link protectBeside} takes: what is out already, and what the new release will say of itself. */
export interface ProtectBesideOptions {
  /** The releases that readers have: those that `release()` will be given as `previous`. */
  readonly previous: readonly PublishedLike[];
  /** As at `release()`. */
  readonly id: string;
  readonly period: { readonly from: string; readonly to: string; readonly timeZone: string };
  /** As at `release()`: without it nothing can be compared. */
  readonly population: object;
}

/**
 * Withholds in a new list or table what readers could derive from it together with earlier releases, where `release()` would refuse it.
 *
 * **When.** One country after everybody, this week after the month so far, a running total after the one before. Where all
 * figures are still inside, protect them together (`kTables`): less is withheld then. For lists that come again and again take differential privacy.
 *
 * **Convention.** The reader is that of `auditReleases`. Lines are withheld until it finds nothing that this release has a part in;
 * the one in most findings first, the smaller of two; then those that turn out not to be needed are shown again. (sdcTable has no such stage; tau-ARGUS: a priori
 * files that hold cells of an earlier table as published.)
 *
 * **Guarantee.** That of the table, and nothing below its k can be derived by the audit from it and `previous` together. `release()` audits again.
 * A withheld line may now stand for many people, so of a list `k-anonymity` becomes `table-control`: what is shown is as before.
 * **Not covered.** What earlier releases give away by themselves is out. A list of keys found in the data is refused: its missing lines say that few are there.
 *
 * Use it before `toRanking`. Cost: an audit for each round and for each line that may be shown again.
 *
 * @throws {TokumeiError} `TOKUMEI_NOT_PROTECTED`; `TOKUMEI_BESIDE` for other options and for results it cannot serve; `TOKUMEI_CROSS_RELEASE` where
 * withholding does not help or nothing can be compared.
 * @example
 * const period = { from: '2026-11-16', to: '2026-11-22', timeZone: 'Asia/Tokyo' };
 * const visits = Array.from({ length: 90 }, (_, user) => ({ user, shop: ['north', 'south'][user % 2] ?? 'south', plan: user < 84 ? 'paid' : 'trial' }));
 * const counted = { by: 'shop', k: 5, keys: publicKeys(['north', 'south']) } as const;
 * const records = personal(visits, { unit: 'user', unitOf: 'user' });
 * const all = pipe(records, kCountUnits(counted), release({ id: 'all', period, purpose: 'service-information', population: { all: true }, previous: 'first' }));
 * const paid = { id: 'paid', period, population: { where: { plan: 'paid' }, unitsIn: { plan: 'one-part' } } } as const;
 * const beside = pipe(records, where(({ plan }) => plan === 'paid'), kCountUnits(counted), protectBeside({ ...paid, previous: [all] }));
 * // Three people of each shop are on trial: shown, both lines would give them away.
 * release({ ...paid, purpose: 'service-information', previous: [all] })(beside).data.map(({ state }) => state); // => ['suppressed', 'suppressed']
 */
/* @__NO_SIDE_EFFECTS__ */
export function protectBeside(options: ProtectBesideOptions): <K, U extends string>(result: Protected<readonly GroupRow<K>[], KAnonymity<U> | TableControl<U>>) => Protected<readonly GroupRow<K>[], TableControl<U>> {
  const where = 'protectBeside';
  const o = checkOptions(options, where);
  const bad = (parameter: string, expected: string): TokumeiError => new TokumeiError('TOKUMEI_BESIDE', { where, parameter, expected });
  if (!Array.isArray(o.previous)) throw bad('previous', 'a list of releases');
  if (typeof o.id !== 'string') throw bad('id', 'as at release()');
  if (typeof o.period !== 'object' || o.period === null) throw bad('period', 'as at release()');
  if (typeof o.population !== 'object' || o.population === null) throw bad('population', 'as at release(): { all: true } or { where: …, unitsIn: … }');
  const previous: readonly PublishedLike[] = asPublished(o.previous);
  const { id, period, population } = o;
  return <K, U extends string>(result: Protected<readonly GroupRow<K>[], KAnonymity<U> | TableControl<U>>) => {
    const payload = openProtected(result, where);
    const { statement } = payload;
    if (result.guarantee.kind !== 'k-anonymity' && result.guarantee.kind !== 'table-control') throw bad('result', 'a list or table under rules (kCountUnits, kTable)');
    if (statement.keys.origin !== 'public') throw bad('result', 'with declared keys (keys: publicKeys([…])): a line that is missing says that few are there');
    if (statement.measures.some(({ name }) => name !== 'count') || statement.steps.some((step) => 'ties' in step)) throw bad('result', 'counts, before they are ranked');
    const { unit } = statement;
    const words = result.guarantee.kind === 'k-anonymity' ? [`at least ${result.guarantee.k} distinct ${unit}s`] : result.guarantee.rules;
    const guarantee: TableControl<U> = { kind: 'table-control', unit: unit as U, rules: [...words, 'nothing smaller can be derived together with the earlier releases named'] };
    const step = { stage: where, previous: previous.map(({ manifest }) => String((manifest as { readonly id?: unknown }).id)) };
    const next: Statement = { ...statement, guarantee, steps: [...statement.steps, step], notCovered: [...new Set([...statement.notCovered, CHOICE_OF_CELLS])] };
    const manifest = { ...next, id, period, population };
    const audit = (lines: readonly GroupRow<K>[]): ReturnType<typeof auditPublished> => auditPublished([...previous, { data: lines, manifest }]);
    const { lines, withheld } = withholdBeside(payload.value, statement.parameters['zeros'] === 'published', id, audit, where);
    const report = new OperatorReport({ ...payload.report?.figures, withheldBesidePrevious: withheld });
    return makeProtected(guarantee, { ...payload, value: lines, statement: next, report });
  };
}
