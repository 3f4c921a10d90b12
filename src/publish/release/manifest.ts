import type { Guarantee } from '../../core/guarantee.js';
import type { Json, Key, KeyOrigin, MeasureStatement, Step } from '../../core/statement.js';
import type { IdentifierClass } from '../../identifiers/index.js';

/** For what a release is made, as the privacy policy names it. */
export type Purpose = 'service-information' | 'service-operation' | 'statistical-service';

/** The days that the data are from, both included, and whose days they are. */
export interface Period {
  /** `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** IANA name: `Asia/Tokyo`. */
  readonly timeZone: string;
}

/**
 * Whom a release is about, within the period: everybody the service saw (`all`), or those rows whose fields have the named values
 * (`where`; several values in a list). Says what `where()` or a filter before the door has done, so that releases can be compared.
 *
 * `unitsIn` says for a field whether all rows of a unit have one and the same value in it (`'one-part'`: the country of the
 * account) or may have several (`'several'`: the country of the visit); needed for each field of `where`. `unitsInTime`: `'one-part'` where a unit belongs to one
 * period alone, as a user-day does; default `'several'`.
 *
 * `coarser` says of a field that it is a coarser version of another (the prefecture of a city, the band of an age), and which values
 * each of its labels stands for. Without it two fields are taken to know nothing of each other.
 */
export type Population = (
  | { readonly all: true; readonly where?: never }
  | { readonly all?: never; readonly where: { readonly [field: string]: Key | readonly Key[] } }
) & {
  readonly unitsIn?: { readonly [field: string]: 'one-part' | 'several' };
  readonly unitsInTime?: 'one-part' | 'several';
  readonly coarser?: { readonly [field: string]: { readonly of: string; readonly groups: { readonly [label: string]: readonly Key[] } } };
};

/** A decision to let through what looks like an identifier: where, of which class, and why. Stands in the manifest. */
export interface Allowance {
  readonly field: string;
  readonly class: IdentifierClass;
  readonly reason: string;
}

/** The public record of a release: declared parameters only. What was counted, how it was protected, what it cost, how accurate it is. */
export interface Manifest<G extends Guarantee = Guarantee> {
  readonly manifestVersion: 1;
  readonly id: string;
  readonly period: Period;
  /** Where it was declared. */
  readonly population?: Population;
  readonly purpose: Purpose;
  /** What is protected. */
  readonly unit: string;
  readonly guarantee: G;
  readonly by: readonly string[];
  readonly measures: readonly MeasureStatement[];
  readonly keys: KeyOrigin;
  readonly bounds: { readonly [name: string]: number };
  readonly mechanism: string;
  readonly parameters: { readonly [name: string]: Json };
  /** All stages in order, with their declared parameters: the rule of the population, the treatment of identifiers, the tie rule. */
  readonly steps: readonly Step[];
  readonly accuracy: { readonly [name: string]: Json };
  readonly notCovered: readonly string[];
  /** How the guard looked: for the national numbers of which regions, and what it let through. */
  readonly guard: { readonly onIdentifier: OnIdentifier; readonly allow: readonly Allowance[]; readonly regions: readonly string[] };
  /** Releases of the same people add up. Without a ledger nothing here knows of other releases. */
  readonly cumulative: 'not tracked';
  readonly library: { readonly name: 'tokumei'; readonly version: string };
  /** SHA-256 over the canonical JSON of `{ data, manifest }` without this field. */
  readonly contentHash: string;
}

export type OnIdentifier = 'refuse' | 'suppress' | 'label';

/** A published result: plain JSON, frozen. */
export interface Release<T, G extends Guarantee = Guarantee> {
  readonly data: T;
  readonly manifest: Manifest<G>;
}
