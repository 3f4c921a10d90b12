import { ownOf, reading } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { Json, Key } from '../../../core/statement.js';
import { checkBy } from '../../../table/fields.js';
import { hierarchy, isDimension, type Dimension, type GroupTree } from '../layout/dimension.js';
import { layoutOf, nodeOf, type Layout } from '../layout/layout.js';

/** The names of the fields in `by`. */
export type FieldsIn<F> = F extends string ? F : F extends readonly (infer N extends string)[] ? N : never;

/** For each field its groups: a list, a tree with sub-totals, or what `hierarchy` made. All of them public: none is read off the data. */
export type Groups<F> = { readonly [N in FieldsIn<F>]: GroupTree | Dimension };

/** What a withheld cell costs: each the same, by its size (few people are withheld), or by the logarithm of it. */
export type CellCost = 'equal' | 'size' | 'logarithm';

export const CELL_COSTS = ['equal', 'size', 'logarithm'] as const;

/** More cells than this are refused: a table that nobody can read is a database. */
export const MOST_CELLS = 2_000_000;

export interface CheckedTable {
  readonly by: readonly string[];
  readonly single: boolean;
  readonly dimensions: readonly Dimension[];
  readonly layout: Layout;
}

/**
 * @param others fields that `groups` may name as well: tables that go out together may share one object.
 * @throws {TokumeiError} `TOKUMEI_BY`, `TOKUMEI_GROUPS`, `TOKUMEI_HIERARCHY`, `TOKUMEI_OVERLAPPING`, `TOKUMEI_TABLE_SIZE`
 */
export function checkTable(where: string, by: unknown, groups: unknown, overlapping: unknown, others: readonly unknown[] = []): CheckedTable {
  const fields = checkBy(where, by);
  if (typeof groups !== 'object' || groups === null) {
    throw new TokumeiError('TOKUMEI_GROUPS', { where, parameter: 'groups', expected: 'an object with the groups of each field in by', received: groups });
  }
  const own = reading(where, 'groups', 'TOKUMEI_GROUPS', () => ownOf(groups));
  const extra = Object.keys(own).find((name) => !fields.includes(name) && !others.includes(name));
  if (extra !== undefined) throw new TokumeiError('TOKUMEI_GROUPS', { where, parameter: 'groups', expected: `for the fields in by alone (${fields.join(', ')})`, received: extra });
  const dimensions = fields.map((field) => {
    if (!Object.hasOwn(own, field)) throw new TokumeiError('TOKUMEI_GROUPS', { where, parameter: 'groups', expected: `given for '${field}': only declared groups are published` });
    const tree = (own as Record<string, GroupTree | Dimension>)[field]!;
    return isDimension(tree) ? tree : hierarchy(tree);
  });
  const at = overlapping === undefined ? -1 : fields.indexOf(overlapping as string);
  if (overlapping !== undefined && at < 0) {
    throw new TokumeiError('TOKUMEI_OVERLAPPING', { where, parameter: 'overlapping', expected: 'one of the fields in by', received: overlapping });
  }
  const layout = layoutOf(dimensions, at);
  if (layout.cells > MOST_CELLS) {
    throw new TokumeiError('TOKUMEI_TABLE_SIZE', { where, parameter: 'groups', expected: `of at most ${MOST_CELLS} cells together; publish fewer fields or coarser groups`, received: layout.cells });
  }
  return { by: fields, single: !Array.isArray(by), dimensions, layout };
}

/** The key of a cell: the label of its one group, or of its group in each field. */
export function keyOfCell({ layout, single }: CheckedTable, cell: number): Key | readonly Key[] {
  const labels = layout.dimensions.map(({ labels }, d) => labels[nodeOf(layout, cell, d)]!);
  return single ? labels[0]! : labels;
}

export function costOf(values: Float64Array, cost: CellCost): Float64Array {
  return values.map((value) => (cost === 'equal' ? 1 : cost === 'size' ? value + 1 : Math.log2(value + 2)));
}

/** How a table is built, for the manifest: declared parameters alone. */
export function describeTable({ by, layout, dimensions }: CheckedTable): Json {
  return Object.fromEntries(
    dimensions.map(({ labels, parent }, d) => [by[d]!, { groups: labels.length, labels, above: Array.from(parent), ...(layout.overlapping === d ? { overlapping: true } : {}) }]),
  );
}
