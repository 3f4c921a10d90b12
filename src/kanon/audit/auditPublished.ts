import { missingCells, readCells, type ReadRelease } from './read/cells.js';
import { readDeclared, type Declared, type PublishedLike } from './read/declared.js';
import { deriveFamily, type Structure } from './deriveFamily.js';
import { families } from './families.js';
import { finestLabels } from './read/finestLabels.js';
import { findingOf } from './findingOf.js';
import { UNDECIDED, type CrossReleaseAudit, type Finding, type Undecided } from './findings.js';
import { auditMagnitudes } from './magnitudes/auditMagnitudes.js';
import { countsBehindShares, totalBehindShares } from './read/shares.js';
import type { OnePart } from './sums/signatures.js';
import { wordsOf } from './words.js';

/** How an audit treats what nobody declared. */
export interface AuditOptions {
  /**
   * Releases whose population nobody declared: `'undecided'` reports the pair as such; `'nested'` also reports what
   * would follow if one of them were a part of the other. Default `'undecided'`.
   */
  readonly undeclared?: 'undecided' | 'nested';
}

/** The audit itself, over anything shaped like releases. See `auditReleases` of tokumei/publish. */
export function auditPublished(releases: readonly PublishedLike[], options: AuditOptions = {}): CrossReleaseAudit {
  const read: ReadRelease[] = [];
  const undecided: Undecided[] = [];
  const doubt = (reason: Undecided['reason'], ...ids: readonly string[]): void => {
    if (!undecided.some((other) => other.reason === reason && JSON.stringify(other.releases) === JSON.stringify(ids))) undecided.push({ releases: ids, reason, mend: UNDECIDED[reason] });
  };
  const readable = releases.flatMap((release, at) => {
    const declared = readDeclared(release);
    if (declared === undefined) doubt('unreadable', `release ${at + 1}`);
    return declared === undefined ? [] : [{ at, declared }];
  });
  const rows = new Set<Declared>();
  const placed = finestLabels(readable.map(({ declared }) => declared));
  placed.declared.forEach((declared, i) => {
    const { at } = readable[i]!;
    const one = readCells(releases[at]!, declared, at);
    if (one === undefined) return void (declared.measures.length === 0 && rows.add(declared));
    if (one.repeated) doubt('repeated-keys', declared.id);
    read.push(one);
  });
  // Rows have no figures to compare, but whoever has a table of the same people counts what the rows leave out.
  placed.declared.forEach((a, i) => placed.declared.slice(i + 1).forEach((b) => {
    if ((rows.has(a) || rows.has(b)) && areExact(a) && areExact(b) && daysNear(a, b, a.timeZone === b.timeZone ? 0 : 2)) doubt('rows', a.id, b.id);
  }));
  for (const id of placed.unplaced) doubt('groups', id);
  for (const id of placed.contradictory) doubt('unitsIn', id);
  const findings: Finding[] = [];
  const ids = new Map(read.map(({ at, declared }) => [at, declared]));
  const run = (group: readonly ReadRelease[], certainty: Finding['certainty']): void => {
    const onePart = onePartOf(group, doubt);
    if (onePart === undefined) return;
    const cells = group.flatMap((one) => {
      const published = releases[one.at]!;
      const byShare = countsBehindShares(published, one, group);
      const total = totalBehindShares(published, one);
      return [...[...one.cells].map(([id, cell]) => byShare.get(id) ?? cell), ...missingCells(one, group), ...(total === undefined ? [] : [total])];
    });
    const structures = new Map<string, Structure | undefined>();
    for (const family of families(cells, onePart, new Set(group.flatMap(({ declared }) => declared.keyFields)))) {
      const { derived, doubt: why } = deriveFamily(family, onePart, structures);
      if (why !== undefined) doubt(why, ...new Set(family.cells.map(({ release }) => ids.get(release)!.id)));
      for (const one of derived) findings.push(findingOf(one, family.cells, ids, certainty, wordsOf(one, family.cells, onePart)));
    }
  };
  findings.push(...auditMagnitudes(read.filter(({ declared }) => declared.population !== undefined), releases, 'declared', doubt));
  const decided = new Map<string, ReadRelease[]>();
  for (const one of read) {
    if (one.declared.population === undefined) continue;
    const group = JSON.stringify([one.declared.unit, one.declared.timeZone]);
    decided.set(group, [...(decided.get(group) ?? []), one]);
  }
  for (const group of decided.values()) {
    // A table alone has been protected against itself already.
    for (const part of meeting(group)) if (part.length > 1 || part[0]!.declared.guarantee !== 'table-control') run(part, 'declared');
  }
  read.forEach((a, i) => read.slice(i + 1).forEach((b) => {
    const zones = a.declared.timeZone !== b.declared.timeZone;
    // A day begins up to 26 hours earlier in one zone than in another.
    if (!daysNear(a.declared, b.declared, zones ? 2 : 0)) return;
    // Counts of users beside those of devices, or of one unit under two names: nobody has said how they relate.
    if (a.declared.unit !== b.declared.unit) return hasCounts(a.declared) && hasCounts(b.declared) ? doubt('unit', a.declared.id, b.declared.id) : undefined;
    if (zones) return doubt('time-zone', a.declared.id, b.declared.id);
    if (a.declared.measures.some((name) => !isCompared(name, a.declared) && b.declared.measures.includes(name))) doubt('measure', a.declared.id, b.declared.id);
    if (a.declared.population !== undefined && b.declared.population !== undefined) return;
    doubt('population', a.declared.id, b.declared.id);
    if (options.undeclared !== 'nested') return;
    const pair = assumeNested(a, b, releases);
    if (pair === undefined) return;
    run(pair, 'possible');
    findings.push(...auditMagnitudes(pair, releases, 'possible', doubt));
  }));
  return { findings: withoutRepeats(findings), undecided, compared: read.length };
}

