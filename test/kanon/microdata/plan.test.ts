import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openProtected } from '../../../src/core/holders/protected.js';
import { TokumeiError } from '../../../src/core/errors.js';
import { personal } from '../../../src/table/index.js';
import { applyPlan, intervalHierarchy, qualityReport, searchPlan, type Hierarchy, type Plan, type SearchPlanOptions } from '../../../src/kanon/microdata/index.js';

const city: Hierarchy = { rows: [['Tokyo', 'Kanto', '*'], ['Yokohama', 'Kanto', '*'], ['Osaka', 'Kansai', '*'], ['Kobe', 'Kansai', '*']] };
const age = intervalHierarchy({ from: 0, to: 99, widths: [5, 20] });
const cities = city.rows.map((row) => row[0]!);

interface Person {
  readonly id: number;
  readonly age: number | null;
  readonly city: string;
  readonly illness: string;
}

const people = (n: number, shift = 0): Person[] =>
  Array.from({ length: n }, (_, id) => ({ id, age: 20 + ((id * 7 + shift) % 50), city: cities[(id * id + shift) % 4]!, illness: ['cold', 'flu', 'none'][id % 3]! }));

const door = (rows: readonly Person[]): ReturnType<typeof personal<Person, 'person', 'id'>> => personal(rows, { unit: 'person', unitOf: 'id' });
const options = { quasiIdentifiers: { age: { hierarchy: age }, city: { hierarchy: city } }, models: [{ model: 'k-anonymity', k: 5 }], suppressionLimit: 0.1, objective: { measure: 'loss' } } as const;
const hierarchies = { age, city };
const code = async (run: () => unknown): Promise<string> => {
  try {
    await run();
  } catch (error) {
    return error instanceof TokumeiError ? error.code : String(error);
  }
  return 'nothing thrown';
};
const sizesOf = (rows: readonly Readonly<Record<string, unknown>>[]): Map<string, number> => {
  const sizes = new Map<string, number>();
  for (const row of rows) sizes.set(`${String(row['age'])}|${String(row['city'])}`, (sizes.get(`${String(row['age'])}|${String(row['city'])}`) ?? 0) + 1);
  return sizes;
};

test('every released combination stands for at least k units, on the rows searched and on new ones', async () => {
  const { figures } = await searchPlan(door(people(200)), options);
  const plan = JSON.parse(JSON.stringify(figures.plan)) as Plan;
  expect(plan).toEqual(figures.plan);
  expect(plan.check.provenOptimal).toBe(true);
  for (const rows of [people(200), people(90, 3), people(12, 1)]) {
    const result = applyPlan(plan, { hierarchies, release: ['illness'], beyondLimit: 'suppress' })(door(rows) as never);
    const { value, report } = openProtected(result, 'test');
    for (const size of sizesOf(value).values()) expect(size).toBeGreaterThanOrEqual(5);
    expect(value.length + (report!.figures as { suppressed: number }).suppressed).toBe(rows.length);
    expect(result.guarantee).toEqual({ kind: 'k-anonymity', unit: 'person', k: 5 });
    for (const row of value) expect(Object.keys(row)).toEqual(['age', 'city', 'illness']);
  }
});

test('local recoding keeps every combination at k and suppresses no more than full-domain generalization', async () => {
  // Some sparse people besides many that are alike: what suits the many leaves the few to be generalized once more.
  const few = Array.from({ length: 14 }, (_, i) => ({ id: 1000 + i, age: 72 + i, city: cities[i % 2]!, illness: 'flu' }));
  const records = door([...people(300).map((row) => ({ ...row, age: 20 + (row.id % 3), city: cities[row.id % 4]! })), ...few]);
  const full = (await searchPlan(records, options)).figures.plan;
  const local = (await searchPlan(records, { ...options, recoding: 'local' })).figures.plan;
  expect(local.steps.length).toBeGreaterThan(1);
  const { value } = openProtected(applyPlan(local, { hierarchies })(records as never), 'test');
  for (const size of sizesOf(value).values()) expect(size).toBeGreaterThanOrEqual(5);
  expect(local.check.suppressedRows).toBeLessThanOrEqual(full.check.suppressedRows);
});

test('released rows come in another order than they went in', async () => {
  const rows = people(400);
  const plan = (await searchPlan(door(rows), { ...options, suppressionLimit: 1 })).figures.plan;
  const run = (): string => JSON.stringify(openProtected(applyPlan(plan, { hierarchies, release: ['illness'] })(door(rows) as never), 'test').value);
  expect(run()).not.toBe(run());
});

