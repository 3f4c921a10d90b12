import type { NationalFinder } from './national.js';
import { nationalFinder } from './national-finder.js';

/** The numbering plan of a region other than Japan, as a compact table. */
export interface NumberingRegion {
  /** ISO 3166 alpha-2. */
  readonly code: string;
  readonly callingCode: number;
  /** What is dialled before a national number, `''` when nothing is. */
  readonly prefix: string;
  /** Lengths of the groups as people write them, a base-36 digit each: with the prefix, and without. */
  readonly shapes: string;
  readonly bareShapes: string;
  /** Which digits are assigned to which use. `tools/numbering-regions.mjs` describes the notation. */
  readonly plan: string;
  /** The finder of national numbers: it travels with the tables, so that programs without them do not carry it. */
  readonly finder: (regions: readonly NumberingRegion[]) => NationalFinder;
}

/** Makes a region's table. */
/* @__NO_SIDE_EFFECTS__ */
export function region(code: string, callingCode: number, prefix: string, shapes: string, bareShapes: string, plan: string): NumberingRegion {
  return { code, callingCode, prefix, shapes, bareShapes, plan, finder: nationalFinder };
}
