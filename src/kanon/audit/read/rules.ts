import type { Declared } from './declared.js';

/** What a release tells of a number, by its rule: bounds for one that is shown, for one that is withheld, and what it protects. */
export interface Rule {
  readonly k: number;
  /** How far a published number may be from the true one. */
  readonly spread: number;
  readonly withheld: { readonly lower: number; readonly upper: number };
}

/** The rule that a manifest states; undefined for one that this audit has no use for (noise without a bound). */
export function ruleOf({ guarantee, parameters }: Declared): Rule | undefined {
  const k = whole(parameters['k']);
  const least = parameters['zeros'] === 'published' ? 1 : 0;
  switch (guarantee) {
    case 'k-anonymity':
      return k === undefined || k < 2 ? undefined : { k, spread: 0, withheld: { lower: least, upper: k - 1 } };
    case 'table-control':
      // Withheld for being small, or to protect another, empty ones too: the reader is not told which.
      return { k: k ?? 2, spread: 0, withheld: { lower: 0, upper: Infinity } };
    case 'perturbed': {
      const spread = whole(parameters['maximumNoise']) ?? (whole(parameters['base']) ?? 0) - 1;
      return spread < 0 ? undefined : { k: k ?? spread + 1, spread, withheld: { lower: 0, upper: Infinity } };
    }
    default:
      return undefined;
  }
}

const whole = (value: unknown): number | undefined => (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined);
