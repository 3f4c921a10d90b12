import { expect, test } from 'vitest';
import { hierarchy, kCountUnits, kSum, kTable, kTables, suppressTable } from '../../../../src/kanon/index.js';
import { release } from '../../../../src/publish/index.js';

const SECRET = 'row 17 of the customers';
const fail = (): never => {
  throw new Error(SECRET);
};
/** An object that fails where this member is read. */
const failing = (name: string, more: object = {}): never => Object.defineProperty({ ...more }, name, { enumerable: true, get: fail }) as never;
const closed = new Proxy({}, { ownKeys: fail, get: fail, getOwnPropertyDescriptor: fail }) as never;
const closedList = new Proxy([], { get: fail }) as never;
const table = { by: 'g', groups: { g: ['a', 'b'] }, k: 3 } as const;
const counted = suppressTable({ unit: 'user', ...table });
const about = { id: 'a', period: { from: '2026-01-01', to: '2026-01-31', timeZone: 'UTC' }, purpose: 'statistical-service', previous: 'first' } as const;
const lines = [{ key: 'total', count: 9 }, { key: 'a', count: 9 }];

const FAILING: readonly (readonly [what: string, code: string, run: () => unknown])[] = [
  ...(['by', 'groups', 'k', 'zeros', 'cost'] as const).flatMap((name) =>
    [kTable, kSum, suppressTable].map((stage) => [`${stage.name}: ${name}`, 'TOKUMEI_OPTIONS', () => (stage as (options: never) => unknown)(failing(name, table))] as const)),
  ['kTable: a proxy', 'TOKUMEI_OPTIONS', () => kTable(closed)],
  ['kCountUnits: k', 'TOKUMEI_OPTIONS', () => kCountUnits(failing('k', { by: 'g' }))],
  ['groups of a field', 'TOKUMEI_GROUPS', () => kTable({ ...table, groups: failing('g') } as never)],
  ['groups as a proxy', 'TOKUMEI_GROUPS', () => kTable({ ...table, groups: closed } as never)],
  ['a tree', 'TOKUMEI_HIERARCHY', () => kTable({ ...table, groups: { g: failing('a') } } as never)],
  ['a tree as a proxy', 'TOKUMEI_HIERARCHY', () => hierarchy(closedList)],
  ['options of a tree', 'TOKUMEI_OPTIONS', () => hierarchy(['a'], failing('total'))],
  ['a rule', 'TOKUMEI_OPTIONS', () => kSum({ ...table, value: 'v', concentration: failing('p', { rule: 'p-percent' }) } as never)],
  ['one of several tables', 'TOKUMEI_OPTIONS', () => kTables({ tables: { one: failing('by', table) }, k: 3 })],
  ['several tables', 'TOKUMEI_LINKED_TABLES', () => kTables({ tables: failing('one'), k: 3 })],
  ['the key of a line', 'TOKUMEI_TABLE_CELLS', () => counted([...lines, failing('key', { count: 0 })])],
  ['the count of a line', 'TOKUMEI_TABLE_CELLS', () => counted([...lines, failing('count', { key: 'b' })])],
  ['a part of a key', 'TOKUMEI_TABLE_CELLS', () => counted([...lines, { key: closedList, count: 0 }])],
  ['lines as a proxy', 'TOKUMEI_TABLE_CELLS', () => counted(closedList)],
  ['a period', 'TOKUMEI_OPTIONS', () => release({ ...about, period: failing('to') })],
  ['a population', 'TOKUMEI_OPTIONS', () => release({ ...about, population: failing('where') })],
  ['a field of a population', 'TOKUMEI_POPULATION_DECLARED', () => release({ ...about, population: { where: failing('country'), unitsIn: { country: 'one-part' } } })],
  ['an allowance', 'TOKUMEI_OPTIONS', () => release({ ...about, allow: [failing('field')] })],
];

test.each(FAILING)('%s that cannot be read is an error of the library, which quotes nothing', (_, code, run) => {
  let caught: unknown;
  try {
    run();
  } catch (error) {
    caught = error;
  }
  expect(caught).toMatchObject({ name: 'TokumeiError', code });
  expect((caught as Error).cause).toBe(undefined);
  expect(`${(caught as Error).message} ${JSON.stringify(caught)}`).not.toContain(SECRET);
});
