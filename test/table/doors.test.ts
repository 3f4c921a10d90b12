import { describe, expect, test } from 'vitest';
import { TokumeiError } from '../../src/core/errors.js';
import { personalColumns, personalTable, where } from '../../src/table/index.js';
import { unwrap } from '../../src/table/table.js';

const SECRET = 'yamada@example.com';
const options = { unit: 'user', unitOf: 'u' } as const;
const secretly = (): never => { throw new Error(SECRET); };

function thrownBy(run: () => unknown): TokumeiError {
  try {
    run();
  } catch (error) {
    return error as TokumeiError;
  }
  throw new Error('nothing was thrown');
}

describe('what the caller’s columns throw does not come through', () => {
  const reader = { length: 2, get 0(): never { return secretly(); }, 1: 'a' };
  const vector = { length: 1, get: secretly };
  const runs: readonly (readonly [string, string, () => unknown])[] = [
    ['a unit', 'TOKUMEI_COLUMNS', () => personalColumns({ u: reader as never, a: [1, 2] }, options as never)],
    ['a field', 'TOKUMEI_COLUMNS', () => where(() => true)(personalColumns({ u: [1, 2], a: reader as never }, options))],
    ['a dictionary', 'TOKUMEI_COLUMNS', () => personalColumns({ u: [1, 2], a: { indices: [0, 1], dictionary: reader as never } }, options)],
    ['an array behind a proxy', 'TOKUMEI_COLUMNS', () => personalColumns({ u: [1, 2], a: new Proxy(['a', 'b'], { get: secretly }) }, options)],
    ['the object', 'TOKUMEI_COLUMNS', () => personalColumns({ get u(): number[] { return secretly(); } }, options)],
    ['a vector', 'TOKUMEI_TABLE', () => personalTable<{ u: string }>()({ numRows: 1, schema: { fields: [{ name: 'u' }] }, getChild: () => vector }, options)],
    ['a table', 'TOKUMEI_TABLE', () => personalTable<{ u: string }>()({ numRows: 1, schema: { fields: [{ name: 'u' }] }, getChild: secretly }, options)],
  ];
  test.each(runs)('%s', (_, code, run) => {
    const error = thrownBy(run);
    expect(error).toBeInstanceOf(TokumeiError);
    expect(error.code).toBe(code);
    expect(`${error.message}${error.stack}${String(error.cause)}`).not.toContain(SECRET);
  });
});

test.each([-1, 1.5, NaN, 2 ** 40, '2'])('a column whose length is %s is refused', (length) => {
  expect(thrownBy(() => personalColumns({ u: { length } as never }, options as never)).code).toBe('TOKUMEI_COLUMNS');
});

test('array-likes are copied at the door, and columns that are not kept are not read', () => {
  const a = { length: 2, 0: 'x', 1: 'y' };
  const unread = new Proxy(['p', 'q'], { get: secretly });
  const { columns } = unwrap(personalColumns({ u: [1, 2], a, unread }, { ...options, fields: ['a'] }), 'test');
  a[0] = 'changed';
  expect([...columns.keys()]).toEqual(['a']);
  expect(columns.get('a')!.at(0)).toBe('x');
});
