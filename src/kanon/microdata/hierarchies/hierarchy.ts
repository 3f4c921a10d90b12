import { TokumeiError } from '../../../core/errors.js';
import type { CodedHierarchy, CodedLevel } from './coded.js';

/**
 * A generalization hierarchy as a plain table: one row for each leaf, from the original value to the most general one.
 * Public knowledge: nothing in it may come from the data alone.
 */
export interface Hierarchy {
  readonly rows: readonly (readonly string[])[];
}

export interface HierarchyChecks {
  /** For messages: the attribute. */
  readonly attribute: string;
  readonly where: string;
  /** A leaf that stands in two rows with the same values: refused, or counted twice, as ARX does. Default `'reject'`. */
  readonly duplicateLeaves?: 'reject' | 'count';
}

/**
 * Checks a hierarchy: rows of equal length, no leaf twice, and no value with two different parents.
 *
 * @throws {TokumeiError} `TOKUMEI_HIERARCHY`, with attribute, value and row number of the hierarchy itself.
 */
export function checkHierarchy({ rows }: Hierarchy, { attribute, where, duplicateLeaves = 'reject' }: HierarchyChecks): void {
  const refuse = (row: number, problem: string): never => {
    throw new TokumeiError('TOKUMEI_HIERARCHY', { where, message: `hierarchy of ${JSON.stringify(attribute)}, row ${row + 1}: ${problem}` });
  };
  if (!Array.isArray(rows) || rows.length === 0) return refuse(0, 'there are no rows; give one row for each leaf');
  const width = rows[0]!.length;
  if (width === 0) refuse(0, 'has no values');
  if (width > 256) refuse(0, 'has more than 256 levels; leave some out');
  const first = new Map<string, number>();
  const parents: Map<string, { parent: string; row: number }>[] = Array.from({ length: Math.max(0, width - 1) }, () => new Map());
  rows.forEach((row, at) => {
    if (!Array.isArray(row) || row.length !== width) refuse(at, `has ${row.length} values where row 1 has ${width}`);
    const leaf: unknown = row[0];
    if (row.some((value: unknown) => typeof value !== 'string')) refuse(at, 'holds a value that is not text');
    const earlier = first.get(leaf as string);
    if (earlier === undefined) first.set(leaf as string, at);
    else if (duplicateLeaves === 'reject' || row.some((value: string, level: number) => value !== rows[earlier]![level])) {
      refuse(at, `the value ${JSON.stringify(leaf)} stands in row ${earlier + 1} already; keep one of the two`);
    }
    for (let level = 0; level + 1 < width; level++) {
      const known = parents[level]!.get(row[level]!);
      if (known === undefined) parents[level]!.set(row[level]!, { parent: row[level + 1]!, row: at });
      else if (known.parent !== row[level + 1]) {
        refuse(at, `the value ${JSON.stringify(row[level])} of level ${level} becomes ${JSON.stringify(row[level + 1])} here and ${JSON.stringify(known.parent)} in row ${known.row + 1}; a value has one parent`);
      }
    }
  });
}

/** What a leaf that is not in the hierarchy becomes, where one is needed. */
export type ExtraLeaf = 'none' | 'own' | 'top';

/** A hierarchy in numbers, with the texts behind them. */
export interface BuiltHierarchy {
  readonly coded: CodedHierarchy;
  readonly leafOf: ReadonlyMap<string, number>;
  /** For each level, the text of each value. */
  readonly texts: readonly (readonly string[])[];
  /** The leaf for missing values (a category of its own) and the one that stands for any value, where they exist. */
  readonly own: number;
  readonly any: number;
}

/** The text of a missing value kept as a category of its own. */
export const MISSING = '(missing)';

/**
 * Numbers the values. Two leaves beyond the hierarchy are added: a category of its own, which joins the others only at
 * the top, and one that is the most general value at every level.
 */
export function buildHierarchy(name: string, { rows }: Hierarchy): BuiltHierarchy {
  const leafOf = new Map<string, number>();
  const leaves: (readonly string[])[] = [];
  for (const row of rows) {
    if (leafOf.has(row[0]!)) continue;
    leafOf.set(row[0]!, leaves.length);
    leaves.push(row);
  }
  const height = rows[0]!.length - 1;
  const own = leaves.length;
  const any = leaves.length + 1;
  const levels: CodedLevel[] = [];
  const texts: string[][] = [];
  for (let level = 0; level <= height; level++) {
    const numbers = new Map<string, number>();
    const codes = new Int32Array(leaves.length + 2);
    leaves.forEach((row, leaf) => {
      const text = row[level]!;
      let code = numbers.get(text);
      if (code === undefined) numbers.set(text, (code = numbers.size));
      codes[leaf] = code;
    });
    const names = [...numbers.keys()];
    const counts = new Float64Array(names.length + 2);
    for (const row of rows) counts[numbers.get(row[level]!)!]!++;
    const single = level === height && names.length === 1;
    codes[own] = single ? 0 : names.length;
    codes[any] = single ? 0 : names.length + 1;
    const size = single ? 1 : names.length + 2;
    const share = new Float64Array(size);
    for (let code = 0; code < names.length; code++) share[code] = counts[code]! / rows.length;
    if (!single) {
      share[names.length] = 1 / rows.length;
      share[names.length + 1] = 1;
      names.push(MISSING, '*');
    }
    levels.push({ size, codes, share });
    texts.push(names);
  }
  return { coded: { name, height, domain: rows.length, levels }, leafOf, texts, own, any };
}
