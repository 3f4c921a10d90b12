import type { DifferentialPrivacy } from '../../core/guarantee.js';
import type { Statement, Step } from '../../core/statement.js';
import type { Spend } from '../budget/spend.js';
import { designCounts, type CountDesign } from './countDesign.js';
import { leftOut } from './engine/kind.js';
import { halfWidth } from './engine/halfWidth.js';
import type { CountLaw } from './engine/noise.js';

/** The mechanism's name in manifests. */
export const COUNTS_OF_UNITS = 'noisy counts of units';

/** What a private count of units says of itself, from public figures alone: a verifier makes it anew from the manifest. */
export interface CountStatement<U extends string> extends Omit<Statement, 'steps'> {
  readonly guarantee: DifferentialPrivacy<U>;
  readonly step: Step;
  readonly design: CountDesign;
}

export interface CountAsked<U extends string> {
  readonly where: string;
  readonly unit: U;
  readonly by: readonly string[];
  readonly spend: Spend;
  readonly groupsPerUnit: number;
  readonly declared: number | 'discover';
  readonly law: CountLaw | undefined;
  readonly minUnits?: number;
}

/** The design of a count and its statement, but for the stages before it. @throws {TokumeiError} as {@link designCounts}. */
export function makeCount<U extends string>({ where, unit, by, spend, groupsPerUnit, declared, law, minUnits = 1 }: CountAsked<U>): CountStatement<U> {
  const design = designCounts(where, spend, groupsPerUnit, declared, law, minUnits);
  const { noise, threshold, cost } = design;
  const guarantee: DifferentialPrivacy<U> = { kind: 'differential-privacy', unit, ...cost };
  return {
    design,
    unit,
    by,
    guarantee,
    mechanism: COUNTS_OF_UNITS,
    parameters: { noise: noise.law, threshold, ...(minUnits > 1 ? { minUnits } : {}) },
    measures: [{ name: 'count', what: `distinct ${unit}s`, noise, step: 1 }],
    keys: declared === 'discover' ? { origin: 'discovered', rule: 'noisy count at or above the threshold', threshold: threshold!, delta: guarantee.delta } : { origin: 'public', declared },
    bounds: { groupsPerUnit },
    step: { stage: where, by, groupsPerUnit, keys: declared === 'discover' ? 'discovered' : 'public' },
    accuracy: { count: { confidence: 0.95, halfWidth: halfWidth(noise, 0.95) } },
    notCovered: leftOut(unit, groupsPerUnit, threshold, minUnits),
  };
}