/** Releases whose days meet, directly or through others. */
function meeting(group: readonly ReadRelease[]): readonly (readonly ReadRelease[])[] {
  const parts: ReadRelease[][] = [];
  let last = -Infinity;
  for (const one of [...group].sort((a, b) => a.declared.from - b.declared.from || a.at - b.at)) {
    if (one.declared.from > last) parts.push([]);
    parts.at(-1)!.push(one);
    last = Math.max(last, one.declared.to);
  }
  return parts;
}

/** Columns that are worked with: counts of units, and sums in tables under rules on contributions. */
const isCompared = (name: string, { guarantee }: Declared): boolean => name === 'count' || (name === 'sum' && guarantee === 'table-control');

/** Sums are compared whatever their unit is. */
const hasCounts = ({ measures }: Declared): boolean => !measures.includes('sum') || measures.includes('count');

/** By rules on groups and without noise. */
const areExact = ({ guarantee }: Declared): boolean => guarantee === 'k-anonymity' || guarantee === 'table-control';

const daysNear = (a: Declared, b: Declared, slack: number): boolean => a.from <= b.to + slack && b.from <= a.to + slack;

/** A field is one-part if a release says so and none says otherwise. */
function onePartOf(group: readonly ReadRelease[], doubt: (reason: 'unitsIn', ...ids: readonly string[]) => void): OnePart | undefined {
  const fields = new Set<string>();
  for (const { declared } of group) {
    for (const [field, part] of declared.unitsIn) {
      const other = group.find((one) => (one.declared.unitsIn.get(field) ?? part) !== part);
      if (other !== undefined) {
        doubt('unitsIn', ...new Set(group.map((one) => one.declared.id)));
        return undefined;
      }
      if (part === 'one-part') fields.add(field);
    }
  }
  const complete = new Map(group.flatMap(({ declared }) => [...declared.complete]));
  return { fields, complete, time: group.length > 0 && group.every(({ declared }) => declared.unitsInTime === 'one-part') };
}

/** One of two releases as a part of the other, if their periods and their numbers allow it. */
function assumeNested(a: ReadRelease, b: ReadRelease, releases: readonly PublishedLike[]): readonly ReadRelease[] | undefined {
  const fits = (inner: ReadRelease, outer: ReadRelease): boolean =>
    outer.declared.from <= inner.declared.from && inner.declared.to <= outer.declared.to &&
    [...inner.cells].every(([id, cell]) => {
      const wide = outer.cells.get(id);
      return wide === undefined || !cell.shown || !wide.shown || cell.lower <= wide.upper;
    });
  const [inner, outer] = fits(a, b) ? [a, b] : [b, a];
  if (!fits(inner, outer)) return undefined;
  // A field that no row has, since it holds a character that no field name of a manifest begins with.
  const part = '\u0000part';
  const wide: Declared = { ...outer.declared, population: outer.declared.population ?? inner.declared.population ?? new Map() };
  const narrow: Declared = { ...inner.declared, population: new Map([...(inner.declared.population ?? wide.population!), [part, new Set(['true'])]]) };
  return [readCells(releases[outer.at]!, wide, outer.at) ?? outer, readCells(releases[inner.at]!, narrow, inner.at) ?? inner];
}

/** A family of wider cells is met in every narrower one. */
function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ kind, measure, group, certainty }) => {
    const id = JSON.stringify([kind, measure, group, certainty]);
    return seen.has(id) ? false : (seen.add(id), true);
  });
}
