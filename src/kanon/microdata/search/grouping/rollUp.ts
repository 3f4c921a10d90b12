import { gather } from './denseIds.js';
import type { Grouper } from './grouper.js';
import type { Dropped, GroupList } from './groupList.js';

/**
 * A shorter list for the same rows, for all nodes at or above `levels`: entries that have become equal are put
 * together. `grouper` must just have grouped `list` at `levels`.
 */
export function rollUp(list: GroupList, grouper: Grouper, levels: Uint8Array): GroupList {
  if (list.sensitive !== undefined) return rollUpSensitive(list, grouper, levels, list.sensitive);
  const examples = grouper.example.subarray(0, grouper.count);
  return {
    size: grouper.count,
    first: gather(list.first, examples),
    second: gather(list.second, examples),
    sensitive: undefined,
    firstRow: earliest(list, grouper.classOf, grouper.count),
    weight: grouper.sizes.slice(0, grouper.count),
    population: list.population === undefined ? undefined : grouper.populations.slice(0, grouper.count),
    levels: Uint8Array.from(levels),
    dropped: list.dropped,
  };
}

/** The first row behind each class. */
export function earliest({ size, firstRow }: GroupList, classOf: Int32Array, classes: number): Int32Array | undefined {
  if (firstRow === undefined) return undefined;
  const out = new Int32Array(classes).fill(0x7fffffff);
  for (let e = 0; e < size; e++) if (firstRow[e]! < out[classOf[e]!]!) out[classOf[e]!] = firstRow[e]!;
  return out;
}

/** Entries stay apart by their sensitive values: an entry of the result is a class and one combination of them. */
function rollUpSensitive(list: GroupList, grouper: Grouper, levels: Uint8Array, combos: Int32Array): GroupList {
  let most = 0;
  for (let e = 0; e < list.size; e++) if (combos[e]! > most) most = combos[e]!;
  const codes = list.population === undefined && list.firstRow === undefined ? undefined : new Int32Array(list.size);
  const { count, examples, rows } = grouper.pairs(list, combos, most + 1, codes);
  let population: Int32Array | undefined;
  if (list.population !== undefined) {
    population = new Int32Array(count);
    for (let e = 0; e < list.size; e++) population[codes![e]!]! += list.population[e]!;
  }
  return {
    size: count,
    first: gather(list.first, examples),
    second: gather(list.second, examples),
    sensitive: gather(combos, examples),
    firstRow: codes === undefined ? undefined : earliest(list, codes, count),
    weight: rows,
    population,
    levels: Uint8Array.from(levels),
    dropped: list.dropped,
  };
}

/** The list without the entries that bear the mark, whose rows are noted in `dropped`. */
export function withoutLost(list: GroupList, marks: Uint8Array, mark: number, dropped: Dropped): GroupList {
  let size = 0;
  for (let e = 0; e < list.size; e++) if ((marks[e]! & mark) === 0) size++;
  const kept = new Int32Array(size);
  for (let e = 0, i = 0; e < list.size; e++) if ((marks[e]! & mark) === 0) kept[i++] = e;
  return {
    size,
    first: gather(list.first, kept),
    second: gather(list.second, kept),
    sensitive: list.sensitive === undefined ? undefined : gather(list.sensitive, kept),
    firstRow: list.firstRow === undefined ? undefined : gather(list.firstRow, kept),
    weight: gather(list.weight, kept),
    population: list.population === undefined ? undefined : gather(list.population, kept),
    levels: list.levels,
    dropped,
  };
}
