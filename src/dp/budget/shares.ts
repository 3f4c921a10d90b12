import { TokumeiError } from '../../core/errors.js';
import { nextDown, sumsAtMost } from '../../numeric/doubles.js';
import { spendOf, type Spend } from './spend.js';

/** One share of every parameter, or a share of each: of epsilon (or rho) and of delta. */
export type Share =
  | number
  | { readonly epsilon: number; readonly delta: number }
  | { readonly rho: number; readonly delta: number };

export type Shares = { readonly [name: string]: Share };

/** Shares written in decimals miss 1 by rounding: 0.8 + 0.2 is above 1 as doubles. Up to here it is taken for rounding. */
const tolerance = 1e-9;

/**
 * Parts of a spend by share, in the order given. Their doubles sum to at most the whole in exact arithmetic.
 *
 * @throws {TokumeiError} `TOKUMEI_SHARES`.
 */
export function divide(whole: Spend, shares: Shares, where: string): readonly (readonly [string, Spend])[] {
  if (typeof shares !== 'object' || shares === null || Array.isArray(shares)) refuse(where, 'an object of named shares', shares);
  const names = Object.keys(shares);
  if (names.length === 0) refuse(where, 'at least one named share', shares);
  const zcdp = whole.measure === 'zcdp';
  const first: number[] = [];
  const second: number[] = [];
  for (const name of names) {
    const share: unknown = shares[name];
    const both = typeof share === 'number';
    const each = (typeof share === 'object' && share !== null ? share : {}) as { epsilon?: unknown; rho?: unknown; delta?: unknown };
    first.push(checkShare(both ? share : zcdp ? each.rho : each.epsilon, false, where));
    second.push(checkShare(both ? share : each.delta, true, where));
  }
  const main = amounts(zcdp ? whole.rho : whole.epsilon, first, where);
  const deltas = amounts(whole.delta, second, where);
  return names.map((name, i): readonly [string, Spend] => {
    const amount = main[i] as number;
    const delta = deltas[i] as number;
    if (!(amount > 0)) refuse(where, 'large enough to leave a part above zero', amount);
    return [name, zcdp ? { measure: 'zcdp', rho: amount, delta } : spendOf(amount, delta)];
  });
}

function amounts(total: number, shares: readonly number[], where: string): number[] {
  const sum = shares.reduce((a, b) => a + b, 0);
  if (!(sum <= 1 + tolerance)) refuse(where, 'shares that sum to at most 1', sum);
  const scale = Math.max(1, sum);
  const parts = shares.map((share) => total * (share / scale));
  while (!sumsAtMost(parts, total)) {
    // A few units in the last place are left. Lowering the largest changes its share the least.
    let largest = 0;
    for (let i = 1; i < parts.length; i++) if ((parts[i] as number) > (parts[largest] as number)) largest = i;
    parts[largest] = nextDown(parts[largest] as number);
  }
  return parts;
}

function checkShare(share: unknown, zeroAllowed: boolean, where: string): number {
  if (typeof share === 'number' && share <= 1 && (share > 0 || (zeroAllowed && share === 0))) return share + 0;
  return refuse(where, zeroAllowed ? 'a share of delta from 0 to 1' : 'a share above 0 and at most 1', share);
}

function refuse(where: string, expected: string, received: unknown): never {
  throw new TokumeiError('TOKUMEI_SHARES', { where, parameter: 'shares', expected, received });
}
