import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { deidentify, dropField, keepField, label, treat, wholeField, type RowLocalTreatment } from '../../../src/identifiers/index.js';
import { openPersonal } from '../../../src/core/holders/personal.js';
import type { Personal } from '../../../src/core/index.js';
import { valueAt } from '../../../src/table/columns/encode.js';
import { personal, personalColumns } from '../../../src/table/index.js';
import { unwrap } from '../../../src/table/table.js';
import { hostileText } from '../treat/hostile.js';

const code = (name: string): unknown => expect.objectContaining({ code: `TOKUMEI_${name}` });
const rowsOf = (p: unknown): Record<string, unknown>[] => {
  const table = unwrap(p, 'test');
  return Array.from({ length: table.rows }, (_, at) => Object.fromEntries([...table.columns].map(([field, column]) => [field, valueAt(column.input, at)])));
};
const door = <R extends { userId: string }>(rows: R[]): Personal<Omit<R, 'userId'>, 'user'> => personal(rows as { userId: string }[], { unit: 'user', unitOf: 'userId' }) as never;

test('treats every field and leaves the unit alone', () => {
  const p = door([
    { userId: 'a@b.jp', query: 'mail a@b.jp', tel: 9012345678, n: 5, nested: { ip: '192.0.2.17' }, when: new Date(3) },
    { userId: 'c@d.jp', query: 'plain', tel: 12, n: 0.5, nested: { ip: 'x' }, when: new Date(4) },
  ]);
  const out = deidentify()(p);
  expect(rowsOf(out)).toEqual([
    { query: 'mail [mail-address]', tel: NaN, n: 5, nested: { ip: '[device-address]' }, when: new Date(3) },
    { query: 'plain', tel: 12, n: 0.5, nested: { ip: 'x' }, when: new Date(4) },
  ]);
  const { units } = unwrap(out, 'test');
  expect([0, 1].map((at) => units.content(units.codes[at]!))).toEqual(['a@b.jp', 'c@d.jp']);
  expect(String(out)).toBe('[Personal: withheld]');
});

test('each row is what treat gives for its value alone, in every kind of column', () => {
  const stage = treat({});
  fc.assert(
    fc.property(fc.array(hostileText, { minLength: 1, maxLength: 12 }), (texts) => {
      const expected = texts.map((text) => ({ text: stage(text) }));
      expect(rowsOf(deidentify()(door(texts.map((text, i) => ({ userId: `u${i}`, text })))))).toEqual(expected);
      const indices = Int32Array.from(texts, (_, i) => i);
      const columns = personalColumns({ user: indices, text: { indices, dictionary: texts } }, { unit: 'user', unitOf: 'user' });
      expect(rowsOf(deidentify()(columns))).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});

test('a row does not depend on the rows before it', () => {
  fc.assert(
    fc.property(fc.array(hostileText, { minLength: 2, maxLength: 6 }), (texts) => {
      const one = (list: string[]): unknown[] => rowsOf(deidentify()(door(list.map((text) => ({ userId: 'u', text })))));
      expect(one([...texts].reverse())).toEqual(one(texts).reverse());
      expect(one(texts.slice(1))).toEqual(one(texts).slice(1));
    }),
    { numRuns: 100 },
  );
});

test('each distinct value is scanned once', () => {
  const replace = vi.fn(() => '[x]');
  const counting: RowLocalTreatment = { ...label(), replace };
  const rows = Array.from({ length: 1000 }, (_, i) => ({ userId: `u${i}`, q: i % 2 === 0 ? 'a@b.jp' : 'c@d.jp' }));
  const use = (p: Personal<never, 'user'>): unknown => unwrap(p, 'test').columns.get('q')?.coded;
  use(deidentify({ others: counting })(door(rows)) as never);
  expect(replace).toHaveBeenCalledTimes(2);
  replace.mockClear();
  const indices = Int32Array.from({ length: 1000 }, (_, i) => i % 3);
  use(deidentify({ others: counting })(personalColumns({ user: indices, q: { indices, dictionary: ['a@b.jp', 'x', 'c@d.jp'] } }, { unit: 'user', unitOf: 'user' })) as never);
  expect(replace).toHaveBeenCalledTimes(2);
});

test('typed arrays without an identifier stay the same array; with one, that value is NaN', () => {
  const n = Float64Array.of(1, -0, 0.5, NaN, 2e9);
  const p = personalColumns({ user: Int32Array.of(1, 2, 3, 4, 5), n, tel: Float64Array.of(1, 2, 9012345678, 3, 4) }, { unit: 'user', unitOf: 'user' });
  const { columns } = unwrap(deidentify()(p), 'test');
  expect(columns.get('n')?.input).toBe(n);
  expect(rowsOf(deidentify()(p)).map((row) => row['tel'])).toEqual([1, 2, NaN, 3, 4]);
});

describe('rules', () => {
  const p = door([{ userId: 'u', mail: 'Bob', id: 'a@b.jp', note: 'a@b.jp' }]);
  test('drop, keep, whole', () => {
    expect(rowsOf(deidentify<never, 'user'>({}, { fields: { mail: wholeField('mail-address'), id: keepField(), note: dropField() } as never })(p as never))).toEqual([{ mail: '[mail-address]', id: 'a@b.jp' }]);
  });
  test('a rule for a field that is not there is an error where the door declares its fields, and for the unit anywhere', () => {
    const stage = deidentify<never, 'user'>({}, { fields: { nope: dropField() } as never });
    expect(() => stage(personal([{ userId: 'u', q: '' }], { unit: 'user', unitOf: 'userId', fields: ['q'] }) as never)).toThrow(code('FIELD'));
    expect(() => stage(door([]) as never)).not.toThrow();
    // Else one person with that field would decide between an error and a result.
    expect(() => stage(p as never)).not.toThrow();
    expect(() => deidentify<never, 'user'>({}, { fields: { userId: dropField() } as never })(p as never)).toThrow(code('FIELD'));
  });
});

test('the manifest gets the declared policy, nothing of the data', () => {
  const out = deidentify<never, 'user'>({ 'mail-address': label() }, { fields: { q: keepField() } as never })(door([{ userId: 'u', q: 'a@b.jp' }]) as never);
  expect(unwrap(out, 'test').steps.at(-1)).toEqual({ stage: 'deidentify', policy: { 'mail-address': 'label', others: 'label' }, fields: { q: 'keep' } });
});

test('what cannot be treated lets nothing through', () => {
  const cycle: unknown[] = ['a@b.jp'];
  cycle.push(cycle);
  const deep = JSON.parse(`${'['.repeat(65)}"a@b.jp"${']'.repeat(65)}`) as unknown;
  const getter = { get mail() { return 'a@b.jp'; } };
  const thrower = new Proxy({}, { ownKeys: () => { throw new Error('a@b.jp'); } });
  const rows = [() => 'a@b.jp', cycle, deep, getter, thrower, new (class { mail = 'a@b.jp'; })(), 'maps'].map((q) => ({ userId: 'u', q }));
  const out = unwrap(deidentify()(door(rows as never)), 'test').columns.get('q')!;
  expect(rows.map((_, row) => out.at(row))).toEqual([null, null, null, null, null, null, 'maps']);
  expect([...out.coded.codes].map((c) => out.coded.content(c))).toEqual([null, null, null, null, null, null, 'maps']);
  expect(() => deidentify()({} as never)).toThrow(code('NOT_PERSONAL'));
  expect(() => openPersonal({}, 'x')).toThrow(code('NOT_PERSONAL'));
});
