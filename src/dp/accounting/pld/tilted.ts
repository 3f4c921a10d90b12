import { TokumeiError } from '../../../core/errors.js';
import type { Cumulants } from './cumulants.js';
import { transform } from './fft.js';

/** The composed loss in a window of the grid: P[loss = step (first + i)] <= (masses[i] + rounding exp(-tilt (loss - centre))) exp(scale). */
export interface Composed {
  readonly step: number;
  readonly first: number;
  readonly masses: Float64Array;
  readonly scale: number;
  readonly tilt: number;
  /** A bound on the transform's error in the tilted masses. */
  readonly rounding: number;
  /** Whether nothing lies below the window. */
  readonly whole: boolean;
  /** A loss near the answer; figures are kept relative to it. */
  readonly centre: number;
  /** Added to every delta: infinite losses and losses above the window. */
  readonly charged: number;
}

/**
 * The composed law around the mean of its tilted self. Tilting by exp(tilt x) makes the losses that decide the answer the
 * most likely ones, so that the transform's error, which is uniform, is small next to them and not next to 1.
 */
export function composedMasses(cumulants: Cumulants, tilt: number): Composed {
  const { step } = cumulants;
  const { value, slope, variance } = cumulants.at(tilt);
  const [lowest, highest] = cumulants.range();
  const half = halfWindow(cumulants, tilt, value, slope, Math.max(Math.sqrt(variance), step));
  const first = Math.max(lowest, Math.floor((slope - half) / step));
  const last = Math.min(highest, Math.ceil((slope + half) / step));
  const length = 2 ** Math.ceil(Math.log2(Math.max(2, last - first + 1)));
  if (length > 2 ** 23) {
    throw new TokumeiError('TOKUMEI_STEP_RANGE', { where: 'lossEpsilon', parameter: 'step', expected: 'larger, for losses this far spread', received: step });
  }
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  spectrum(cumulants, tilt, re, im);
  transform(re, im);
  let squares = 0;
  for (let i = 0; i < length; i++) {
    // The spectrum was conjugated, so that the same transform leads back.
    const q = (re[i] as number) / length;
    squares += q * q;
  }
  const total = cumulants.parts.reduce((sum, { count }) => sum + count, 0);
  const rounding = 2 ** -52 * (8 * Math.log2(length) + total) * Math.sqrt(squares);
  const centre = slope;
  const scale = value - tilt * centre;
  const masses = new Float64Array(last - first + 1);
  for (let i = 0; i < masses.length; i++) {
    const q = (re[modulo(first + i, length)] as number) / length;
    masses[i] = Math.max(0, q) * Math.exp(-tilt * (step * (first + i) - centre));
  }
  return { step, first, masses, whole: first === lowest, scale, tilt, rounding, centre, charged: cumulants.infinite + aboveWindow(cumulants, tilt, last, highest, variance) };
}

/** So wide that, tilted, less than 1e-18 lies outside on either side: Chernoff's bound at a few points. */
function halfWindow(cumulants: Cumulants, tilt: number, value: number, slope: number, deviation: number): number {
  for (let half = 9 * deviation; ; half *= 1.25) {
    let outside = -Infinity;
    for (const sign of [-1, 1]) {
      let least = Infinity;
      for (const factor of [0.5, 0.75, 1]) {
        const shift = (sign * factor * half) / (deviation * deviation);
        least = Math.min(least, cumulants.at(tilt + shift).value - value - shift * (slope + sign * half));
      }
      outside = Math.max(outside, least);
    }
    if (outside < -41 || half > 1e4 * deviation) return half;
  }
}

/** A bound on P[loss above the window], untilted. */
function aboveWindow(cumulants: Cumulants, tilt: number, last: number, highest: number, variance: number): number {
  if (last >= highest) return 0;
  const edge = cumulants.step * last;
  let least = 0;
  const { slope } = cumulants.at(tilt);
  for (const factor of [0, 0.5, 0.75, 1]) {
    const t = tilt + (factor * (edge - slope)) / variance;
    least = Math.min(least, cumulants.at(t).value - t * edge);
  }
  return Math.exp(least);
}

/** The conjugated spectrum of the tilted composition: each release's to the power of its count. */
function spectrum(cumulants: Cumulants, tilt: number, re: Float64Array, im: Float64Array): void {
  const length = re.length;
  re.fill(1);
  for (const part of cumulants.parts) {
    const x = new Float64Array(length);
    const y = new Float64Array(length);
    const { masses, first, step } = part.law;
    let most = -Infinity;
    for (let i = 0; i < masses.length; i++) if (masses[i] !== 0) most = Math.max(most, tilt * step * i);
    let sum = 0;
    for (let i = 0; i < masses.length; i++) {
      if (masses[i] === 0) continue;
      const w = (masses[i] as number) * Math.exp(tilt * step * i - most);
      sum += w;
      const at = modulo(first + i, length);
      x[at] = (x[at] as number) + w;
    }
    for (let i = 0; i < length; i++) x[i] = (x[i] as number) / sum;
    transform(x, y);
    for (let i = 0; i < length; i++) multiplyPower(re, im, i, x[i] as number, -(y[i] as number), part.count);
  }
}

/** Multiplies the i-th number by (x + i y)^count, by repeated squaring. */
function multiplyPower(re: Float64Array, im: Float64Array, i: number, x: number, y: number, count: number): void {
  let [a, b] = [re[i] as number, im[i] as number];
  let [u, v] = [x, y];
  for (let n = count; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) {
      const t = a * u - b * v;
      b = a * v + b * u;
      a = t;
    }
    const t = u * u - v * v;
    v = 2 * u * v;
    u = t;
  }
  re[i] = a;
  im[i] = b;
}

function modulo(index: number, length: number): number {
  const r = index % length;
  return r < 0 ? r + length : r;
}
