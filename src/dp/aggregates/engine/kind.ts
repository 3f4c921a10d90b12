import type { Json, MeasureStatement } from '../../../core/statement.js';
import type { Measured } from '../../../table/plan.js';
import type { ExactSums } from '../../../table/grouping/unitSums.js';
import type { Spend } from '../../budget/spend.js';
import { designSums, type SpendChoices, type SumDesign } from './design.js';
import { halfWidth } from './halfWidth.js';
import type { CountNoise, Reach } from './noise.js';

/** Options as they came, or a manifest's parameters and bounds: nothing of them is known yet. */
export type Options = Readonly<Record<string, unknown>>;

/** In how many groups one unit counts, or how many of its rows count in all of them together: one of the two. */
export interface Bounded {
  readonly groupsPerUnit?: number;
  readonly rowsPerUnit?: number;
}

/**
 * One kind of aggregate: its options, how far one unit moves its numbers, what it says of itself, and what it sums. The
 * aggregate, its form in parts, the plan and the verifier all go through it, so that none can say what another does not do.
 */
export interface Kind<C extends Bounded> {
  readonly stage: string;
  /** Its name in manifests. */
  readonly mechanism: string;
  /** One line for all groups together, with the key null. */
  readonly pooled?: true;
  /** @throws {TokumeiError} for options that are out of range. */
  readonly check: (where: string, o: Options) => C;
  readonly reach: (checked: C, l0: number) => Reach;
  readonly says: (checked: C, noise: CountNoise, unit: string) => Said;
  readonly sums: (checked: C, noise: CountNoise) => Summed;
}

/** What a kind says of itself, in public figures. */
export interface Said {
  readonly bounds: { readonly [name: string]: number };
  readonly parameters?: { readonly [name: string]: Json };
  readonly measure: Omit<MeasureStatement, 'noise'>;
  /** The interval of the noise under the measure's name, when left out. */
  readonly accuracy?: { readonly [name: string]: Json };
  readonly notCovered: readonly string[];
}

/** What is summed, how it is noised, and what is shown of it. */
export interface Summed {
  readonly measured: Measured;
  /** How many numbers of a group are noised, and what they are, from its exact sums: as these are, when left out. */
  readonly noised?: { readonly width: number; readonly from: (sums: ExactSums, at: number, out: Float64Array, offset: number) => void };
  /** A line of the result, from the noised numbers of its group: post-processing. */
  readonly line: (noisy: Float64Array) => Readonly<Record<string, unknown>>;
  /** The measure by which lines of discovered keys are put in falling order; by key when left out. */
  readonly order?: string;
}

/** Who asks for a description, and with which budget: an aggregate, a plan, or a verifier that read them in a manifest. */
export interface Asked {
  readonly where: string;
  readonly unit: string;
  readonly spend: Spend;
  readonly declared: number | 'discover';
  readonly choices: SpendChoices;
}

/** What an aggregate says of itself in the manifest, from public figures alone: a verifier makes it anew from the manifest. */
export interface Description extends Required<Omit<Said, 'measure'>> {
  readonly mechanism: string;
  readonly design: SumDesign;
  readonly measures: readonly [MeasureStatement];
}

export function describe<C extends Bounded>(kind: Kind<C>, { where, unit, spend, declared, choices }: Asked, checked: C): Description {
  const { groupsPerUnit } = checked;
  const groups = groupsPerUnit ?? checked.rowsPerUnit!;
  const discover = declared === 'discover' && kind.pooled !== true;
  // Not more groups than are declared. All groups that are pooled may be used, declared or not.
  const l0 = declared === 'discover' || kind.pooled === true ? groups : Math.min(groups, declared);
  const design = designSums(where, spend, l0, kind.reach(checked, l0), discover, choices);
  const { noise, keys } = design;
  const { bounds, parameters, measure, accuracy, notCovered } = kind.says(checked, noise, unit);
  return {
    mechanism: kind.mechanism,
    design,
    bounds,
    parameters: { ...parameters, noise: noise.law, ...(keys === null ? {} : { keysShare: choices.keysShare, keys: keys.parameters }) },
    measures: [{ ...measure, noise }],
    accuracy: accuracy ?? { [measure.name]: { confidence: 0.95, halfWidth: halfWidth(noise, 0.95) * measure.step } },
    notCovered: [
      ...leftOut(unit, groupsPerUnit, keys === null ? null : keys.likelyFrom, choices.minUnits),
      ...notCovered,
    ],
  };
}

/** In words, what bounding by groups and the selection of keys leave out. */
export function leftOut(unit: string, groupsPerUnit: number | undefined, likelyFrom: number | null, minUnits: number): readonly string[] {
  return [
    ...(groupsPerUnit === undefined ? [] : [`${unit}s in more than ${groupsPerUnit} groups count in ${groupsPerUnit} of them: figures are of bounded contributions`]),
    ...(likelyFrom === null ? [] : [`groups below about ${likelyFrom} ${unit}s are usually not shown`]),
    ...(minUnits > 1 ? [`groups of fewer than ${minUnits} ${unit}s are never shown`] : []),
  ];
}
