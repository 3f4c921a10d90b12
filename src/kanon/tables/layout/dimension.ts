import { readOptions, reading } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { Key } from '../../../core/statement.js';
import { asKey } from '../../../table/columns/encode.js';
import { axisOf, type Axis } from './axis.js';

/** A tree of groups: an array of leaves, or an object that names inner groups and what they consist of. */
export type GroupTree = readonly Key[] | { readonly [group: string]: GroupTree };

/** One dimension of a table: groups in a forest, each inner group the sum of its parts. Groups come before their parts. */
export interface Dimension extends Axis {
  /** The node of the group above, -1 where there is none. */
  readonly parent: Int32Array;
}

const where = 'hierarchy';

// What hierarchy() made and nothing else: a look-alike might have parts that are no tree.
const made = new WeakSet<object>();

export const isDimension = (value: unknown): value is Dimension => typeof value === 'object' && value !== null && made.has(value);

/**
 * Declares the groups of one dimension, with sub-totals and, by default, one total over all.
 *
 * **When.** For `kTable` and `suppressTable`. A plain list is one level; an object names sub-totals. Labels must differ
 * throughout, totals included, because a published line is found by its label. (sdcHierarchies `hier_create`: the same tree.)
 *
 * @param tree leaves as a list, or sub-totals with their parts.
 * @param options `total`: the label of the sum over all, or `false` to publish none. Default `'total'`.
 * @throws {TokumeiError} `TOKUMEI_HIERARCHY` when a label occurs twice (groups overlap), a group has no parts or a label is no key; `TOKUMEI_OPTIONS`.
 * @example
 * hierarchy({ Kanto: ['Tokyo', 'Chiba'], Kinki: ['Osaka'] }).labels; // => ['total', 'Kanto', 'Tokyo', 'Chiba', 'Kinki', 'Osaka']
 */
export function hierarchy(tree: GroupTree, options: { readonly total?: Key | false } = {}): Dimension {
  const labels: Key[] = [];
  const parent: number[] = [];
  const seen = new Set<Key>();
  const add = (label: unknown, above: number): number => {
    const key = label === undefined ? undefined : asKey(label);
    if (key === undefined || typeof key === 'bigint') {
      throw new TokumeiError('TOKUMEI_HIERARCHY', { where, parameter: 'label', expected: 'text, a whole number, a truth value or null', received: label });
    }
    if (seen.has(key)) {
      throw new TokumeiError('TOKUMEI_HIERARCHY', { where, parameter: 'label', expected: 'in one place only: groups that overlap cannot add up, and a total needs a label of its own', received: key });
    }
    seen.add(key);
    labels.push(key);
    parent.push(above);
    return labels.length - 1;
  };
  const walk = (level: GroupTree, above: number, depth: number): void => {
    if (depth > 64) throw new TokumeiError('TOKUMEI_HIERARCHY', { where, parameter: 'tree', expected: 'at most 64 levels' });
    if (Array.isArray(level)) {
      if (level.length === 0) throw new TokumeiError('TOKUMEI_HIERARCHY', { where, parameter: 'tree', expected: 'at least one part in every group' });
      for (const label of level) add(label, above);
      return;
    }
    const groups = typeof level === 'object' && level !== null ? Object.entries(level) : [];
    if (groups.length === 0) throw new TokumeiError('TOKUMEI_HIERARCHY', { where, parameter: 'tree', expected: 'a list of keys, or an object of groups with parts', received: level });
    for (const [label, parts] of groups) walk(parts, add(label, above), depth + 1);
  };
  const { total = 'total' } = readOptions(options, where, 'total');
  reading(where, 'tree', 'TOKUMEI_HIERARCHY', () => walk(tree, total === false ? -1 : add(total, -1), 0));
  return dimensionOf(labels, parent);
}

function dimensionOf(labels: readonly Key[], parent: readonly number[]): Dimension {
  const parts: number[][] = labels.map(() => []);
  const above: number[][] = [];
  parent.forEach((group, node) => {
    if (group >= 0) parts[group]!.push(node);
    above.push([node, ...(above[group] ?? [])]);
  });
  const partitions = parts.map((list) => (list.length === 0 ? [] : [list]));
  const dimension = Object.freeze({ ...axisOf(Object.freeze([...labels]), above, partitions), parent: Int32Array.from(parent) });
  made.add(dimension);
  return dimension;
}
