import type { LeafCounts } from '../grouping/leafCounts.js';
import type { SearchTable } from '../searchTable.js';
import { aggregator, type Aggregate } from './aggregate.js';
import { factors } from './gs.js';
import type { AttributeObjective } from './objective.js';

export interface EntropyForm {
  readonly gs: number;
  readonly aggregate: Aggregate;
  /** Divide each attribute by the entropy of its original values. */
  readonly normalized: boolean;
  /** Leave out what suppression costs (the monotonic form). */
  readonly monotonic: boolean;
}

/**
 * Non-uniform entropy (Gionis and Tassa 2009): the bits that the generalized value of a row leaves open about its
 * original value, plus, for suppressed rows, the entropy of their generalized values.
 */
export function entropyObjective(table: SearchTable, form: EntropyForm, weights: readonly number[]): AttributeObjective {
  const { generalization: g, suppression: s } = factors(form.gs);
  const all = table.attributes.map((_, a) => bitsByLevel(table, a).map((bits) => g * bits));
  const divisor = table.attributes.map((_, a) => (form.normalized ? round(g * entropy(table.marginals[a]!, table.rows)) : 1));
  const values = table.attributes.map(({ hierarchy }) => new Int32Array(Math.max(...hierarchy.levels.map(({ size }) => size))));
  return {
    kind: 'attributes',
    ...aggregator(form.aggregate, weights),
    // More general values have less entropy: taken at the node itself, it bounds every node below.
    stats(suppressed, _from, node) {
      const out = new Float64Array(all.length);
      if (form.monotonic || suppressed.rows === 0) return out;
      for (let a = 0; a < out.length; a++) out[a] = entropyAt(suppressed, a, table.attributes[a]!.hierarchy.levels[node[a]!]!.codes, values[a]!);
      return out;
    },
    extra: () => new Float64Array(all.length),
    value(a, level, evidence) {
      if (divisor[a] === 0) return 0;
      return round(all[a]![level]! + s * evidence.stats[a]!) / divisor[a]!;
    },
  };
}

/** For each level, the sum over rows of log2(rows with the generalized value / rows with the original value). */
function bitsByLevel(table: SearchTable, a: number): number[] {
  const rows = table.marginals[a]!;
  return table.attributes[a]!.hierarchy.levels.map(({ codes, size }) => {
    const together = new Float64Array(size);
    for (let leaf = 0; leaf < rows.length; leaf++) together[codes[leaf]!]! += rows[leaf]!;
    let bits = 0;
    for (let leaf = 0; leaf < rows.length; leaf++) {
      if (rows[leaf]! > 0) bits += rows[leaf]! * Math.log2(together[codes[leaf]!]! / rows[leaf]!);
    }
    return bits;
  });
}

function entropy(rows: Int32Array, n: number): number {
  let bits = 0;
  for (const count of rows) if (count > 0) bits -= count * Math.log2(count / n);
  return bits;
}

function entropyAt(suppressed: LeafCounts, a: number, codes: Int32Array, scratch: Int32Array): number {
  const leaves = suppressed.leaves[a]!;
  const met = suppressed.met[a]!;
  for (let i = 0; i < met; i++) scratch[codes[leaves[i]!]!]! += suppressed.counts[a]![leaves[i]!]!;
  let bits = 0;
  for (let i = 0; i < met; i++) {
    const count = scratch[codes[leaves[i]!]!]!;
    if (count === 0) continue;
    scratch[codes[leaves[i]!]!] = 0;
    bits -= count * Math.log2(count / suppressed.rows);
  }
  return bits;
}

/** Ten decimals, as ARX rounds each value: what is equal on paper is then equal here, whatever the order of summing. */
function round(x: number): number {
  return Math.round(x * 1e10) / 1e10;
}
