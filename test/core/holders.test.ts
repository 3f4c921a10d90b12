import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { makeProtected } from '../../src/core/holders/protected.js';
import { OperatorReport } from '../../src/core/operatorReport.js';
import { TokumeiError } from '../../src/core/errors.js';
import { collectPersonal, personal, personalColumns, where, derive } from '../../src/table/index.js';
import { release } from '../../src/publish/index.js';
import { statementFor } from '../support/statement.js';

const SECRET = 'secret-value-9f3';
const rows = [{ user: SECRET, item: SECRET, note: { deep: SECRET } }];
const guarantee = { kind: 'differential-privacy', unit: 'user', measure: 'pure', epsilon: 1, delta: 0 } as const;

const holders: readonly (readonly [string, object])[] = [
  ['Personal from rows', personal(rows, { unit: 'user', unitOf: 'user' })],
  ['Personal from columns', personalColumns({ user: [SECRET], item: [SECRET] }, { unit: 'user', unitOf: 'user' })],
  ['Protected', makeProtected(guarantee, { value: [{ key: SECRET, count: 3 }], statement: statementFor(guarantee), secure: true })],
];

/** Whatever a program could write down of a value without meaning to. */
const everyView = (value: object): string[] => {
  const holder = value as { constructor: unknown };
  return [
    JSON.stringify(value),
    JSON.stringify({ nested: [value] }),
    JSON.stringify({ ...value }),
    Object.keys(value).join(),
    Object.entries(value).flat().map(String).join(),
    Reflect.ownKeys(value).map(String).join(),
    Object.getOwnPropertyNames(Object.getPrototypeOf(value)).map((name) => `${name}=${String((value as Record<string, unknown>)[name])}`).join(),
    inspect(structuredClone(value), { depth: 9 }),
    inspect(value, { depth: 9, showHidden: true }),
    inspect(value, { depth: 9, showHidden: true, customInspect: false, getters: true }),
    inspect(holder.constructor, { depth: 9, showHidden: true }),
    inspect(Object.getOwnPropertyDescriptors(holder.constructor), { depth: 9, showHidden: true }),
    `${value as never}`,
    String(value),
    (value as never) + '',
  ];
};

describe.each(holders)('%s', (_, holder) => {
  test('shows nothing of its data in any view', () => {
    for (const view of everyView(holder)) expect(view).not.toContain(SECRET);
  });

  test('cannot be made, subclassed or opened through its constructor', () => {
    const Constructor = holder.constructor as new (...args: unknown[]) => object;
    expect(() => new Constructor(Symbol('tokumei'), {})).toThrow(TokumeiError);
    expect(() => new (class extends Constructor {})()).toThrow(TokumeiError);
    expect(Object.isFrozen(holder)).toBe(true);
  });

  test('a copy of it is not it', () => {
    const copy = Object.assign(Object.create(Object.getPrototypeOf(holder) as object) as object, holder);
    expect(() => release({ id: 'x', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' }, purpose: 'service-operation' })(copy as never)).toThrow(/expects the result of an aggregate/);
  });
});

describe('errors', () => {
  const failing: readonly (readonly [string, () => unknown])[] = [
    ['a filter that throws', () => where(() => { throw new Error(SECRET); })(personal(rows, { unit: 'user', unitOf: 'user' }))],
    ['a derived field that throws', () => derive({ x: () => { throw Object.assign(new Error(SECRET), { row: SECRET }); } })(personal(rows, { unit: 'user', unitOf: 'user' }))],
    ['a row that is no object', () => personal([SECRET] as never, { unit: 'user', unitOf: 'user' as never })],
    ['a missing unit', () => personal([{ user: '', item: SECRET }], { unit: 'user', unitOf: 'user', missingUnit: 'reject' })],
    ['columns of unequal length', () => personalColumns({ user: [SECRET], item: [SECRET, SECRET] }, { unit: 'user', unitOf: 'user' })],
  ];

  test.each(failing)('%s: no data in text, stack, cause or properties', (_, run) => {
    let caught: unknown;
    try {
      run();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(TokumeiError);
    const error = caught as TokumeiError;
    expect(error.cause).toBeUndefined();
    for (const view of [error.message, error.stack ?? '', inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), JSON.stringify(Object.getOwnPropertyDescriptors(error))]) {
      expect(view).not.toContain(SECRET);
    }
  });

  test('the message has the form function: parameter must be …, got …', () => {
    const error = new TokumeiError('TOKUMEI_EPSILON_RANGE', { where: 'dpCountUnits', parameter: 'epsilon', expected: 'finite and > 0', received: -1 });
    expect(error.message).toBe('dpCountUnits: epsilon must be finite and > 0, got -1');
  });
});

test('an operator report shows its figures to nobody who did not ask', () => {
  const report = new OperatorReport({ attainedK: 77_777 });
  expect(() => JSON.stringify(report)).toThrow(/not for publication/);
  expect(inspect(report, { showHidden: true })).not.toContain('77777');
  expect({ ...report }).toEqual({});
  expect(report.figures.attainedK).toBe(77_777);
  expect(() => release({ id: 'x', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' }, purpose: 'service-operation' })(report as never)).toThrow(/expects the result of an aggregate/);
});

test('a stream that fails hands nothing on', async () => {
  async function* broken(): AsyncGenerator<{ user: string; item: string }> {
    yield { user: 'a', item: 'b' };
    throw new Error('the disk is gone');
  }
  await expect(collectPersonal(broken(), { unit: 'user', unitOf: 'user' })).rejects.toThrow('the disk is gone');
});

test('an abort ends collecting', async () => {
  const control = new AbortController();
  async function* endless(): AsyncGenerator<{ user: string }> {
    for (let i = 0; ; i++) {
      if (i === 1000) control.abort();
      yield { user: `u${i}` };
    }
  }
  await expect(collectPersonal(endless(), { unit: 'user', unitOf: 'user', signal: control.signal })).rejects.toThrow(/abort/i);
});
