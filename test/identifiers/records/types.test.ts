import { expect, test } from 'vitest';
import type { Personal } from '../../../src/core/index.js';
import { pipe } from '../../../src/core/index.js';
import { personal } from '../../../src/table/index.js';
import { byKind, countOnly, deidentify, dropField, keepField, label, mask, surrogate, treat, treatRecord, wholeField, type RowLocalTreatment } from '../../../src/identifiers/index.js';

// What is checked here is checked by the compiler; the body runs as well, where running it throws nothing.
interface Visit {
  email: string;
  tel: number;
  kind: 'a' | 'b';
  note?: string;
  user: { name: string; age: number };
  list: { secret: string; x: boolean }[];
  when: Date;
}
const visit: Visit = { email: 'a@b.jp', tel: 9012345678, kind: 'a', note: 'x', user: { name: 'n', age: 3 }, list: [{ secret: 's', x: true }], when: new Date(0) };

test('records: what a field may have become', () => {
  const stage = treatRecord({ 'mail-address': mask() }, { fields: { note: dropField(), user: { name: wholeField('mail-address') }, list: { secret: dropField() }, kind: keepField() } });
  const out = stage(visit);
  const texts: [string, string, 'a' | 'b', Date] = [out.email, out.user.name, out.kind, out.when];
  const numbers: (number | string)[] = [out.tel, out.user.age];
  const list: { x: boolean }[] = out.list;
  // @ts-expect-error dropped
  expect(out.note).toBeUndefined();
  // @ts-expect-error dropped in each element
  expect(list[0]?.secret ?? out.list[0]?.secret).toBeUndefined();
  // @ts-expect-error a number may have become text
  const tel: number = out.tel;
  expect([texts.length, numbers.length, typeof tel]).toEqual([4, 2, 'string']);
  expect([visit].map((row) => stage(row))).toHaveLength(1);
});

test('records: a misspelt field is an error', () => {
  const stage = treatRecord({}, { fields: { emial: dropField() } });
  // @ts-expect-error no such field
  expect(stage(visit).email).toBe('[mail-address]');
});

test('policies: a misspelt class is an error', () => {
  // @ts-expect-error no such class
  expect(() => treat({ 'mail-adress': label() })).toThrow();
  // @ts-expect-error no treatment
  expect(() => treat({ 'mail-address': 'label' })).toThrow();
});

test('scopes', () => {
  const local: 'row-local'[] = [treat({}).scope, treat({ 'mail-address': mask(), others: label() }).scope, treatRecord({}, { fields: { a: wholeField('mail-address') } }).scope, byKind({ a: label() }, mask()).scope];
  const across: 'across-rows'[] = [treat({ others: surrogate() }).scope, treat({ 'mail-address': label(), others: countOnly() }).scope, treatRecord({}, { fields: { a: { b: wholeField('mail-address', surrogate()) } } }).scope, byKind({ a: surrogate() }).scope];
  expect([new Set(local), new Set(across)]).toEqual([new Set(['row-local']), new Set(['across-rows'])]);
  // @ts-expect-error a surrogate remembers
  const wrong: RowLocalTreatment = surrogate();
  expect(wrong.scope).toBe('across-rows');
});

test('deidentify: in a pipe, with the row type from the door', () => {
  const rows = [{ userId: 'u1', query: 'a@b.jp', count: 3, app: 'maps' as const, note: 'x' }];
  const out = pipe(personal(rows, { unit: 'user', unitOf: 'userId' }), deidentify({ 'mail-address': mask() }, { fields: { note: dropField(), app: keepField() } }));
  const typed: Personal<{ query: string; count: number; app: 'maps' }, 'user'> = out;
  // @ts-expect-error dropped
  const wrong: Personal<{ note: string }, 'user'> = out;
  expect([String(typed), String(wrong)]).toEqual(['[Personal: withheld]', '[Personal: withheld]']);
  const plain: Personal<{ query: string; count: number; app: string; note: string }, 'user'> = pipe(personal(rows, { unit: 'user', unitOf: 'userId' }), deidentify());
  expect(String(plain)).toBe('[Personal: withheld]');
});

test('deidentify: what remembers other rows is an error, in the type and when run', () => {
  // @ts-expect-error across-rows
  expect(() => deidentify({ others: surrogate() })).toThrow(expect.objectContaining({ code: 'TOKUMEI_DEIDENTIFY_SCOPE' }));
  const door = personal([{ userId: 'u1', query: 'x' }], { unit: 'user', unitOf: 'userId', fields: ['query'] });
  // @ts-expect-error across-rows
  expect(() => pipe(door, deidentify({}, { fields: { query: wholeField('mail-address', surrogate()) } }))).toThrow(expect.objectContaining({ code: 'TOKUMEI_DEIDENTIFY_SCOPE' }));
  // @ts-expect-error no such field
  expect(() => pipe(door, deidentify({}, { fields: { qeury: dropField() } }))).toThrow(expect.objectContaining({ code: 'TOKUMEI_FIELD' }));
});
