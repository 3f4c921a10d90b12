import type { GridLaw } from './grid.js';

/** The logarithm of the moment generating function of the composed loss, where it is finite, and its first two derivatives. */
export class Cumulants {
  readonly parts: readonly { readonly count: number; readonly law: GridLaw }[];
  readonly step: number;
  /** P[loss = Infinity] of all releases together. */
  readonly infinite: number;

  constructor(parts: readonly { readonly count: number; readonly law: GridLaw }[]) {
    this.parts = parts;
    this.step = (parts[0] as { law: GridLaw }).law.step;
    this.infinite = -Math.expm1(parts.reduce((sum, { count, law }) => sum + count * Math.log1p(-law.infinite), 0));
  }

  at(tilt: number): { readonly value: number; readonly slope: number; readonly variance: number } {
    let value = 0;
    let slope = 0;
    let variance = 0;
    for (const { count, law } of this.parts) {
      const { masses, first, step } = law;
      const top = tilt >= 0 ? lastIndex(masses) : firstIndex(masses);
      let m0 = 0;
      let m1 = 0;
      let m2 = 0;
      for (let i = 0; i < masses.length; i++) {
        const mass = masses[i] as number;
        if (mass === 0) continue;
        const x = step * (i - top);
        const w = mass * Math.exp(tilt * x);
        m0 += w;
        m1 += w * x;
        m2 += w * x * x;
      }
      const mean = m1 / m0;
      value += count * (Math.log(m0) + tilt * step * (first + top));
      slope += count * (mean + step * (first + top));
      variance += count * Math.max(0, m2 / m0 - mean * mean);
    }
    return { value, slope, variance };
  }

  /** The lowest and the highest index that the composed loss can have. */
  range(): readonly [number, number] {
    let low = 0;
    let high = 0;
    for (const { count, law } of this.parts) {
      low += count * (law.first + firstIndex(law.masses));
      high += count * (law.first + lastIndex(law.masses));
    }
    return [low, high];
  }
}

function firstIndex(masses: Float64Array): number {
  let i = 0;
  while (i < masses.length - 1 && masses[i] === 0) i++;
  return i;
}

function lastIndex(masses: Float64Array): number {
  let i = masses.length - 1;
  while (i > 0 && masses[i] === 0) i--;
  return i;
}
