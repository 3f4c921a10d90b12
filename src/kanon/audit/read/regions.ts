import type { Key } from '../../../core/statement.js';

/** The values of one field that a group is limited to, each as JSON, so that 1 and '1' differ. */
export type Values = ReadonlySet<string>;

/** Rows that a published number is about: limits on fields, and a run of days. No limit on a field: all of its values. */
export interface Region {
  readonly fields: ReadonlyMap<string, Values>;
  /** Days since 1970-01-01, both included. */
  readonly from: number;
  readonly to: number;
}

/**
 * One number that a reader has, or knows to be withheld: how many units have a row in a region, and within which bounds
 * the reader is told that it lies.
 */
export interface AuditCell extends Region {
  /** Position of the release in the list that is looked at. */
  readonly release: number;
  /** As in the line; undefined for the population as a whole. */
  readonly key: Key | readonly Key[] | undefined;
  /** False for a withheld line, and for a key that is missing because of the rule. */
  readonly shown: boolean;
  readonly lower: number;
  readonly upper: number;
  /** What the rule alone says, had every published number been replaced by the word "published". */
  readonly ruleLower: number;
  readonly ruleUpper: number;
  /** Another line without which this one would say nothing: the total that a share is of. */
  readonly through?: AuditCell;
  /** Groups with fewer units than this are what the rule protects. */
  readonly k: number;
  /** Of a table that was protected against all that it says by itself. */
  readonly guarded?: boolean;
}

/** One text for one value. */
export const valueId = (value: Key): string => JSON.stringify(value);

/** What tells regions apart that differ in their limits on fields. */
export function fieldsId(fields: ReadonlyMap<string, Values>): string {
  return JSON.stringify([...fields].map(([field, values]) => [field, [...values].sort()] as const).sort((a, b) => (a[0] < b[0] ? -1 : 1)));
}

type Days = Pick<Region, 'from' | 'to'>;

export const sameDays = (a: Days, b: Days): boolean => a.from === b.from && a.to === b.to;
export const daysMeet = (a: Days, b: Days): boolean => a.from <= b.to && b.from <= a.to;
