import seedrandom from 'seedrandom';

/** Uniform numbers above 0 and below 1, the same for the same seed. For tests of accuracy, where nothing is protected. */
export function seededUniform(seed: number): () => number {
  const random = seedrandom(`rank ${seed}`);
  return () => random.double() || 0.5;
}

/** A discrete Laplace draw by inversion of two geometric laws: right to a double's precision. */
export function laplaceDraw(scale: number, uniform: () => number): number {
  const geometric = (): number => Math.floor(-Math.log(uniform()) * scale);
  return geometric() - geometric();
}

/** A rounded normal draw: for tests of accuracy at a sigma well above 1. */
export function gaussianDraw(sigma: number, uniform: () => number): number {
  return Math.round(sigma * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}
