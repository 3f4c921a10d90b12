import { expect, test } from 'vitest';
import { TokumeiError } from '../../../src/core/errors.js';
import { openProtected } from '../../../src/core/holders/protected.js';
import { personal } from '../../../src/table/index.js';
import { applyPlan, intervalHierarchy, searchPlan, type ApplyPlanOptions, type Hierarchy, type Plan } from '../../../src/kanon/microdata/index.js';
import { classesBy } from './naive.js';

const age = intervalHierarchy({ from: 0, to: 39, widths: [10] });
const town: Hierarchy = { rows: [['Kobe', 'west', '*'], ['Nara', 'west', '*'], ['Tokyo', 'east', '*']] };
const hierarchies = { age, town };
const door = (rows: readonly object[]) => personal(rows.map((row, id) => ({ id, ...row })), { unit: 'person', unitOf: 'id' }) as never;
const people = Array.from({ length: 60 }, (_, i) => ({ age: (i * 7) % 40, town: ['Kobe', 'Nara', 'Tokyo'][(i * i) % 3]!, pay: i / 4 }));
const options = { quasiIdentifiers: { age: { hierarchy: age }, town: { hierarchy: town } } as never, models: [{ model: 'k-anonymity', k: 4 }] as const, suppressionLimit: 0.1, objective: { measure: 'loss' } as const };
const made = async (): Promise<Plan> => JSON.parse(JSON.stringify((await searchPlan(door(people), options)).figures.plan)) as Plan;
const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof TokumeiError ? error.code : String(error);
  }
  return 'nothing thrown';
};

test('a plan changed by hand is refused where it no longer makes sense', async () => {
  const plan = await made();
  const tampered = (change: object, o: ApplyPlanOptions = { hierarchies }): string => code(() => applyPlan({ ...plan, ...change } as Plan, o));
  const [first, second] = plan.fields;
  expect(tampered({})).toBe('nothing thrown');
  for (const steps of [[], [[]], [[1]], [[1, 1, 1]], [[0.5, 1]], [[-1, 1]], [[1, 9]], [['1', 1]], [null], 'x', [[Number.NaN, 1]], [[1, 1], null]]) expect(tampered({ steps })).toBe('TOKUMEI_PLAN');
  for (const fields of [[], null, [null], [first, first], [first], [{ ...first, missing: 'ignore' }, second], [{ ...first, unseen: 'keep' }, second]]) expect(tampered({ fields })).toMatch(/TOKUMEI_PLAN/);
  expect(tampered({ fields: [{ ...first, height: 7 }, second] })).toBe('TOKUMEI_PLAN');
  expect(tampered({ fields: [{ ...first, hierarchy: second!.hierarchy }, second] })).toBe('TOKUMEI_PLAN_HIERARCHY');
  for (const models of [[], null, [null], [{ model: 'k-anonymity', k: 1 }], [{ model: 'k-anonymity', k: '4' }], [{ model: 'k-anonymity' }], [{ model: 'trust me' }], [{ model: 'k-anonymity', k: 4 }, { model: 't-closeness', t: 0.1, sensitive: 'pay', distance: 'far' }]]) expect(tampered({ models })).toBe('TOKUMEI_MODEL');
  for (const suppressionLimit of [-1, 2, Number.NaN, '0.5', null]) expect(tampered({ suppressionLimit })).toBe('TOKUMEI_PLAN');
  for (const ties of [undefined, 'any', 1]) expect(tampered({ ties })).toBe('TOKUMEI_PLAN');
  for (const objective of [undefined, null, { measure: 'joy' }, { measure: 'loss', gs: 2 }]) expect(tampered({ objective })).toBe('TOKUMEI_OBJECTIVE');
  expect(tampered({ planVersion: 2 })).toBe('TOKUMEI_PLAN');
  expect(code(() => applyPlan(null as never, { hierarchies }))).toBe('TOKUMEI_PLAN');
  expect(tampered({}, { hierarchies: { age } as never })).toBe('TOKUMEI_PLAN_HIERARCHY');
  expect(tampered({}, { hierarchies: null as never })).toBe('TOKUMEI_PLAN_HIERARCHY');
  // Average risk looks at the table as a whole: it does not hold for the steps of a local plan together.
  expect(tampered({ steps: [plan.steps[0], [1, 2]], models: [{ model: 'k-anonymity', k: 4 }, { model: 'average-risk', risk: 0.2 }] })).toBe('TOKUMEI_PLAN_MODELS');
  for (const release of [['age'], [''], [1], 'pay', ['pay', 'pay']]) expect(tampered({}, { hierarchies, release: release as never })).toBe('TOKUMEI_RELEASE_FIELDS');
});

