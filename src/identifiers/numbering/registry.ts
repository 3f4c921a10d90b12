import type { NumberingTable } from '../types.js';

const tables: Map<string, NumberingTable> = new Map();

/**
 * Makes regions known by their codes, so that `regions: ['JP', 'US']` finds them.
 *
 * Passing the tables themselves (`regions: [NUMBERING_JP, NUMBERING_US]`) needs no registration; use this one where
 * the codes come from a configuration. A table that is registered again replaces the earlier one.
 *
 * @example
 * ```ts
 * import { findIdentifiers, NUMBERING_US, registerRegions } from 'tokumei/identifiers';
 * registerRegions(NUMBERING_US);
 * findIdentifiers('Call (206) 342-8631', { regions: ['JP', 'US'] })[0]?.canonical; // => '+12063428631'
 * ```
 */
export function registerRegions(...regions: readonly NumberingTable[]): void {
  for (const region of regions) tables.set(region.code, region);
}

/** The table registered under a code. */
export function registered(code: string): NumberingTable | undefined {
  return tables.get(code);
}
