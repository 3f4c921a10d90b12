import type { FieldAction, FieldRule, FieldRules } from './rules.js';

/** What a value may have become: text stays text, a number that was an identifier is text now. */
export type TreatedValue<V> = V extends string
  ? string
  : V extends number
    ? number | string
    : V extends bigint
      ? bigint | string
      : V extends boolean | null | undefined
        ? V
        : V extends Date
          ? Date
          : V extends (...args: never) => unknown
            ? never
            : V extends ReadonlyMap<infer K, infer X>
              ? Map<TreatedValue<K>, TreatedValue<X>>
              : V extends ReadonlySet<infer X>
                ? Set<TreatedValue<X>>
                : V extends object
                  ? { [K in keyof V]: TreatedValue<V[K]> }
                  : V;

/** A record after its rules: dropped fields are gone, kept ones unchanged, the others may have changed. */
export type TreatedRecord<V, F> = V extends readonly unknown[]
  ? { [I in keyof V]: TreatedRecord<V[I], F> }
  : V extends object
    ? { [K in keyof V as K extends keyof F ? (F[K] extends FieldRule<'drop'> ? never : K) : K]: K extends keyof F ? Ruled<V[K], F[K]> : TreatedValue<V[K]> }
    : V;

type Ruled<V, R> =
  R extends FieldRule<'keep'> ? V : R extends FieldRule<'whole'> ? TextOf<V> : R extends FieldRule ? TreatedValue<V> : R extends FieldRules ? TreatedRecord<V, R> : never;

type TextOf<V> = V extends boolean | null | undefined | Date ? V : V extends string | number | bigint ? string : V extends object ? { [K in keyof V]: TextOf<V[K]> } : V;

/** Names of rules that no field of the record has. */
export type MisnamedFields<V, F> = Exclude<keyof F, V extends readonly (infer E)[] ? keyof E : V extends object ? keyof V : never>;

/** Rules that may stand before a differentially private aggregate. */
export interface RowLocalRules {
  readonly [field: string]: FieldRule<FieldAction, 'row-local'> | RowLocalRules;
}

/** A row behind `deidentify`: like {@link TreatedRecord}, but numbers stay numbers (an identifier among them is NaN). */
export type DeidentifiedRow<V, F> = {
  [K in keyof V as K extends keyof F ? (F[K] extends FieldRule<'drop'> ? never : K) : K]: K extends keyof F ? (F[K] extends FieldRule<'keep'> ? V[K] : Withheld<V[K]>) : Withheld<V[K]>;
};

type Withheld<V> = V extends string
  ? string
  : V extends bigint
    ? bigint | null
    : V extends number | boolean | null | undefined | Date
      ? V
      : V extends ReadonlyMap<infer K, infer X>
        ? Map<Withheld<K>, Withheld<X>>
        : V extends ReadonlySet<infer X>
          ? Set<Withheld<X>>
          : V extends object
            ? { [K in keyof V]: Withheld<V[K]> }
            : V;