test('whatever levels a plan names, what is released is k-anonymous, and the guarantee names the k of the plan', async () => {
  const plan = await made();
  for (let a = 0; a <= 2; a++) for (let b = 0; b <= 2; b++) for (const k of [2, 4, 61]) {
    const result = applyPlan({ ...plan, steps: [[a, b], [2, 2]], models: [{ model: 'k-anonymity', k }] } as Plan, { hierarchies, beyondLimit: 'suppress' })(door(people));
    expect(result.guarantee).toEqual({ kind: 'k-anonymity', unit: 'person', k });
    for (const members of classesBy(openProtected(result, 'test').value as never, ['age', 'town']).values()) expect(members.length).toBeGreaterThanOrEqual(k);
  }
});

test('all rows suppressed: nothing is released, or the plan is refused', async () => {
  const plan = { ...(await made()), models: [{ model: 'k-anonymity', k: 1000 }] } as Plan;
  const { value, report } = openProtected(applyPlan(plan, { hierarchies, beyondLimit: 'suppress' })(door(people)), 'test');
  expect(value).toEqual([]);
  expect(report!.figures).toMatchObject({ rows: 60, released: 0, suppressed: 60, attainedK: null });
  expect(code(() => applyPlan(plan, { hierarchies })(door(people)))).toBe('TOKUMEI_SUPPRESSION_LIMIT');
});

test('new rows with values that the hierarchies do not know follow the policy of the plan', async () => {
  const plan = await made();
  const apply = (unseen: string, rows: readonly object[]) => applyPlan({ ...plan, fields: plan.fields.map((field) => ({ ...field, unseen })) } as Plan, { hierarchies, beyondLimit: 'suppress' })(door(rows));
  const odd = [{ age: 40, town: 'Kobe' }, { age: Number.NaN, town: 'Nara' }, { age: 2 ** 53, town: 'Nara' }, { age: 20.5, town: 'Tokyo' }, { age: {}, town: 'Tokyo' }];
  for (const row of odd) expect(code(() => apply('reject', [...people, row]))).toBe('TOKUMEI_UNSEEN_VALUE');
  expect(openProtected(apply('suppress', [...people, ...odd]), 'test').report!.figures).toMatchObject({ rows: 60, unseen: 5 });
  // A wildcard is a value of its own that counts for nobody else: five of them fill no class of four with others.
  for (const members of classesBy(openProtected(apply('wildcard', [...people, ...odd]), 'test').value as never, ['age', 'town']).values()) expect(members.length).toBeGreaterThanOrEqual(4);
  // -0 is 0, and a number as text is that number.
  const zeros = openProtected(apply('reject', [...people, { age: -0, town: 'Kobe' }, { age: '0', town: 'Kobe' }]), 'test').report!.figures;
  expect(zeros).toMatchObject({ rows: 62, unseen: 0 });
});

test('released fields keep fractions; NaN is missing, and objects are refused', async () => {
  const plan = await made();
  const run = (rows: readonly object[]) => openProtected(applyPlan(plan, { hierarchies, release: ['pay'], beyondLimit: 'suppress' })(door(rows)), 'test').value;
  expect(new Set(run(people).map((row) => row['pay'])).size).toBeGreaterThan(40);
  expect(run(people.map((row) => ({ ...row, pay: Number.NaN }))).every((row) => row['pay'] === null)).toBe(true);
  expect(code(() => run(people.map((row) => ({ ...row, pay: { amount: 1 } }))))).toBe('TOKUMEI_COLUMNS');
});

test('fields whose names are whole numbers keep their own levels, in whatever order a plan lists them', async () => {
  const rows = people.map((row) => ({ 7: row.age, 3: row.town }));
  const { plan } = (await searchPlan(door(rows), { ...options, quasiIdentifiers: { 7: { hierarchy: age }, 3: { hierarchy: town } } as never })).figures;
  const turned = { ...plan, fields: [...plan.fields].reverse(), steps: plan.steps.map((levels) => [...levels].reverse()) };
  const shown = (one: Plan) => [...classesBy(openProtected(applyPlan(one, { hierarchies: { 7: age, 3: town } })(door(rows)), 'test').value as never, ['7', '3']).keys()].sort();
  expect(shown(turned)).toEqual(shown(plan));
});

test('a search can be stopped on its way, and tells how far it is', async () => {
  const fields = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  let state = 3;
  const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) >>> 16;
  const rows = Array.from({ length: 5000 }, () => Object.fromEntries(fields.map((field) => [field, next() % 32])));
  const hierarchy = intervalHierarchy({ from: 0, to: 31, widths: [2, 4, 8, 16] });
  const stop = new AbortController();
  const seen: number[] = [];
  const search = searchPlan(door(rows), {
    quasiIdentifiers: Object.fromEntries(fields.map((field) => [field, { hierarchy }])) as never,
    models: [{ model: 'k-anonymity', k: 5 }], suppressionLimit: 0.3, objective: { measure: 'loss' }, signal: stop.signal,
    onProgress: ({ done }) => {
      seen.push(done);
      if (seen.length === 2) stop.abort(new Error('enough'));
    },
  });
  await expect(search).rejects.toThrow('enough');
  expect(seen[1]).toBeGreaterThan(seen[0]!);
});
