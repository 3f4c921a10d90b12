import type { Key } from '../../../src/core/index.js';
import { contentHash } from '../../../src/hash/contentHash.js';
import type { Population, Release } from '../../../src/publish/index.js';

/** A release as it would be read from a file: nothing but what an audit reads. */
export interface Made {
  readonly id: string;
  readonly by?: readonly string[];
  readonly k?: number;
  readonly zeros?: 'published' | 'suppressed';
  readonly keys?: 'public' | 'threshold';
  readonly population?: Population | undefined;
  readonly from?: string;
  readonly to?: string;
  readonly timeZone?: string;
  readonly unit?: string;
  readonly guarantee?: string;
  readonly lines: readonly (readonly [Key | readonly Key[], number | null])[];
}

export function made(o: Made): Release<unknown> {
  const { id, by = ['item'], k = 10, unit = 'user', guarantee = 'k-anonymity' } = o;
  return signed({
    data: o.lines.map(([key, count]) => ({ key, state: count === null ? 'suppressed' : 'value', count })),
    manifest: {
      manifestVersion: 1,
      id,
      unit,
      by,
      period: { from: o.from ?? '2026-11-16', to: o.to ?? '2026-11-22', timeZone: o.timeZone ?? 'Asia/Tokyo' },
      ...(o.population === undefined ? {} : { population: o.population }),
      guarantee: { kind: guarantee, unit, k },
      parameters: { k, zeros: o.zeros ?? 'suppressed' },
      keys: { origin: o.keys ?? 'public' },
      steps: [],
    },
  });
}

/** With the hash that belongs to data and manifest as they stand. */
export const signed = ({ data, manifest }: { readonly data: unknown; readonly manifest: object }): Release<unknown> => ({ data, manifest: { ...manifest, contentHash: contentHash(data, manifest) } }) as Release<unknown>;

export const everybody: Population = { all: true };
export const inCountry = (country: string | readonly string[], unitsIn: 'one-part' | 'several' = 'one-part'): Population => ({ where: { country }, unitsIn: { country: unitsIn } });
