/** What the rules of tables leave open, in the words of manifests. A verifier holds a manifest against them. */
const OTHERS: string = 'other releases about the same people';

export const CHOICE_OF_CELLS: string = 'what the choice of withheld cells itself tells';

export const BY_TABLES: readonly string[] = [OTHERS, CHOICE_OF_CELLS];

export const byThreshold = (k: number, unit: string): readonly string[] => [`groups of fewer than ${k} ${unit}s`, OTHERS];

export const BY_CELL_NOISE: readonly string[] = ['sums over cells: noise does not add up to the noise of the total', 'any bound on inference: bounded noise is no differential privacy'];