test('what cannot be done is refused by a code that says why, and no message holds a value of the data', async () => {
  const rows = people(50);
  const search = (change: object, data: readonly Person[] = rows): Promise<string> => code(() => searchPlan(door(data), { ...options, ...change } as never));
  expect(await search({ models: [{ model: 'k-anonymity', k: 1 }] })).toBe('TOKUMEI_MODEL');
  expect(await search({ models: [{ model: 'k-anonymity', k: 51 }] })).toBe('TOKUMEI_NO_PLAN');
  expect(await search({ models: [] })).toBe('TOKUMEI_MODEL');
  expect(await search({ suppressionLimit: 1.5 })).toBe('TOKUMEI_SUPPRESSION_LIMIT');
  expect(await search({ suppressionLimit: Number.NaN })).toBe('TOKUMEI_SUPPRESSION_LIMIT');
  expect(await search({ quasiIdentifiers: {} })).toBe('TOKUMEI_QUASI_IDENTIFIERS');
  expect(await search({ nodeBudget: 0 })).toBe('TOKUMEI_NODE_BUDGET');
  expect(await search({ objective: { measure: 'beauty' } })).toBe('TOKUMEI_OBJECTIVE');
  expect(await search({ models: [{ model: 'k-map', k: 3 }] })).toBe('TOKUMEI_POPULATION');
  expect(await search({ recoding: 'local', models: [{ model: 'average-risk', risk: 0.2 }] })).toBe('TOKUMEI_LOCAL_RECODING');
  expect(await search({ models: [{ model: 'distinct-l-diversity', l: 2, sensitive: 'height' }] })).toBe('TOKUMEI_FIELD');
  expect(await search({}, [])).toBe('TOKUMEI_NO_ROWS');
  expect(await search({}, [...rows, { ...rows[0]! }])).toBe('TOKUMEI_ROWS_PER_UNIT');
  const secret = { ...rows[0]!, id: 99, city: 'Secretville' };
  expect(await search({}, [...rows, secret])).toBe('TOKUMEI_UNSEEN_VALUE');
  await expect(searchPlan(door([...rows, secret]), options)).rejects.not.toThrow(/Secretville/);
  expect(await search({}, [...rows, { ...rows[0]!, id: 99, age: null }])).toBe('TOKUMEI_MISSING_VALUE');
});

test('missing and unseen values: what the caller chose, and a wildcard is nobody\'s k-th row', async () => {
  const four = cities.slice(0, 1).flatMap((name) => [0, 1, 2, 3].map((id) => ({ id, age: 30, city: name, illness: 'cold' })));
  const rows: Person[] = [...four, { id: 9, age: null, city: 'Tokyo', illness: 'flu' }];
  const at = (missing: 'wildcard' | 'own-category', k: number): SearchPlanOptions<'age' | 'city'> => ({
    ...options,
    quasiIdentifiers: { age: { hierarchy: age, missing, maxLevel: 0 }, city: { hierarchy: city } },
    models: [{ model: 'k-anonymity', k }],
    suppressionLimit: 1,
  });
  for (const missing of ['wildcard', 'own-category'] as const) {
    const five = (await searchPlan(door(rows), at(missing, 5))).figures.plan;
    expect(five.check.suppressedRows).toBe(5);
    const plan = (await searchPlan(door(rows), at(missing, 4))).figures.plan;
    expect(plan.check).toMatchObject({ classes: 1, suppressedRows: 1 });
  }
  const unseen = [...people(40), { id: 77, age: 33, city: 'Elsewhere', illness: 'flu' }];
  const quasi = (policy: 'suppress' | 'wildcard'): object => ({ quasiIdentifiers: { age: { hierarchy: age }, city: { hierarchy: city, unseen: policy } }, suppressionLimit: 1 });
  expect((await searchPlan(door(unseen), { ...options, ...quasi('suppress') } as never)).figures.unseenRows).toBe(1);
  expect((await searchPlan(door(unseen), { ...options, ...quasi('wildcard') } as never)).figures.plan.check.rows).toBe(41);
});

test('a plan is refused with another hierarchy, without k-anonymity, or when it would suppress more than it may', async () => {
  const records = door(people(100));
  const { plan } = (await searchPlan(records, { ...options, suppressionLimit: 0 })).figures;
  expect(await code(() => applyPlan(plan, { hierarchies: { age, city: { rows: city.rows.slice(1) } } }))).toBe('TOKUMEI_PLAN_HIERARCHY');
  expect(await code(() => applyPlan({ ...plan, models: [{ model: 'average-risk', risk: 0.5 }] }, { hierarchies }))).toBe('TOKUMEI_PLAN_MODELS');
  expect(await code(() => applyPlan(plan, { hierarchies, release: ['age'] }))).toBe('TOKUMEI_RELEASE_FIELDS');
  expect(await code(() => applyPlan({ ...plan, steps: [[9, 9]] }, { hierarchies }))).toBe('TOKUMEI_PLAN');
  const single = door([{ id: 1, age: 30, city: 'Tokyo', illness: 'flu' }]);
  expect(await code(() => applyPlan(plan, { hierarchies })(single as never))).toBe('TOKUMEI_SUPPRESSION_LIMIT');
  const none = openProtected(applyPlan(plan, { hierarchies })(door([]) as never), 'test');
  expect(none.value).toEqual([]);
});

