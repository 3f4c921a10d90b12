import type { Derived } from '../deriveFamily.js';
import { families } from '../families.js';
import { findingOf, type Words } from '../findingOf.js';
import type { Finding, Undecided } from '../findings.js';
import { daysMeet, sameDays, type AuditCell } from '../read/regions.js';
import type { ReadRelease } from '../read/cells.js';
import type { PublishedLike } from '../read/declared.js';
import { deriveMagnitudes } from './derive.js';
import { readMagnitudes, type Magnitudes } from './read.js';

type Doubt = (reason: Undecided['reason'], ...ids: readonly string[]) => void;

/**
 * What tables of sums give away together. Releases with the same summed field are looked at together, of whatever unit: a sum over
 * rows does not know whose they are.
 */
export function auditMagnitudes(read: readonly ReadRelease[], releases: readonly PublishedLike[], certainty: Finding['certainty'], doubt: Doubt): readonly Finding[] {
  const groups = new Map<string, Magnitudes[]>();
  for (const { at, declared } of read) {
    const one = readMagnitudes(releases[at]!, declared, at);
    if (one === 'unreadable') doubt('unreadable', declared.id);
    if (one === 'unreadable' || one === undefined) continue;
    const id = JSON.stringify([one.value, declared.timeZone]);
    groups.set(id, [...(groups.get(id) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => auditGroup(group, certainty, doubt));
}

function auditGroup(group: readonly Magnitudes[], certainty: Finding['certainty'], doubt: Doubt): readonly Finding[] {
  const ids = new Map(group.map(({ at, declared }) => [at, declared]));
  const coarse = group.filter(({ step }) => step !== group[0]!.step);
  for (const one of coarse) for (const other of group) if (one.step !== other.step && daysMeet(one.declared, other.declared)) doubt('measure', other.declared.id, one.declared.id);
  const step = group[0]!.step;
  const same = group.filter((one) => one.step === step);
  const cells = same.flatMap((one) => one.cells);
  const fields = new Set(cells.flatMap((cell) => [...cell.fields.keys()]));
  // A row has one value in each field, and is of one day.
  const onePart = { fields, time: true, complete: new Map(same.flatMap(({ declared }) => [...declared.complete])) };
  const within = same.reduce((most, one) => Math.max(most, one.within), 0);
  return families(cells, onePart, fields).flatMap((family) => {
    const { derived, doubt: why } = deriveMagnitudes(family, onePart, within);
    if (why !== undefined) doubt(why, ...new Set(family.cells.map(({ release }) => ids.get(release)!.id)));
    return derived.map((one) => findingOf({ ...one, from: one.from * step, to: one.to * step }, family.cells, ids, certainty, wordsOf(one, family.cells)));
  });
}

function wordsOf({ kind, inAll, inNone }: Derived, cells: readonly AuditCell[]): Words {
  const all = [...inAll, ...inNone].map((at) => cells[at]!);
  const apart = all.some((cell) => !sameDays(cell, all[0]!)) ? 'publish periods that do not overlap and no running total' : 'publish the whole and its parts as one table (kSum), whose rules look at the rest too';
  const rest = 'the sum over the rows of the wider line that are in none of the others';
  return {
    measure: 'sum',
    meaning: kind === 'withheld' ? 'the sum of a line that is withheld' : kind === 'zero-difference' ? `${rest}: nobody contributes anything there` : `${rest}: no rule has looked at who contributes to it`,
    mend: `${apart}, or withhold this line in one of the releases, or take differential privacy (dpSum)`,
  };
}
