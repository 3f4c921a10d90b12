import type { Derived } from './deriveFamily.js';
import type { Words } from './findingOf.js';
import { sameDays, type AuditCell } from './read/regions.js';
import type { OnePart } from './sums/signatures.js';

/** Of counts of units. */
export const wordsOf = (found: Derived, cells: readonly AuditCell[], onePart: OnePart): Words => ({ measure: 'count', meaning: meaningOf(found, cells, onePart), mend: mendOf(found, cells) });

/** What a derivation is about, in words and without figures. */
function meaningOf({ kind, inAll, inNone }: Derived, cells: readonly AuditCell[], onePart: OnePart): string {
  if (kind === 'withheld') return 'the units of a line that is withheld';
  if (kind === 'net-change') return 'the units that came into the later window, minus those that left the earlier one';
  if (inNone.length === 0) return 'the units that are in all of these lines';
  const rest = inAll.length === 1 && isRest(cells[inAll[0]!]!, inNone.map((at) => cells[at]!), onePart);
  const who = rest ? 'the units of the rest: what is left of the wider line without the others' : 'the units of the wider line that have no row in the others; of the rest itself this is the least';
  return kind === 'zero-difference' ? `${who}: there are none, so everybody in the wider line is in the others` : who;
}

/** What would take it away, in words. */
function mendOf({ kind, inAll, inNone, needs }: Derived, cells: readonly AuditCell[]): string {
  const all = [...new Set([...inAll, ...inNone, ...needs])].map((at) => cells[at]!);
  const time = all.some((cell) => !sameDays(cell, all[0]!));
  if (kind === 'net-change') return 'publish windows that do not overlap, or take differential privacy for a list that comes again and again';
  if (time) return 'publish periods that do not overlap and no running total, withhold this key in the release that comes last, or take differential privacy';
  return 'withhold this key in one of the shown lines, or publish the whole and its parts as one table (kTable), or take differential privacy';
}

/** Whether the others differ from the wider line only by parts of which each unit is in one. */
const isRest = (wide: AuditCell, parts: readonly AuditCell[], onePart: OnePart): boolean =>
  parts.every((part) => (onePart.time || sameDays(wide, part)) && [...part.fields].every(([field, values]) => onePart.fields.has(field) || sameValues(values, wide.fields.get(field))));

const sameValues = (a: ReadonlySet<string>, b: ReadonlySet<string> | undefined): boolean => b !== undefined && a.size === b.size && [...a].every((value) => b.has(value));
