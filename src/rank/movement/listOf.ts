import type { Json, Key, MeasureStatement, NoiseLaw } from '../../core/statement.js';
import type { PublishedList, PublishedRow } from './types.js';

/** What of a release a list needs: every release of a ranking fits, also one read back from its file. */
export interface ReleasedRanking<K> {
  readonly data: readonly PublishedRow<K>[];
  readonly manifest: {
    readonly period: { readonly from: string; readonly to: string };
    readonly measures: readonly MeasureStatement[];
    readonly bounds: { readonly [name: string]: number };
    readonly parameters: { readonly [name: string]: Json };
  };
}

/**
 * A released ranking as one list of a series, with the noise that its manifest states.
 *
 * @example
 * const manifest = { period: { from: '2026-11-16', to: '2026-11-22' }, measures: [], bounds: {}, parameters: {} };
 * listOf({ data: [{ key: 'maps', rank: 1 }], manifest }).period; // => '2026-11-16 to 2026-11-22'
 */
export function listOf<K extends Key | readonly Key[]>(release: ReleasedRanking<K>): PublishedList<K> {
  const { period, measures, bounds, parameters } = release.manifest;
  const measure = measures.find(({ name }) => name === 'count');
  return {
    period: period.from === period.to ? period.from : `${period.from} to ${period.to}`,
    rows: release.data,
    bounded: Object.keys(bounds).length > 0,
    ...(measure === undefined ? {} : { noise: measure.noise, step: measure.step }),
    ...designOf(parameters),
  };
}

/** What a private ranking states of its choice and of the noise that its counts share. */
function designOf(parameters: { readonly [name: string]: Json }): { readonly shared?: NoiseLaw; readonly choiceScale?: number } {
  const { measurement, selection } = parameters as { readonly measurement?: { readonly shared?: NoiseLaw } | null; readonly selection?: { readonly scale: number } | null };
  return { ...(measurement?.shared === undefined ? {} : { shared: measurement.shared }), ...((selection ?? null) === null ? {} : { choiceScale: selection!.scale }) };
}
