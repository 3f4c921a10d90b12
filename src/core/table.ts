import type { Key } from './statement.js';

/** `suppressed` exists for declared keys only: a key of the data that was not selected leaves no row. */
export type CellState = 'value' | 'suppressed';

/** One line of a protected table: its key, its state and its numbers (`null` where suppressed, never zero). */
export type GroupRow<K = Key, Measure extends string = 'count'> = {
  readonly key: K;
  readonly state: CellState;
} & { readonly [M in Measure]: number | null };

/** The key of a line: one value for `by: 'app'`, a tuple for `by: ['app', 'country']`. */
export type KeyOf<F extends string | readonly string[]> = F extends string ? Key : readonly Key[];
