import { concentrationNeed, concentrationReason, type Concentration, type Contributions } from './sumRules.js';

export interface SumRules {
  readonly k: number;
  readonly rules: readonly Concentration[];
  readonly boundary: 'sensitive' | 'allowed';
  readonly zeros: 'suppressed' | 'published';
  /** How far from its sum a cell of fewer than k contributors must stay uncertain, as a share of it. */
  readonly range: number;
}

export interface SumVerdict {
  /** Which rule a cell breaks first; empty where it breaks none. */
  readonly reason: 'A' | 'O' | 'T' | 'G' | 'M' | '';
  /** How far the sum has to stay uncertain, 0 where no rule is broken. */
  readonly need: number;
}

/** Which rule a cell breaks, and how far its sum has to stay uncertain. */
export function judgeSum(found: Contributions, cell: number, { k, rules, boundary, zeros, range }: SumRules): SumVerdict {
  const count = found.count[cell]!;
  if (count === 0 && zeros === 'published') return { reason: '', need: 0 };
  let need = count < k ? Math.max(1, Math.ceil(range * found.sum[cell]!)) : 0;
  const broken: Concentration[] = [];
  for (const rule of rules) {
    const wider = concentrationNeed(rule, cell, found, boundary);
    if (wider === 0) continue;
    need = Math.max(need, wider);
    broken.push(rule);
  }
  return { reason: count < k ? 'A' : broken.length > 0 ? concentrationReason(broken, cell, found) : '', need };
}
