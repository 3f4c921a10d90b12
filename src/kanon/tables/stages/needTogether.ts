import { innermostOf } from '../layout/innermost.js';
import type { Layout } from '../layout/layout.js';
import { judgeSum, type SumRules } from '../primary/judgeSums.js';
import { insert } from './contributions.js';
import type { Shares } from './shares.js';

/**
 * How far the sum of several cells that share nothing must stay uncertain, as if they were one cell: a shop alone in two towns is alone in both together.
 */
export function needTogether(layout: Layout, { start, unit, amount }: Shares, depth: number, rules: SumRules): (cells: readonly number[]) => number {
  return (cells) => {
    const byUnit = new Map<number, number>();
    for (const cell of cells) {
      for (const inner of innermostOf(layout, cell)) {
        for (let at = start[inner]!; at < start[inner + 1]!; at++) byUnit.set(unit[at]!, (byUnit.get(unit[at]!) ?? 0) + amount[at]!);
      }
      if (rules.rules.length === 0 && byUnit.size >= rules.k) return 0;
    }
    const top = new Float64Array(depth);
    let sum = 0;
    for (const own of byUnit.values()) {
      sum += own;
      insert(top, 0, depth, own);
    }
    // Nobody in all of them: each is kept by itself.
    return byUnit.size === 0 ? 0 : judgeSum({ sum: Float64Array.of(sum), count: Float64Array.of(byUnit.size), top, depth }, 0, rules).need;
  };
}
