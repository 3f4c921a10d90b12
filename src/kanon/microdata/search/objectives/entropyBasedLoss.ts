import type { SearchTable } from '../searchTable.js';
import { additive, type MutableSums } from './additive.js';
import { aggregator } from './aggregate.js';
import { factors } from './gs.js';
import type { AttributeObjective } from './objective.js';

/**
 * Entropy-based information loss (Wan et al. 2015): for each row the share of the bits of its original values that
 * generalization has taken away; 1 for a suppressed row. Summed over rows.
 */
export function entropyBasedLossObjective(table: SearchTable, gs: number): AttributeObjective {
  const { generalization: g, suppression: s } = factors(gs);
  const m = table.attributes.length;
  const domains = table.attributes.map(({ hierarchy }) => hierarchy.domain);
  const most = domains.reduce((bits, domain) => bits + Math.log10(domain), 0);
  const perBit = most === 0 ? 0 : g / most;
  const sums = additive(
    table,
    (share, a) => Math.log10(share * domains[a]!),
    (rows, bits) => (s === 1 ? (s * rows) / m - perBit * bits : 0),
  );
  const at: MutableSums = { all: 0, suppressed: 0, rows: 0, extra: 0 };
  return {
    kind: 'attributes',
    ...aggregator('sum', domains.map(() => 1)),
    stats: sums.stats,
    extra: sums.extra,
    value(a, level, evidence, exact) {
      sums.sums(a, level, evidence, at);
      // Where suppression costs less than a row can lose, a row that may yet be suppressed counts for s times its loss.
      const kept = (exact ? 1 : s) * perBit * (at.all - at.suppressed);
      return kept + (s * at.rows) / m + at.extra;
    },
  };
}
