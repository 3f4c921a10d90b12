import type { Key, MeasureStatement } from '../../core/statement.js';
import type { PublishedList, PublishedRow } from './types.js';

/** What of a release a list needs: every release of a ranking fits, also one read back from its file. */
export interface ReleasedRanking<K> {
  readonly data: readonly PublishedRow<K>[];
  readonly manifest: {
    readonly period: { readonly from: string; readonly to: string };
    readonly measures: readonly MeasureStatement[];
    readonly bounds: { readonly [name: string]: number };
  };
}

/**
 * A released ranking as one list of a series, with the noise that its manifest states.
 *
 * @example
 * movements([lastWeek, thisWeek].map((release) => listOf(release)));
 */
export function listOf<K extends Key | readonly Key[]>(release: ReleasedRanking<K>): PublishedList<K> {
  const { period, measures, bounds } = release.manifest;
  const measure = measures.find(({ name }) => name === 'count');
  return {
    period: period.from === period.to ? period.from : `${period.from} to ${period.to}`,
    rows: release.data,
    bounded: Object.keys(bounds).length > 0,
    ...(measure === undefined ? {} : { noise: measure.noise, step: measure.step }),
  };
}
