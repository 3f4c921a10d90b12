import { TokumeiError } from '../../../core/errors.js';
import { checkHierarchy, type Hierarchy } from './hierarchy.js';

export interface HierarchyCsvOptions {
  /** For messages: the attribute that the hierarchy is for. */
  readonly attribute: string;
  /** One character between values. Default `;`, as ARX writes. */
  readonly separator?: string;
  /** A leaf in two equal rows: refused, or counted twice as ARX does. Default `'reject'`. */
  readonly duplicateLeaves?: 'reject' | 'count';
}

/**
 * Reads a hierarchy in ARX's CSV format: no header, one row for each leaf, the original value first, the most general
 * value last. Values may be quoted with `"`. Cost: one pass over the text.
 *
 * @throws {TokumeiError} `TOKUMEI_HIERARCHY` names attribute, value and row of the file.
 * @example
 * hierarchyFromCsv('Tokyo;Kanto;*\nOsaka;Kansai;*', { attribute: 'city' }).rows[1]; // => ['Osaka', 'Kansai', '*']
 */
export function hierarchyFromCsv(text: string, options: HierarchyCsvOptions): Hierarchy {
  const { attribute, separator = ';', duplicateLeaves = 'reject' } = options;
  if (typeof separator !== 'string' || separator.length !== 1 || separator === '"' || separator === '\n' || separator === '\r') {
    throw new TokumeiError('TOKUMEI_HIERARCHY_OPTIONS', { where: 'hierarchyFromCsv', parameter: 'separator', expected: 'one character other than a quote or a line break', received: separator });
  }
  const rows = parse(text.startsWith('\uFEFF') ? text.slice(1) : text, separator, attribute);
  const hierarchy: Hierarchy = { rows };
  checkHierarchy(hierarchy, { attribute, where: 'hierarchyFromCsv', duplicateLeaves });
  return hierarchy;
}

function parse(text: string, separator: string, attribute: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let quoted = false;
  const endRow = (): void => {
    if (row.length > 0 || value !== '') rows.push([...row, value]);
    row = [];
    value = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') value += c;
      else if (text[i + 1] === '"') value += text[++i]!;
      else quoted = false;
    } else if (c === '"' && value === '') quoted = true;
    else if (c === separator) {
      row.push(value);
      value = '';
    } else if (c === '\n') endRow();
    else if (c !== '\r' || text[i + 1] !== '\n') value += c;
  }
  if (quoted) throw new TokumeiError('TOKUMEI_HIERARCHY', { where: 'hierarchyFromCsv', message: `hierarchy of ${JSON.stringify(attribute)}, row ${rows.length + 1}: a quote is not closed` });
  endRow();
  return rows;
}
