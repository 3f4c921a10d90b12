import type { Json } from '../../../core/statement.js';
import type { Spend } from '../../budget/spend.js';
import { halfWidth } from './halfWidth.js';
import type { SpendChoices, SumDesign } from './design.js';
import type { CountNoise } from './noise.js';

/** Who asks for a description, and with which budget: an aggregate, or a verifier that read them in a manifest. */
export interface Asked {
  readonly where: string;
  readonly unit: string;
  readonly spend: Spend;
  readonly declared: number | 'discover';
  readonly choices: SpendChoices;
}

/** How many groups one unit can be in: not more than are declared. */
export const groupsReached = ({ declared }: Asked, groupsPerUnit: number): number => (declared === 'discover' ? groupsPerUnit : Math.min(groupsPerUnit, declared));

/** What a verifier needs besides budget and bounds. */
export function spendParameters({ noise, keys }: SumDesign, { keysShare }: SpendChoices): { readonly [name: string]: Json } {
  return { noise: noise.law, ...(keys === null ? {} : { keysShare, keys: keys.parameters }) };
}

/** The interval of 95 % that the noise law gives, in the measure's own units. */
export function interval(noise: CountNoise, step: number): Json {
  return { confidence: 0.95, halfWidth: halfWidth(noise, 0.95) * step };
}

/** In words, what bounding by groups and the selection of keys leave out. */
export function leftOut({ unit }: Asked, { keys }: SumDesign, groupsPerUnit: number | undefined): readonly string[] {
  return [
    ...(groupsPerUnit === undefined ? [] : [`${unit}s in more than ${groupsPerUnit} groups count in ${groupsPerUnit} of them: figures are of bounded contributions`]),
    ...(keys === null ? [] : [`groups below about ${keys.likelyFrom} ${unit}s are usually not shown`]),
  ];
}
