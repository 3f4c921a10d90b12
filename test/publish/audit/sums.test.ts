import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { hierarchy, kSum, kTable } from '../../../src/kanon/index.js';
import { auditReleases, release, type Population } from '../../../src/publish/index.js';
import { toRanking } from '../../../src/rank/index.js';
import { personal } from '../../../src/table/index.js';
import { everybody, inCountry, made, signed } from './support.js';

const shops = Array.from({ length: 120 }, (_, shop) => ({ shop, region: ['north', 'south', 'east', 'west'][shop % 4]!, goods: ['food', 'tools', 'books'][shop % 3]!, country: shop < 112 ? 'UK' : 'FR', yen: 1000 + ((shop * 37) % 500) }));
type Shop = (typeof shops)[number];
const base = { purpose: 'statistical-service', period: { from: '2026-02-01', to: '2026-02-07', timeZone: 'UTC' } } as const;
const door = { unit: 'shop', unitOf: 'shop' } as const;
const region = hierarchy({ cold: ['north', 'east'], warm: ['south', 'west'] });
const sums = (of: readonly Shop[], k = 3) => pipe(personal(of, door), kSum({ by: 'region', groups: { region }, value: 'yen', k, concentration: { rule: 'p-percent', p: 10 } }));
const total = (of: readonly Shop[]): number => of.reduce((sum, { yen }) => sum + yen, 0);

describe('sums of several releases', () => {
  const all = release({ ...base, id: 'all', population: everybody, previous: 'first' })(sums(shops));
  const uk = shops.filter(({ country }) => country === 'UK');

  test('a part of the same people is refused, and each sum of the rest is named with what it is', () => {
    expect(() => release({ ...base, id: 'uk', population: inCountry('UK'), previous: [all] })(sums(uk))).toThrow(/field 'region' of all with uk \(difference\)/);
    const { findings, undecided } = auditReleases([all, release({ ...base, id: 'uk', population: inCountry('UK'), previous: 'first' })(sums(uk))]);
    expect(undecided).toEqual([]);
    const said = new Map(findings.map(({ group, derived, measure }) => [`${measure} ${String(group.inAll[0]!.key)}`, derived]));
    for (const name of ['north', 'south', 'east', 'west']) {
      const rest = total(shops.filter((shop) => shop.region === name && shop.country !== 'UK'));
      expect(said.get(`sum ${name}`)).toEqual({ from: rest, to: rest });
    }
    expect(findings.every(({ mend }) => mend.includes('kSum'))).toBe(true);
  });

  test('other countries, other days, the same table again and its ranking go out', () => {
    const part = (country: string) => release({ ...base, id: country, population: inCountry(country), previous: 'first' })(sums(shops.filter((shop) => shop.country === country)));
    expect(auditReleases([part('UK'), part('FR')])).toMatchObject({ findings: [], undecided: [] });
    release({ ...base, id: 'next', period: { ...base.period, from: '2026-02-08', to: '2026-02-14' }, population: everybody, previous: [all] })(sums(uk));
    release({ ...base, id: 'again', population: everybody, previous: [all] })(sums(shops));
    release({ ...base, id: 'ranked', population: everybody, previous: [all] })(pipe(sums(shops), toRanking({ measure: 'sum', top: 3 })));
  });

  test('tables by other fields of the same people go out where they share no more than totals, and counts beside them', () => {
    const goods = pipe(personal(shops, door), kSum({ by: 'goods', groups: { goods: ['food', 'tools', 'books'] }, value: 'yen', k: 3 }));
    const second = release({ ...base, id: 'goods', population: everybody, previous: [all] })(goods);
    release({ ...base, id: 'counts', population: everybody, previous: [all, second] })(pipe(personal(shops, door), kTable({ by: 'region', groups: { region }, k: 3 })));
  });

  test('what one table withholds another must not show, nor narrow', () => {
    // One shop in the south and one in the east hold most: the table withholds both.
    const few = shops.filter(({ shop }) => shop < 60).map((one) => (one.shop === 1 || one.shop === 2 ? { ...one, yen: 900_000 } : one));
    const careful = release({ ...base, id: 'careful', population: everybody, previous: 'first' })(sums(few));
    const key = careful.data.find(({ key: name, state }) => state === 'suppressed' && few.some((one) => one.region === name))!.key;
    const open = pipe(personal(few, door), kSum({ by: 'region', groups: { region }, value: 'yen', k: 3 }));
    expect(() => release({ ...base, id: 'open', population: everybody, previous: [careful] })(open)).toThrow(/careful with open \(withheld\)/);
    const { findings } = auditReleases([careful, release({ ...base, id: 'open', population: everybody, previous: 'first' })(open)]);
    const truth = total(few.filter((one) => one.region === key));
    expect(findings.find(({ kind, group }) => kind === 'withheld' && group.inAll[0]!.key === key)!.derived).toEqual({ from: truth, to: truth });
    // A part of it is shown: the whole is at least that.
    const part = few.filter(({ shop }) => shop % 8 !== 2 || shop === 2);
    const narrower = auditReleases([careful, release({ ...base, id: 'part', population: { where: { batch: 'most' }, unitsIn: { batch: 'one-part' } }, previous: 'first' })(pipe(personal(part, door), kSum({ by: 'region', groups: { region }, value: 'yen', k: 3 })))]);
    expect([...narrower.findings.map(({ kind }) => kind), ...narrower.undecided.map(({ reason }) => reason)].length).toBeGreaterThan(0);
  });

  test('another grid is undecided, and so is a population that nobody declared', () => {
    const coarse = pipe(personal(shops, door), kSum({ by: 'region', groups: { region }, value: 'yen', k: 3, step: 100 }));
    expect(() => release({ ...base, id: 'coarse', population: everybody, previous: [all] })(coarse)).toThrow(/cannot be compared \(measure\)/);
    expect(() => release({ ...base, id: 'silent', previous: [all] })(sums(uk))).toThrow(/cannot be compared \(population\)/);
  });

  test('one is refused although only a line of an earlier release is given away, in tables of many groups', () => {
    const wide = Array.from({ length: 60 }, (_, at) => `g${at}`);
    const rows = wide.flatMap((group, at) => Array.from({ length: at < 2 ? 2 : 5 }, (_, i) => ({ shop: 10 * at + i, group, yen: 100 + i })));
    for (const table of [(k: number) => pipe(personal(rows, door), kSum({ by: 'group', groups: { group: wide }, value: 'yen', k })), (k: number) => pipe(personal(rows, door), kTable({ by: 'group', groups: { group: wide }, k }))]) {
      const first = release({ ...base, id: 'first', population: everybody, previous: 'first' })(table(4) as ReturnType<typeof sums>);
      expect(first.data.some(({ state }) => state === 'suppressed')).toBe(true);
      expect(() => release({ ...base, id: 'second', population: everybody, previous: [first] })(table(2) as ReturnType<typeof sums>)).toThrow(/first with second \(withheld\)$/);
    }
  });
});

