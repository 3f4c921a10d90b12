import { MOST_COMPARED, type Family } from '../families.js';
import type { Derived } from '../deriveFamily.js';
import { needed } from '../sums/needed.js';
import { isAsNarrow, Narrowed } from '../sums/range.js';
import { signatures, type OnePart } from '../sums/signatures.js';
import { asTold, membersOf, positions, sumsOf } from '../sums/system.js';
import type { Target } from '../targets.js';
import { targetsOf } from './targets.js';

const MOST_PARTS = 4000;

export interface MagnitudeAudit {
  readonly derived: readonly Derived[];
  readonly doubt?: 'contradiction' | 'size' | 'interval';
}

/** Whether every sum from `lower` to `upper` is known to within a share of itself. */
export const isKnown = (lower: number, upper: number, within: number): boolean => lower === upper || upper * (1 - within) <= lower * (1 + within);

/**
 * What a reader can derive of sums within one family: withheld lines that others give back, and sums over rows that no line
 * shows. Rows add up whoever they belong to, so a part is a set of rows and its sum a variable.
 *
 * What one release alone says was its own table's business; a group that is made of published lines has been through the rules.
 */
export function deriveMagnitudes({ cells }: Family, onePart: OnePart, within: number): MagnitudeAudit {
  const releases = [...new Set(cells.map(({ release }) => release))];
  if (releases.length < 2) return { derived: [] };
  if (cells.length > MOST_COMPARED) return { derived: [], doubt: 'size' };
  const parts = signatures(cells, onePart, MOST_PARTS);
  if (parts === undefined) return { derived: [], doubt: 'size' };
  const members = membersOf(cells, parts);
  const told = new Narrowed(sumsOf(cells, members, parts.length, asTold));
  if (!told.feasible) return { derived: [], doubt: 'contradiction' };
  const alone = new Map(releases.map((release) => {
    const own = [...cells.keys()].filter((at) => cells[at]!.release === release);
    return [release, new Narrowed(sumsOf(own.map((at) => cells[at]!), own.map((at) => members[at]!), parts.length, asTold))] as const;
  }));
  const derived: Derived[] = [];
  const reported: bigint[] = [];
  let doubt: MagnitudeAudit['doubt'];
  for (const target of targetsOf(cells, members, parts)) {
    const variables = positions(target.bits);
    const withheld = target.inAll.length === 1 && target.inNone.length === 0;
    if (!withheld && reported.some((bits) => (bits & ~target.bits) === 0n)) continue;
    const seen = told.seen(variables);
    if (!withheld && seen !== undefined && !isKnown(seen[0], seen[1], within)) continue;
    const range = told.range(variables);
    if (range === undefined) return { derived: [], doubt: 'contradiction' };
    const own = withheld ? [alone.get(cells[target.inAll[0]!]!.release)!] : [...alone.values()];
    const known = isKnown(range.lower, range.upper, within);
    if (!known && !withheld) {
      if (!range.complete) doubt ??= 'size';
      continue;
    }
    if (own.some((one) => isAsNarrow(one.range(variables), range))) continue;
    if (!known) {
      doubt = range.complete ? 'interval' : (doubt ?? 'size');
      continue;
    }
    reported.push(target.bits);
    const k = Math.max(...[...target.inAll, ...target.inNone].map((at) => cells[at]!.k));
    derived.push({ ...placesOf(target), k, kind: withheld ? 'withheld' : range.upper === 0 ? 'zero-difference' : 'difference', from: range.lower, to: range.upper, needs: needed(cells, members, parts.length, target, range) });
  }
  return doubt === undefined ? { derived } : { derived, doubt };
}

const placesOf = ({ inAll, inNone }: Target): Pick<Target, 'inAll' | 'inNone'> => ({ inAll, inNone });
