import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { pipe, type Perturbed, type Protected } from '../../../src/core/index.js';
import { cellKeyCounts, perturbationTable, randomRounding, type CellNoise } from '../../../src/kanon/index.js';
import { auditReleases, release } from '../../../src/publish/index.js';
import { toRanking } from '../../../src/rank/index.js';
import { personal, personalColumns, publicKeys } from '../../../src/table/index.js';
import { seededRandom } from '../../../src/testing/index.js';
import { reveal } from '../../../src/testing/reveal.js';
import { codeOf } from '../../support/codeOf.js';

const secret = Uint8Array.from({ length: 32 }, (_, at) => at);
const noise = perturbationTable({ maximumNoise: 3, variance: 2, forbiddenUpTo: 1 });
const door = { unit: 'user', unitOf: 'user' } as const;

interface Row {
  readonly user: string | number;
  readonly app: string;
  readonly country: string;
}
const APPS = ['maps', 'mail', '__proto__'];
const COUNTRIES = ['UK', 'FR'];
const rows: fc.Arbitrary<readonly Row[]> = fc.array(fc.record({ user: fc.oneof(fc.nat(25), fc.constantFrom('1', 'a', '\ud800')), app: fc.constantFrom(...APPS), country: fc.constantFrom(...COUNTRIES) }), { maxLength: 120 });

const byApp = (of: readonly Row[], over: { secret?: Uint8Array; noise?: CellNoise } = {}) =>
  new Map(reveal(pipe(personal(of, door), cellKeyCounts({ by: 'app', keys: publicKeys(APPS), secret, noise, ...over }))).value.map(({ key, count }) => [key, count]));
const distinct = (of: readonly Row[]): number => new Set(of.map(({ user }) => `${typeof user}${user}`)).size;

describe('cellKeyCounts', () => {
  test('stays within the bound of the number of distinct units, keeps zero, and publishes nothing forbidden', () => {
    fc.assert(
      fc.property(rows, (of) => {
        for (const [app, count] of byApp(of)) {
          const truth = distinct(of.filter((row) => row.app === app));
          expect(Math.abs(count! - truth)).toBeLessThanOrEqual(3);
          expect(count === 0 || count! > 1).toBe(true);
          if (truth === 0) expect(count).toBe(0);
        }
      }),
    );
  });

  test('the same cell has the same noise in every table, in whatever order rows come', () => {
    fc.assert(
      fc.property(rows, fc.func(fc.integer()), (of, order) => {
        const shuffled = [...of, ...of].map((row, at) => [order(at), row] as const).sort((a, b) => a[0] - b[0]).map(([, row]) => row);
        expect(byApp(shuffled)).toEqual(byApp(of));
        // The cell (maps, UK) of a cross is the cell maps of a table over UK.
        const cross = reveal(pipe(personal(of, door), cellKeyCounts({ by: ['app', 'country'], keys: publicKeys(APPS.flatMap((app) => COUNTRIES.map((country) => [app, country] as const))), secret, noise }))).value;
        const uk = byApp(of.filter(({ country }) => country === 'UK'));
        for (const { key, count } of cross) if (key[1] === 'UK') expect(count).toBe(uk.get(key[0]!));
        const columns = { user: of.map(({ user }) => user), app: of.map(({ app }) => app) };
        expect(reveal(pipe(personalColumns(columns, door), cellKeyCounts({ by: 'app', keys: publicKeys(APPS), secret, noise }))).value.map(({ count }) => count)).toEqual([...byApp(of).values()]);
      }),
    );
  });

  test('keys follow the secret and the unit, and the noise over many secrets has the law of its row', () => {
    const of = Array.from({ length: 6 }, (_, user) => ({ user, app: 'maps', country: 'UK' }));
    const seen = new Map<number, number>();
    const runs = 4000;
    for (let run = 0; run < runs; run++) {
      const own = new Uint8Array(16);
      new DataView(own.buffer).setUint32(0, run + 1);
      const change = byApp(of, { secret: own }).get('maps')! - 6;
      seen.set(change, (seen.get(change) ?? 0) + 1);
    }
    const { noise: values, probability } = noise.rows[5]!;
    const chi = values.reduce((sum, v, at) => sum + ((seen.get(v) ?? 0) - runs * probability[at]!) ** 2 / (runs * probability[at]!), 0);
    // Chi-square with 6 degrees of freedom: above 38.26 with probability 1e-6.
    expect(values).toHaveLength(7);
    expect(chi).toBeLessThan(38.26);
  });

  test('random rounding gives the two nearest multiples, the same ones for the same cell, without bias over secrets', () => {
    const rounding = randomRounding({ base: 5 });
    for (let count = 0; count < 12; count++) {
      const outs = Array.from({ length: 5000 }, (_, i) => rounding.publish(count, Math.floor(((i + 0.5) / 5000) * 2 ** 52)));
      expect(outs.every((out) => out % 5 === 0 && Math.abs(out - count) < 5)).toBe(true);
      expect(Math.abs(outs.reduce((a, b) => a + b, 0) / 5000 - count)).toBeLessThan(1e-9);
    }
    const of = Array.from({ length: 13 }, (_, user) => ({ user, app: 'maps', country: 'UK' }));
    expect([10, 15]).toContain(byApp(of, { noise: rounding }).get('maps'));
    expect(byApp(of, { noise: rounding })).toEqual(byApp(of, { noise: rounding }));
  });

  test('says that it is perturbed and no more; states declared parameters only', () => {
    const result = pipe(personal([{ user: 1, app: 'maps' }], door), cellKeyCounts({ by: 'app', keys: publicKeys(['maps']), secret, noise }));
    expectTypeOf(result).toExtend<Protected<unknown, Perturbed<'user'>>>();
    expect(result.guarantee).toEqual({ kind: 'perturbed', unit: 'user', method: 'cell-key' });
    const { statement } = reveal(result);
    const other = reveal(pipe(personal([{ user: 2, app: 'mail' }, { user: 3, app: 'maps' }], door), cellKeyCounts({ by: 'app', keys: publicKeys(['maps']), secret: new Uint8Array(16).fill(9), noise }))).statement;
    expect(JSON.stringify(statement)).toBe(JSON.stringify(other));
    expect(JSON.stringify(statement)).not.toMatch(/epsilon|secret/);
    expect(statement.notCovered.join()).toMatch(/no differential privacy/);
  });

  test('cannot be ranked, and is compared with earlier releases like everything without differential privacy', () => {
    const counted = pipe(personal([{ user: 1, app: 'maps' }], door), cellKeyCounts({ by: 'app', keys: publicKeys(['maps']), secret, noise }));
    expect(() => toRanking()(counted)).toThrow(/measure/);
    const o = { id: 'a', period: { from: '2026-02-01', to: '2026-02-07', timeZone: 'UTC' }, purpose: 'service-information' } as const;
    expect(() => release(o as never)(counted)).toThrow(/previous must be given/);
    const first = release({ ...o, population: { all: true }, previous: 'first' })(counted);
    const zero = pipe(personal([{ user: 1, app: 'mail' }], door), cellKeyCounts({ by: 'app', keys: publicKeys(['maps']), secret, noise }));
    expect(() => release({ ...o, id: 'b', previous: [first] })(zero)).toThrow(/cannot be compared/);
    const published = release({ ...o, id: 'b', population: { where: { country: 'UK' }, unitsIn: { country: 'one-part' } }, previous: 'first' })(zero);
    // Counts that are only known to within 3 narrow, but do not give exact numbers.
    for (const { derived } of auditReleases([first, published]).findings) expect(derived.to - derived.from).toBeGreaterThan(0);
  });

  test('refuses wrong options before any record is seen', () => {
    const code = (over: object): string => codeOf(() => cellKeyCounts<Row, 'user', 'app'>({ by: 'app', keys: publicKeys(['a']), secret, noise, ...over } as never));
    expect(code({})).toBe('no error');
    for (const bad of [new Uint8Array(15), new Uint8Array(32), 'secret', undefined, [1, 2]]) expect(code({ secret: bad })).toBe('TOKUMEI_CELL_KEY');
    for (const bad of [undefined, {}, { publish: (count: number) => count, maximumNoise: 0, method: 'cell-key', parameters: {} }]) expect(code({ noise: bad })).toBe('TOKUMEI_CELL_NOISE');
    expect(code({ keys: undefined })).toBe('TOKUMEI_KEYS');
    expect(code({ by: [] })).toBe('TOKUMEI_BY');
    expect(code({ noise: { ...noise } })).toBe('TOKUMEI_CELL_NOISE');
  });
});

