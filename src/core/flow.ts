import type { Stage } from './pipe.js';

/** A type and nothing else: says what a {@link flow} starts from. */
export interface Input<A> {
  readonly '~input'?: A;
}

/**
 * Names the type that a {@link flow} starts from, so that field names inside it are checked.
 *
 * @example
 * const twice = flow(input<number>(), (n) => n * 2);
 * twice(4); // => 8
 */
export function input<A>(): Input<A> {
  return {};
}

/** Joins stages into one reusable stage. Start with {@link input}, which carries the type and does nothing. */
export function flow<A, B>(from: Input<A>, ab: Stage<A, B>): Stage<A, B>;
export function flow<A, B, C>(from: Input<A>, ab: Stage<A, B>, bc: Stage<B, C>): Stage<A, C>;
export function flow<A, B, C, D>(from: Input<A>, ab: Stage<A, B>, bc: Stage<B, C>, cd: Stage<C, D>): Stage<A, D>;
export function flow<A, B, C, D, E>(from: Input<A>, ab: Stage<A, B>, bc: Stage<B, C>, cd: Stage<C, D>, de: Stage<D, E>): Stage<A, E>;
export function flow<A, B, C, D, E, F>(from: Input<A>, ab: Stage<A, B>, bc: Stage<B, C>, cd: Stage<C, D>, de: Stage<D, E>, ef: Stage<E, F>): Stage<A, F>;
export function flow<A, B, C, D, E, F, G>(from: Input<A>, ab: Stage<A, B>, bc: Stage<B, C>, cd: Stage<C, D>, de: Stage<D, E>, ef: Stage<E, F>, fg: Stage<F, G>): Stage<A, G>;
export function flow(_from: Input<unknown>, ...stages: readonly Stage<never, unknown>[]): Stage<unknown, unknown> {
  return (value) => stages.reduce((result, stage) => (stage as Stage<unknown, unknown>)(result), value);
}
