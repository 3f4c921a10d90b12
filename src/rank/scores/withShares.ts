import { checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { DifferentialPrivacy, Guarantee } from '../../core/guarantee.js';
import { makeProtected, openProtected, type Protected, type ProtectedPayload } from '../../core/holders/protected.js';
import type { Statement } from '../../core/statement.js';
import { composeSpends, mainOf } from '../../dp/accounting/compose.js';
import { spendOf } from '../../dp/budget/spend.js';

/** A row that has a count: of `toRanking`, `rankGroups`, `dpCountUnits`, `kCountUnits`. */
export interface CountedRow {
  readonly count: number | null;
}

export type WithShare<Row> = Row & { readonly share: number | null };

/** A private total, paid from a slice of its own: a protected table of one row. */
export type PrivateTotal<U extends string> = Protected<readonly CountedRow[], DifferentialPrivacy<U>>;

/**
 * Adds to each row its share: of all published rows together, or of a total that was paid for.
 *
 * `of: 'published-items'` divides by the sum of the counts that are published and spends nothing. `of: total` divides by
 * a private total; the guarantees of both then add up. There is no share of an exact total: with suppressed or noisy
 * rows beside it, it would give them away. A row without a count, and every row when the divisor is not above 0, has none.
 * A share is no count on a grid: rank before adding shares.
 *
 * @throws {TokumeiError} `TOKUMEI_SHARE_OF` for anything but these two; `TOKUMEI_UNIT_MISMATCH`; `TOKUMEI_NOT_PROTECTED`.
 * @example
 * const events = ['u1', 'u2', 'u3'].map((userId) => ({ userId, app: 'maps' }));
 * const records = personal(events, { unit: 'user', unitOf: 'userId' });
 * const spend = privacyBudget({ unit: 'user', epsilon: 1 });
 * const ranking = pipe(records, rankGroups({ by: 'app', top: 2, keys: publicKeys(['maps', 'mail']), groupsPerUnit: 2, spend }), withShares({ of: 'published-items' }));
 * ranking.guarantee.epsilon; // => 1
 */
/* @__NO_SIDE_EFFECTS__ */
export function withShares(options: { readonly of: 'published-items' }): <Row extends CountedRow, G extends Guarantee>(table: Protected<readonly Row[], G>) => Protected<readonly WithShare<Row>[], G>;
/* @__NO_SIDE_EFFECTS__ */
export function withShares<U extends string>(options: { readonly of: PrivateTotal<U> }): <Row extends CountedRow>(table: Protected<readonly Row[], DifferentialPrivacy<U>>) => Protected<readonly WithShare<Row>[], DifferentialPrivacy<U>>;
export function withShares(options: { readonly of: 'published-items' | PrivateTotal<string> }): unknown {
  const where = 'withShares';
  const { of } = checkOptions(options, where);
  if (of === 'published-items') {
    return (table: Protected<readonly CountedRow[], Guarantee>) => {
      const payload = openProtected(table, where);
      const sum = payload.value.reduce((total, { count }) => total + (count ?? 0), 0);
      return divided(table.guarantee, payload, sum, step('published-items', payload.statement), payload.secure);
    };
  }
  const total = openTotal(of, where);
  return (table: Protected<readonly CountedRow[], Guarantee>) => {
    const payload = openProtected(table, where);
    const guarantee = together(table.guarantee, of.guarantee, where);
    const { mechanism, measures, bounds, parameters, keys } = total.statement;
    // Both guarantees as well, from which a third party makes either statement again.
    const paid = { table: { ...table.guarantee }, total: { ...of.guarantee } };
    const statement = step({ mechanism, measures, bounds, parameters, keys, paid } as never, payload.statement);
    return divided(guarantee, payload, total.value[0]!.count!, { ...statement, guarantee }, payload.secure && total.secure);
  };
}

function divided(guarantee: Guarantee, payload: ProtectedPayload<readonly CountedRow[]>, by: number, statement: Statement, secure: boolean): Protected<readonly WithShare<CountedRow>[], Guarantee> {
  const value = payload.value.map((row) => ({ ...row, share: row.count === null || !(by > 0) ? null : row.count / by }));
  return makeProtected(guarantee, { ...payload, value, statement, secure });
}

const step = (of: Statement['steps'][number][string], statement: Statement): Statement => ({ ...statement, steps: [...statement.steps, { stage: 'withShares', of }] });

function openTotal(of: unknown, where: string): ProtectedPayload<readonly CountedRow[]> {
  const fail = (): never => {
    throw new TokumeiError('TOKUMEI_SHARE_OF', { where, parameter: 'of', expected: "'published-items', or a differentially private table of one row with a count; never an exact total" });
  };
  if (typeof of !== 'object' || of === null || (of as PrivateTotal<string>).guarantee?.kind !== 'differential-privacy') return fail();
  const payload = openProtected(of as PrivateTotal<string>, where);
  if (!Array.isArray(payload.value) || payload.value.length !== 1 || typeof payload.value[0]?.count !== 'number') return fail();
  return payload;
}

/** Two results about the same units in one: their guarantees add up. */
export function together(a: Guarantee, b: DifferentialPrivacy, where: string): DifferentialPrivacy {
  if (a.kind !== 'differential-privacy') {
    throw new TokumeiError('TOKUMEI_SHARE_OF', { where, parameter: 'of', expected: "'published-items' where the table is not under differential privacy: combining two results drops any other guarantee" });
  }
  if (a.unit !== b.unit) throw new TokumeiError('TOKUMEI_UNIT_MISMATCH', { where, parameter: 'of', expected: `a total per '${a.unit}'`, received: b.unit });
  // (epsilon, delta) add up whatever each was accounted in.
  const spend = composeSpends([spendOf(a.epsilon, a.delta), spendOf(b.epsilon, b.delta)]);
  return { kind: a.kind, unit: a.unit, measure: spend.measure, epsilon: mainOf(spend), delta: spend.delta };
}