describe('what a differencing test breaks, nobody claims', () => {
  test('one unit less: exact counts fall by one, and the difference is the unit; of these tables nothing is promised against that', () => {
    // A statement may claim only what survives taking one unit away: differential privacy does, these guarantees do not and say so.
    const of = Array.from({ length: 20 }, (_, user) => ({ user, app: 'maps', country: 'UK' }));
    let told = 0;
    for (let leaver = 0; leaver < 20; leaver++) {
      const before = byApp(of).get('maps')!;
      const after = byApp(of.filter(({ user }) => user !== leaver)).get('maps')!;
      if (after !== before) told++;
    }
    // Noise that depends on who is there moves when somebody leaves: the comparison shows that something happened.
    expect(told).toBeGreaterThan(10);
    const { guarantee } = pipe(personal(of, door), cellKeyCounts({ by: 'app', keys: publicKeys(APPS), secret, noise }));
    expect(Object.keys(guarantee).sort()).toEqual(['kind', 'method', 'unit']);
  });

  test('the mean over the parts of a group comes near the truth: noise of this kind can be averaged away', () => {
    // 400 ways to cut the same 60 people in two; each pair of cells sums to the group with fresh noise.
    const people = Array.from({ length: 60 }, (_, user) => user);
    const random = seededRandom('cuts');
    let total = 0;
    const cuts = 400;
    for (let cut = 0; cut < cuts; cut++) {
      const of = people.map((user) => ({ user, app: random.uint32() % 2 === 0 ? 'maps' : 'mail', country: 'UK' }));
      const counts = byApp(of);
      total += counts.get('maps')! + counts.get('mail')!;
    }
    // The standard deviation of the mean is sqrt(2 * 2 / 400) = 0.1: five of them.
    expect(Math.abs(total / cuts - 60)).toBeLessThan(0.5);
  });
});
