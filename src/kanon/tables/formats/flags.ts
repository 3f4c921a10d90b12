import type { CellState } from '../../../core/table.js';

/** What these read of a line; the lines of every protected table and release fit. */
export interface FlaggedLine {
  readonly state: CellState | 'tied' | 'not-ranked';
}

/**
 * The status of a cell in SDMX code lists: `CONF_STATUS` (`F` free, `C` confidential) and `OBS_STATUS` (`A` normal, `Q` missing
 * value; suppressed). One code for every reason: which rule a cell breaks tells something of it, and stays in the operator's report.
 *
 * @example
 * sdmxStatus({ state: 'suppressed' }); // => { CONF_STATUS: 'C', OBS_STATUS: 'Q' }
 */
export function sdmxStatus(line: FlaggedLine): { readonly CONF_STATUS: 'F' | 'C'; readonly OBS_STATUS: 'A' | 'Q' } {
  return line.state === 'suppressed' ? { CONF_STATUS: 'C', OBS_STATUS: 'Q' } : { CONF_STATUS: 'F', OBS_STATUS: 'A' };
}

/**
 * A figure as Japanese official tables print it: `x` where it is withheld, `-` for a true zero, else the number.
 *
 * @example
 * japaneseCell({ state: 'suppressed' }); // => 'x'
 * const lines = [{ state: 'value', count: 0 }, { state: 'value', count: 12345 }] as const;
 * lines.map((line) => japaneseCell(line)); // => ['-', '12,345']
 */
export function japaneseCell(line: FlaggedLine, measure: string = 'count'): string {
  const value = (line as FlaggedLine & Readonly<Record<string, unknown>>)[measure];
  if (line.state === 'suppressed' || typeof value !== 'number') return 'x';
  return value === 0 ? '-' : value.toLocaleString('ja-JP');
}