/** An independent answer: all whole-numbered sums over the finest parts, gone through one by one. */
const CITIES = ['a', 'b', 'c'];
const PLANS = ['x', 'y'];
const PARTS = CITIES.flatMap((city) => PLANS.map((plan) => ({ city, plan })));
const MOST = 7;

function worldsOf(sum: number): readonly (readonly number[])[] {
  const out: number[][] = [];
  const go = (world: number[], left: number): void => {
    if (world.length === PARTS.length - 1) return void out.push([...world, left]);
    for (let n = 0; n <= left; n++) go([...world, n], left - n);
  };
  go([], sum);
  return out;
}

interface Spec { readonly cities: readonly string[] | undefined; readonly plans: readonly string[] | undefined; readonly hidden: boolean }
const spec: fc.Arbitrary<Spec> = fc.record({
  cities: fc.option(fc.subarray(CITIES, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  plans: fc.option(fc.subarray(PLANS, { minLength: 1, maxLength: 1 }), { nil: undefined }),
  hidden: fc.boolean(),
});

test('ranges are those that all worlds have in common, and no derivable sum of a nested line is missed', () => {
  let found = 0;
  let zeros = 0;
  fc.assert(
    fc.property(fc.array(spec, { minLength: 1, maxLength: 3 }), fc.array(fc.integer({ min: 0, max: 2 }), { minLength: PARTS.length, maxLength: PARTS.length }), (specs, world) => {
      const all: readonly Spec[] = [{ cities: CITIES, plans: PLANS, hidden: false }, ...specs];
      const isIn = (s: Spec, part: (typeof PARTS)[number]): boolean => (s.cities?.includes(part.city) ?? true) && (s.plans?.includes(part.plan) ?? true);
      const bits = all.map((s) => PARTS.reduce((sum, part, at) => sum | (isIn(s, part) ? 1 << at : 0), 0));
      const sumOf = (w: readonly number[], set: number): number => w.reduce((sum, n, at) => sum + ((set >> at) & 1 ? n : 0), 0);
      const sum = sumOf(world, bits[0]!);
      fc.pre(sum <= MOST);
      const fitting = worldsOf(sum).filter((w) => all.every((s, at) => s.hidden || sumOf(w, bits[at]!) === sumOf(world, bits[at]!)));
      const range = (of: readonly (readonly number[])[], set: number): readonly [number, number] => {
        const values = of.map((w) => sumOf(w, set));
        return [Math.min(...values), Math.max(...values)];
      };
      const releases = all.map((s, at) => {
        const where = { city: s.cities ?? CITIES, plan: s.plans ?? PLANS };
        const population: Population = { where, unitsIn: { city: 'several', plan: 'several' } };
        const base = made({ id: `r${at}`, population, guarantee: 'table-control', k: 3, lines: [] });
        const line = { key: 'lamp', state: s.hidden ? 'suppressed' : 'value', sum: s.hidden ? null : sumOf(world, bits[at]!) };
        return signed({ data: [line], manifest: { ...base.manifest, measures: [{ name: 'sum', what: 'sum of yen', noise: { law: 'none' }, step: 1 }], parameters: { value: 'yen', k: 3, smallCellRange: 0.2, concentration: [], zeros: 'suppressed' } } });
      });
      const { findings, undecided } = auditReleases(releases);
      expect(undecided.filter(({ reason }) => reason !== 'interval')).toEqual([]);
      const setOf = (lines: readonly { readonly release: string }[]): readonly number[] => lines.map(({ release: id }) => bits[Number(id.slice(1))]!);
      const reported: number[] = [];
      for (const { measure, kind, group, derived, lines } of findings) {
        expect(measure).toBe('sum');
        const set = setOf(group.inNone).reduce((left, other) => left & ~other, setOf(group.inAll).reduce((left, other) => left & other));
        expect([derived.from, derived.to]).toEqual(range(fitting, set));
        expect(kind === 'zero-difference').toBe(derived.to === 0 && group.inNone.length > 0);
        // Without any one of its lines it does not follow.
        for (const gone of lines) {
          const left = worldsOf(sum).filter((w) => lines.every((line) => line === gone || !line.shown || sumOf(w, bits[Number(line.release.slice(1))]!) === sumOf(world, bits[Number(line.release.slice(1))]!)));
          if (gone.shown && gone.release !== 'r0' && lines.some(({ release: id }) => id === 'r0')) expect(range(left, set)).not.toEqual([derived.from, derived.to]);
        }
        reported.push(set);
        found++;
        if (kind === 'zero-difference') zeros++;
      }
      const known = ([low, high]: readonly [number, number]): boolean => low === high || high * 0.8 <= low * 1.2;
      const loose = undecided.length > 0;
      all.forEach((s, a) => {
        if (s.hidden) {
          const [low, high] = range(fitting, bits[a]!);
          // Its own table says nothing of it, so whatever is known comes from the others.
          if (known([low, high])) expect(reported).toContain(bits[a]);
          else if (low > 0) expect(loose).toBe(true);
        }
        all.forEach((_, b) => {
          const rest = bits[a]! & ~bits[b]!;
          if (a === b || rest === 0 || (bits[b]! & ~bits[a]!) !== 0 || bits[a] === bits[b]) return;
          // A line of nothing says of all in it, alone, that they are nothing.
          const isShown = all.some((other, at) => !other.hidden && (bits[at] === rest || ((rest & ~bits[at]!) === 0 && sumOf(world, bits[at]!) === 0)));
          if (known(range(fitting, rest)) && !isShown && !isMade(rest, all.flatMap((other, at) => (other.hidden ? [] : [bits[at]!])))) {
            expect(reported.some((set) => (set & ~rest) === 0), JSON.stringify({ all, world, rest })).toBe(true);
          }
        });
      });
    }),
    { numRuns: 300 },
  );
  expect(found).toBeGreaterThan(100);
  expect(zeros).toBeGreaterThan(5);
});

/** Whether some lines without a common row make a set up, by trying. */
const isMade = (set: number, lines: readonly number[]): boolean => set === 0 || lines.some((line) => line !== 0 && (line & ~set) === 0 && isMade(set & ~line, lines));
