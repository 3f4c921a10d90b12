/**
 * How generalization and suppression are weighed against each other, from one number in [0, 1] (ARX's gs factor):
 * 0.5 weighs both fully, less makes suppression cheaper, more makes generalization cheaper.
 */
export interface Factors {
  readonly generalization: number;
  readonly suppression: number;
}

export function factors(gs: number): Factors {
  return { generalization: gs <= 0.5 ? 1 : 2 - 2 * gs, suppression: gs < 0.5 ? 2 * gs : 1 };
}
