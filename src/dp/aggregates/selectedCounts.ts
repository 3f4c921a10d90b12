import { COUNTS_OF_UNITS } from './countStatement.js';
import type { Kind } from './engine/kind.js';
import { checkGroupsPerUnit, type GroupBound } from './engine/options.js';

/** Whether a count of units selects discovered keys by a rule of their own, with a share of the budget, before the counts get noise. */
export const selectsFirst = ({ keys, keyRule, keysShare }: { readonly keys: unknown; readonly keyRule?: unknown; readonly keysShare?: unknown }): boolean => keys === 'discover' && (keyRule !== undefined || keysShare !== undefined);

/** The kind of `dpCountUnits` where keys are selected first: a row of a unit in a group counts once. */
export const UNITS: Kind<GroupBound> = {
  stage: 'dpCountUnits',
  mechanism: COUNTS_OF_UNITS,
  check: (where, { groupsPerUnit }) => ({ groupsPerUnit: checkGroupsPerUnit(where, groupsPerUnit) }),
  reach: (_, l0) => ({ places: l0, each: 1, counted: true }),
  says: ({ groupsPerUnit }, _, unit) => ({ bounds: { groupsPerUnit }, measure: { name: 'count', what: `distinct ${unit}s`, step: 1 }, notCovered: [] }),
  sums: () => ({ measured: { measure: 'rows', rowsPerGroup: 1 }, line: (noisy) => ({ count: noisy[0]! }), order: 'count' }),
};
