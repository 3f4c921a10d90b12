/** A function of one value, for use inside {@link pipe}. */
export type Stage<A, B> = (value: A) => B;

/**
 * Passes a value through stages from left to right; each stage's type is checked against the one before.
 *
 * @example
 * pipe(2, (n) => n + 1, (n) => n * 10); // => 30
 */
export function pipe<A>(value: A): A;
export function pipe<A, B>(value: A, ab: Stage<A, B>): B;
export function pipe<A, B, C>(value: A, ab: Stage<A, B>, bc: Stage<B, C>): C;
export function pipe<A, B, C, D>(value: A, ab: Stage<A, B>, bc: Stage<B, C>, cd: Stage<C, D>): D;
export function pipe<A, B, C, D, E>(value: A, ab: Stage<A, B>, bc: Stage<B, C>, cd: Stage<C, D>, de: Stage<D, E>): E;
export function pipe<A, B, C, D, E, F>(value: A, ab: Stage<A, B>, bc: Stage<B, C>, cd: Stage<C, D>, de: Stage<D, E>, ef: Stage<E, F>): F;
export function pipe<A, B, C, D, E, F, G>(value: A, ab: Stage<A, B>, bc: Stage<B, C>, cd: Stage<C, D>, de: Stage<D, E>, ef: Stage<E, F>, fg: Stage<F, G>): G;
export function pipe<A, B, C, D, E, F, G, H>(value: A, ab: Stage<A, B>, bc: Stage<B, C>, cd: Stage<C, D>, de: Stage<D, E>, ef: Stage<E, F>, fg: Stage<F, G>, gh: Stage<G, H>): H;
export function pipe<A, B, C, D, E, F, G, H, I>(value: A, ab: Stage<A, B>, bc: Stage<B, C>, cd: Stage<C, D>, de: Stage<D, E>, ef: Stage<E, F>, fg: Stage<F, G>, gh: Stage<G, H>, hi: Stage<H, I>): I;
export function pipe(value: unknown, ...stages: readonly Stage<never, unknown>[]): unknown {
  let result = value;
  for (const stage of stages) result = (stage as Stage<unknown, unknown>)(result);
  return result;
}
