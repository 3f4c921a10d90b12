import { ownOf } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { CellState } from '../../../core/table.js';

/** What these read of a line; the lines of every protected table and release fit. */
export interface FlaggedLine {
  readonly state: CellState | 'tied' | 'not-ranked';
}

/**
 * The status of a cell in SDMX code lists: `CONF_STATUS` (`F` free, `C` confidential) and `OBS_STATUS` (`A` normal, `Q` missing
 * value; suppressed). One code for every reason: which rule a cell breaks tells something of it, and stays in the operator's report.
 *
 * @throws {TokumeiError} `TOKUMEI_FLAGGED_LINE` for what is no line.
 * @example
 * sdmxStatus({ state: 'suppressed' }); // => { CONF_STATUS: 'C', OBS_STATUS: 'Q' }
 */
export function sdmxStatus(line: FlaggedLine): { readonly CONF_STATUS: 'F' | 'C'; readonly OBS_STATUS: 'A' | 'Q' } {
  return checkLine(line, 'sdmxStatus')['state'] === 'suppressed' ? { CONF_STATUS: 'C', OBS_STATUS: 'Q' } : { CONF_STATUS: 'F', OBS_STATUS: 'A' };
}

/**
 * A figure as Japanese official tables print it: `x` where it is withheld, `-` for a true zero, else the number.
 *
 * @param measure the column. Default: `count`, or else the one column of numbers beside the key and the rank.
 * @throws {TokumeiError} `TOKUMEI_FLAGGED_LINE` for what is no line, and for a line that is not withheld and shows no number there.
 * @example
 * japaneseCell({ state: 'suppressed' }); // => 'x'
 * const lines = [{ state: 'value', count: 0 }, { state: 'value', count: 12345 }] as const;
 * lines.map((line) => japaneseCell(line)); // => ['-', '12,345']
 */
export function japaneseCell(line: FlaggedLine, measure?: string): string {
  const where = 'japaneseCell';
  const own = checkLine(line, where);
  if (own['state'] === 'suppressed') return 'x';
  const column = measure ?? columnOf(own);
  const value = column === undefined ? undefined : own[column];
  // A place that was not ranked has no figure, and null is how a release says so.
  if (value === null) return 'x';
  if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? '-' : value.toLocaleString('ja-JP');
  throw new TokumeiError('TOKUMEI_FLAGGED_LINE', { where, parameter: 'measure', expected: 'the name of a column with a finite number in this line' });
}

/** The column that a line is about, where there is no choice. */
function columnOf(line: Readonly<Record<string, unknown>>): string | undefined {
  if ('count' in line) return 'count';
  const columns = Object.keys(line).filter((name) => name !== 'key' && name !== 'rank' && (typeof line[name] === 'number' || line[name] === null));
  return columns.length === 1 ? columns[0] : undefined;
}

const STATES = ['value', 'suppressed', 'tied', 'not-ranked'];

function checkLine(line: unknown, where: string): Readonly<Record<string, unknown>> {
  const own = typeof line === 'object' && line !== null ? ownOf(line as Readonly<Record<string, unknown>>) : {};
  if (STATES.includes((own as { readonly state?: unknown }).state as string)) return own;
  throw new TokumeiError('TOKUMEI_FLAGGED_LINE', { where, parameter: 'line', expected: `a line of a table, with a state that is one of ${STATES.join(', ')}` });
}