test('an abort ends a search, progress is told, and the report does not become JSON', async () => {
  const stop = new AbortController();
  stop.abort(new Error('enough'));
  await expect(searchPlan(door(people(50)), { ...options, signal: stop.signal })).rejects.toThrow('enough');
  const report = await searchPlan(door(people(50)), options);
  expect(() => JSON.stringify(report)).toThrow();
});

test('a field called __proto__ and hostile texts pass as values', async () => {
  const odd = ['__proto__', '', '\ud800', 'constructor'];
  const hierarchy: Hierarchy = { rows: odd.map((value) => [value, '*']) };
  const rows = Array.from({ length: 40 }, (_, id) => Object.defineProperty({ id }, '__proto__', { value: odd[id % 4], enumerable: true }) as { id: number });
  const quasi = Object.defineProperty({}, '__proto__', { value: { hierarchy }, enumerable: true });
  const records = personal(rows, { unit: 'person', unitOf: 'id' });
  const { plan } = (await searchPlan(records, { ...options, quasiIdentifiers: quasi } as never)).figures;
  const given = Object.defineProperty({}, '__proto__', { value: hierarchy, enumerable: true });
  const { value } = openProtected(applyPlan(plan, { hierarchies: given })(records as never), 'test');
  expect(value).toHaveLength(40);
  expect(Object.keys(value[0]!)).toEqual(['__proto__']);
});

test('whatever the data, what is released is k-anonymous', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ age: fc.integer({ min: 0, max: 99 }), city: fc.constantFrom(...cities) }), { minLength: 4, maxLength: 60 }), fc.integer({ min: 2, max: 4 }), async (rows, k) => {
      const records = door(rows.map((row, id) => ({ id, ...row, illness: 'none' })));
      const { plan } = (await searchPlan(records, { ...options, models: [{ model: 'k-anonymity', k }], suppressionLimit: 1 })).figures;
      const { value } = openProtected(applyPlan(plan, { hierarchies })(records as never), 'test');
      for (const size of sizesOf(value).values()) expect(size).toBeGreaterThanOrEqual(k);
      expect(value.length).toBe(rows.length - plan.check.suppressedRows);
    }),
    { numRuns: 60, seed: 3 },
  );
});

test('of equally large classes a rule on the table suppresses the dearest first, or as ARX the cheapest; applying the plan does the same', async () => {
  // Thirty rows of one class, and six pairs, three of them in Tokyo: of (7 - j) classes in (42 - 2j) rows, two have to go.
  const rows = Array.from({ length: 42 }, (_, id) => ({ id, age: id < 30 ? 20 : id - (id % 2), city: id < 36 ? 'Tokyo' : 'Osaka', illness: 'flu' }));
  const skewed: Hierarchy = { rows: [['Tokyo', 'Kanto', '*'], ['Yokohama', 'Kanto', '*'], ['Chiba', 'Kanto', '*'], ['Osaka', 'Kansai', '*']] };
  const search = async (ties?: 'dearest' | 'arx') =>
    (await searchPlan(door(rows), {
      quasiIdentifiers: { age: { hierarchy: age, maxLevel: 0 }, city: { hierarchy: skewed, minLevel: 1, maxLevel: 1 } },
      models: [{ model: 'k-anonymity', k: 2 }, { model: 'average-risk', risk: 0.14 }],
      suppressionLimit: 1, objective: { measure: 'loss' }, ...(ties === undefined ? {} : { ties }),
    })).figures.plan;
  const [own, arx] = [await search(), await search('arx')];
  expect([own.ties, arx.ties]).toEqual(['dearest', 'arx']);
  expect([own.check.suppressedRows, arx.check.suppressedRows]).toEqual([4, 4]);
  // Kanto stands for three of four leaves, Kansai for one: suppressing rows of Kanto loses less.
  expect(own.check.scorePerAttribute!['city']).toBeCloseTo((32 * 0.75 + 6 * 0.25 + 4 - 42 / 4) / (42 - 42 / 4), 9);
  expect(arx.check.scorePerAttribute!['city']).toBeCloseTo((36 * 0.75 + 2 * 0.25 + 4 - 42 / 4) / (42 - 42 / 4), 9);
  for (const plan of [own, arx]) {
    const quality = qualityReport(door(rows), plan, { hierarchies: { age, city: skewed } }).figures;
    expect(quality.fields['city']!.loss).toBeCloseTo(plan.check.scorePerAttribute!['city']!, 9);
  }
  expect(await code(() => search('cheapest' as never))).toBe('TOKUMEI_TIES');
});
