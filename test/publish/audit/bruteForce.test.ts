import fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditReleases, type Population } from '../../../src/publish/index.js';
import { made } from './support.js';

/**
 * An independent answer: every unit is a country and a set of visits (day, place), every world a number of units of each
 * sort. All worlds that would have given the same releases are gone through, and the counts of every group in them compared.
 */
const COUNTRIES = ['UK', 'FR', 'XX'];
const DAYS = [16, 17, 18];
const K = 3;
const MOST_UNITS = 9;

interface Spec {
  readonly countries: readonly string[] | undefined;
  readonly from: number;
  readonly to: number;
}

const spec: fc.Arbitrary<Spec> = fc.record({
  countries: fc.option(fc.subarray(COUNTRIES, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  from: fc.constantFrom(...DAYS),
  to: fc.constantFrom(...DAYS),
}).filter(({ from, to }) => from <= to);

/** For each sort of unit, in which releases it is counted; each combination once. */
function sortsOf(specs: readonly Spec[], onePart: boolean, timeOnePart: boolean): readonly number[] {
  // A country that no release names is always possible.
  const rows = [...COUNTRIES, 'elsewhere'].flatMap((country) => DAYS.map((day) => ({ country, day })));
  const sorts = new Set<number>();
  for (let chosen = 1; chosen < 1 << rows.length; chosen++) {
    const own = rows.filter((_, at) => (chosen >> at) & 1);
    if (onePart && own.some(({ country }) => country !== own[0]!.country)) continue;
    if (timeOnePart && own.some(({ day }) => day !== own[0]!.day)) continue;
    let bits = 0;
    specs.forEach(({ countries, from, to }, at) => {
      if (own.some(({ country, day }) => from <= day && day <= to && (countries?.includes(country) ?? true))) bits |= 1 << at;
    });
    if (bits !== 0) sorts.add(bits);
  }
  return [...sorts];
}

function worlds(sorts: number): readonly (readonly number[])[] {
  const out: number[][] = [];
  const go = (world: number[], left: number): void => {
    if (world.length === sorts) return void out.push(world);
    for (let n = 0; n <= left; n++) go([...world, n], left - n);
  };
  go([], MOST_UNITS);
  return out;
}

const countOf = (world: readonly number[], sorts: readonly number[], inside: (bits: number) => boolean): number => world.reduce((sum, n, at) => (inside(sorts[at]!) ? sum + n : sum), 0);

const shownCount = (count: number): number | null => (count >= K ? count : null);

test.each([
  [true, false],
  [false, false],
  [true, true],
])('finds what going through all worlds finds, with one-part country %s and one-part time %s', (onePart, timeOnePart) => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(spec, { minLength: 2, maxLength: 3 }), fc.array(fc.nat(3), { minLength: 7, maxLength: 7 }), (specs, amounts) => {
      const sorts = sortsOf(specs, onePart, timeOnePart);
      const world = sorts.map((_, at) => amounts[at] ?? 0);
      fc.pre(world.reduce((a, b) => a + b, 0) <= 6);
      const published = (w: readonly number[]): readonly (number | null)[] => specs.map((_, at) => shownCount(countOf(w, sorts, (bits) => ((bits >> at) & 1) === 1)));
      const seen = published(world);
      // Units that no release counts change nothing, so every extreme is reached by this many at most.
      fc.pre(seen.reduce<number>((sum, count) => sum + (count ?? K - 1), 0) <= MOST_UNITS);
      const all = worlds(sorts.length);
      const same = all.filter((w) => published(w).every((count, at) => count === seen[at]));
      const alike = all.filter((w) => published(w).every((count, at) => (count === null) === (seen[at] === null)));
      const range = (of: readonly (readonly number[])[], inside: (bits: number) => boolean): readonly [number, number] => {
        const counts = of.map((w) => countOf(w, sorts, inside));
        return [counts.reduce((a, b) => Math.min(a, b)), counts.reduce((a, b) => Math.max(a, b))];
      };
      const releases = specs.map(({ countries, from, to }, at) => {
        const unitsInTime = timeOnePart ? ('one-part' as const) : ('several' as const);
        const part = onePart ? ('one-part' as const) : ('several' as const);
        const population: Population = countries === undefined ? { all: true, unitsIn: { country: part }, unitsInTime } : { where: { country: countries }, unitsIn: { country: part }, unitsInTime };
        return made({ id: `r${at}`, k: K, population, from: `2026-11-${from}`, to: `2026-11-${to}`, lines: [['a', seen[at]!]] });
      });
      const { findings, undecided } = auditReleases(releases);
      expect(undecided).toEqual([]);
      const insideOf = (inAll: number, inNone: number) => (bits: number): boolean => (bits & inAll) === inAll && (bits & inNone) === 0;
      const bitsOf = (lines: readonly { readonly release: string }[]): number => lines.reduce((bits, { release }) => bits | (1 << Number(release.slice(1))), 0);
      const reported = new Map<string, readonly [number, number]>();
      for (const { kind, group, derived } of findings) {
        if (kind === 'net-change') continue;
        const inside = insideOf(bitsOf(group.inAll), bitsOf(group.inNone));
        // Sound: what is said to follow is what all worlds have in common.
        expect([derived.from, derived.to]).toEqual(range(same, inside));
        reported.set(JSON.stringify(sorts.filter(inside)), [derived.from, derived.to]);
        found++;
      }
      // Complete: whatever group of this form is certainly small, and not by the rule alone, is reported, or lies in one that is.
      for (let inAll = 1; inAll < 1 << specs.length; inAll++) {
        for (let inNone = 0; inNone < 1 << specs.length; inNone++) {
          if ((inAll & inNone) !== 0) continue;
          const group = sorts.filter(insideOf(inAll, inNone));
          const alone = specs.some((_, at) => seen[at] !== null && JSON.stringify(sorts.filter((bits) => (bits >> at) & 1)) === JSON.stringify(group));
          if (group.length === 0 || alone) continue;
          const [from, to] = range(same, insideOf(inAll, inNone));
          const rule = range(alike, insideOf(inAll, inNone));
          if (to >= K || (from === rule[0] && to === rule[1])) continue;
          const within = [...reported].some(([sets, [low, high]]) => {
            const wider = JSON.parse(sets) as number[];
            const isPart = group.every((bits) => wider.includes(bits));
            return isPart && (wider.length === group.length ? low === from && high === to : from === 0 && to >= high);
          });
          expect(within, JSON.stringify({ specs, seen, inAll, inNone, from, to, rule })).toBe(true);
        }
      }
    }),
    { numRuns: 250, seed: 6 },
  );
  expect(found).toBeGreaterThan(15);
});
