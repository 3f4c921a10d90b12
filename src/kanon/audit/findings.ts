import type { Key } from '../../core/statement.js';

/** A line of a release, as a reader would point at it. */
export interface LineRef {
  /** The release's `id`. */
  readonly release: string;
  /** The fields that the key belongs to. */
  readonly by: readonly string[];
  /** Absent for the population as a whole. */
  readonly key?: Key | readonly Key[];
  /** Whether the line shows a number; a key that is missing because of the rule counts as withheld. */
  readonly shown: boolean;
}

/**
 * - `withheld`: a withheld number can be worked out, or narrowed beyond what the rule says of it.
 * - `difference`: the same for a group that no line shows: those of one line that are not in another.
 * - `zero-difference`: nobody is in that group, so everybody in the wider line has what the narrower one stands for.
 * - `net-change`: two windows that overlap differ by fewer than k: how many came minus how many left.
 */
export type FindingKind = 'withheld' | 'difference' | 'zero-difference' | 'net-change';

/** What a reader can derive. Holds what the rules protect: keep it inside. */
export interface Finding {
  readonly kind: FindingKind;
  /** The column: `count`, or `sum` for what the units in question contribute together. */
  readonly measure: string;
  /** The units in question: those in all lines of `inAll` and in no line of `inNone`. */
  readonly group: { readonly inAll: readonly LineRef[]; readonly inNone: readonly LineRef[] };
  /** How many they are, or their sum: exact where both ends are equal. For `net-change` the signed difference. */
  readonly derived: { readonly from: number; readonly to: number };
  /** The threshold that a count is below; for a sum that of the table, which nobody has held against these units. */
  readonly k: number;
  /** All lines that it takes: leave out any one and this no longer follows. */
  readonly lines: readonly LineRef[];
  /** `possible` where a nesting was assumed that nobody declared. */
  readonly certainty: 'declared' | 'possible';
  readonly meaning: string;
  readonly mend: string;
}

/** Two releases that may have to do with each other, and why that cannot be told. */
export interface Undecided {
  readonly releases: readonly string[];
  readonly reason: 'population' | 'unit' | 'time-zone' | 'unitsIn' | 'groups' | 'repeated-keys' | 'rows' | 'measure' | 'interval' | 'unreadable' | 'contradiction' | 'size';
  readonly mend: string;
}

/** The result of an audit. */
export interface CrossReleaseAudit {
  readonly findings: readonly Finding[];
  readonly undecided: readonly Undecided[];
  /** How many releases have counts that were compared. */
  readonly compared: number;
}

export const UNDECIDED: Readonly<Record<Undecided['reason'], string>> = {
  population: 'declare population at release(): { all: true } or { where: …, unitsIn: … }',
  unit: 'give one kind of unit one name in all releases; leave out releases that count something else than these units',
  'time-zone': 'cut the days of both releases in one time zone',
  unitsIn: 'declare the same unitsIn for a field in all releases',
  groups: 'say in population.coarser for every label of the coarser field which values of the finer one it stands for, the same in all releases',
  'repeated-keys': 'give each key one line; identifiers that were replaced by one label make keys meet',
  rows: 'rows of the same days hold people one by one, and those they leave out are what a table has more: publish the rows or the table, or count the rows as they are published',
  measure: 'sum one field on one grid (step) in all releases',
  interval: 'a withheld sum becomes narrower than its own table leaves it, and whether by too much only the data can tell: publish what belongs together as one table (kSum)',
  unreadable: 'pass releases whole and unchanged, as release() made them or as read back from their JSON',
  contradiction: 'the declarations do not fit the numbers: correct population, unitsIn or period',
  size: 'audit fewer releases at a time',
};
