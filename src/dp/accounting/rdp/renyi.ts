import { TokumeiError } from '../../../core/errors.js';
import { exactSum } from '../../../numeric/exactSum.js';
import { minimize } from '../../../numeric/roots.js';
import { checkCount, checkDeltaAbove0, checkEpsilonFrom0 } from '../checks.js';
import type { RenyiCurve } from './curves.js';

/** The curve of several releases together: divergences of one order add up, also under adaptive choice (Mironov 2017, proposition 1). */
export function composeRenyi(curves: readonly RenyiCurve[]): RenyiCurve {
  const all = [...curves];
  return (order) => exactSum(all.map((curve) => curve(order)));
}

/** The curve of `count` such releases together. */
export function repeatRenyi(curve: RenyiCurve, count: number): RenyiCurve {
  const n = checkCount(count, 'repeatRenyi');
  return (order) => n * curve(order);
}

export interface RenyiAnswer {
  readonly epsilon: number;
  /** The order at which the least epsilon was found; Infinity where the pure epsilon is the least. */
  readonly order: number;
}

/**
 * The least epsilon at `delta` that a curve promises, over all orders or over those given, and never above its pure epsilon.
 *
 * Proposition 12 of Canonne, Kamath and Steinke 2020: `r + ln(1 - 1/a) - (ln delta + ln a) / (a - 1)`. Every order gives a
 * bound that holds, so a minimum missed by the search costs accuracy only. dp_accounting: `compute_epsilon`.
 *
 * @throws {TokumeiError} `TOKUMEI_DELTA_RANGE`, `TOKUMEI_ORDER_RANGE`.
 */
export function renyiEpsilon(o: { readonly curve: RenyiCurve; readonly delta: number; readonly orders?: readonly number[] }): RenyiAnswer {
  const logDelta = Math.log(checkDeltaAbove0(o.delta, 'renyiEpsilon'));
  const at = (order: number): number => Math.max(0, o.curve(order) + Math.log1p(-1 / order) - (logDelta + Math.log(order)) / (order - 1));
  const best = leastOver(o.orders, at);
  const pure = o.curve(Infinity);
  return pure <= best.value ? { epsilon: pure, order: Infinity } : { epsilon: best.value, order: best.order };
}

/**
 * The least delta at `epsilon` that a curve promises, over all orders or over those given; 0 where its pure epsilon is enough.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_ORDER_RANGE`.
 */
export function renyiDelta(o: { readonly curve: RenyiCurve; readonly epsilon: number; readonly orders?: readonly number[] }): number {
  const epsilon = checkEpsilonFrom0(o.epsilon, 'renyiDelta');
  if (o.curve(Infinity) <= epsilon) return 0;
  const at = (order: number): number => (order - 1) * (o.curve(order) - epsilon + Math.log1p(-1 / order)) - Math.log(order);
  return Math.min(1, Math.exp(leastOver(o.orders, at).value));
}

function leastOver(orders: readonly number[] | undefined, at: (order: number) => number): { readonly order: number; readonly value: number } {
  let order = NaN;
  let value = Infinity;
  const look = (a: number): void => {
    const v = at(a);
    if (v < value || Number.isNaN(order)) [order, value] = [a, v];
  };
  if (orders !== undefined) {
    for (const a of orders) {
      if (!(a > 1 && a < Infinity)) throw new TokumeiError('TOKUMEI_ORDER_RANGE', { where: 'renyiEpsilon', parameter: 'orders', expected: 'above 1 and finite', received: a });
      look(a);
    }
    return { order, value };
  }
  // ln(order - 1) on a coarse grid, then the golden section around the best point of it.
  for (let t = -9; t <= 14; t += 0.5) look(1 + Math.exp(t));
  const centre = Math.log(order - 1);
  const fine = minimize((t) => at(1 + Math.exp(t)), centre - 0.5, centre + 0.5, 1e-10);
  return fine.value < value ? { order: 1 + Math.exp(fine.x), value: fine.value } : { order, value };
}
