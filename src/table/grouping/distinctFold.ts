import { PairHasher } from '../../hash/pairHash.js';
import { SipHasher, type SipKey } from '../../hash/siphash.js';
import { compareContent, ContentHashes, hashContent, type Coded, type Content } from '../columns/coded.js';
import { keyId } from '../publicKeys.js';
import type { CellFold, DistinctValues } from './foldUnits.js';
import { SmallestK } from './smallestK.js';

/** What the choice of a unit's values depends on: contents and the sample key, nothing else. */
export interface DistinctInput {
  readonly values: Coded;
  readonly valuesPerGroup: number;
  readonly unitContent: (unit: number) => Content;
  readonly groupContent: (group: number) => Content;
  readonly groupSize: number;
  readonly key: SipKey;
}

/**
 * The distinct values of each group, where a unit gives a group at most `valuesPerGroup`: those with the smallest values of
 * a keyed hash of (unit, group, value), ties by content. Missing values are none.
 */
export function distinctValues(input: DistinctInput): CellFold {
  const { values, valuesPerGroup, unitContent, groupContent, groupSize, key } = input;
  const { codes, size } = values;
  const isValue = Uint8Array.from({ length: size }, (_, code) => (values.content(code) === null ? 0 : 1));
  const found = new FoundValues(values);
  const chosen = new SmallestK(Math.min(valuesPerGroup, size), (a, b) => compareContent(values.content(a), values.content(b)));
  const valueHashes = new ContentHashes(size, values.content, key);
  const groupHashes = new ContentHashes(groupSize, groupContent, key);
  const unitHasher = new SipHasher(key);
  const pairHash = new PairHasher(key);
  let ids: Int32Array = new Int32Array(0);
  let first = 0;
  let unit = -1;
  let hashed = -1;
  const cells: Set<number>[] = [];
  return {
    width: 1,
    values: found,
    load: (rows, from) => {
      [ids, first] = [rows, from];
    },
    startUnit: (code) => {
      unit = code;
    },
    open: (cell) => {
      cells[cell] = new Set();
    },
    row: (cell, row) => {
      const code = codes[ids[first + row]!]!;
      if (code < 0 || isValue[code] === 0) return false;
      cells[cell]!.add(code);
      return true;
    },
    close: (cell, _, __, group) => {
      const mine = cells[cell]!;
      if (mine.size <= valuesPerGroup) {
        for (const code of mine) found.add(group, code);
        return;
      }
      if (hashed !== unit) {
        hashContent(unitHasher, unitContent(unit));
        pairHash.unit(unitHasher.hi, unitHasher.lo);
        hashed = unit;
      }
      chosen.clear();
      for (const code of mine) chosen.offer(pairHash.group(groupHashes.of(group) ^ valueHashes.of(code)), code);
      for (let i = 0; i < chosen.size; i++) found.add(group, chosen.items[i]!);
    },
  };
}

class FoundValues implements DistinctValues {
  private readonly sets = new Map<number, Set<number>>();
  private readonly coded: Coded;

  constructor(coded: Coded) {
    this.coded = coded;
  }

  add(group: number, code: number): void {
    const set = this.sets.get(group);
    if (set === undefined) this.sets.set(group, new Set([code]));
    else set.add(code);
  }
  size(group: number): number {
    return this.sets.get(group)?.size ?? 0;
  }
  ids(group: number): Iterable<string> {
    return Array.from(this.sets.get(group) ?? [], (code) => keyId(this.coded.content(code)));
  }
}
