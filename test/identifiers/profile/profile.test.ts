import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findIdentifiers, profile } from '../../../src/identifiers/index.js';
import { OperatorReport } from '../../../src/core/index.js';
import { hostileText } from '../treat/hostile.js';

const code = (name: string): unknown => expect.objectContaining({ code: `TOKUMEI_${name}` });

test('says which columns hold which classes, how sure and how many', () => {
  const report = profile([
    { contact: 'yamada@example.com', note: 'call 03-1234-5678 or 090-1234-5678', n: 1, tags: ['x', '192.0.2.17'], user: { tel: 9012345678 } },
    { contact: 'sato@example.com', note: 'nothing', n: 2, tags: [], user: { tel: 312345678 } },
    { contact: ' tanaka@docomo.ne.jp ', note: null, n: null, 'x a@b.jp': 'y' },
  ]);
  const { rows, columns } = report.figures;
  expect(rows).toBe(3);
  expect(columns.map((c) => [c.column, c.values, c.found, c.holds])).toEqual([
    ['contact', 3, 3, 'identifier'],
    ['note', 2, 1, 'text'],
    ['n', 2, 0, 'clear'],
    ['tags[]', 2, 1, 'text'],
    ['user.tel', 2, 2, 'identifier'],
    ['x [mail-address]', 1, 0, 'clear'],
    ['(row)', 0, 0, 'clear'],
  ]);
  expect(columns.map((c) => c.keysFound)).toEqual([0, 0, 0, 0, 0, 0, 1]);
  const contact = columns[0]!.classes['mail-address']!;
  expect(contact).toMatchObject({ values: 3, findings: 3, whole: 3, kinds: { pc: 2, mobile: 1 } });
  expect(contact.score.mean).toBeGreaterThan(0.5);
  expect(columns[1]!.classes).toMatchObject({ 'telephone-number': { values: 1, findings: 1, whole: 0 }, 'mobile-or-ip-phone': { values: 1, findings: 1, whole: 0 } });
});

test('is an operator report: it does not turn into JSON, and holds no value', () => {
  const report = profile([{ 'a@b.jp': 'yamada@example.com' }]);
  expect(report).toBeInstanceOf(OperatorReport);
  expect(() => JSON.stringify(report)).toThrow(code('OPERATOR_REPORT'));
  expect(JSON.stringify(report.figures)).not.toMatch(/yamada|a@b/);
});

test('counts what findIdentifiers finds', () => {
  fc.assert(
    fc.property(fc.array(hostileText, { maxLength: 8 }), (texts) => {
      const [column] = profile(texts.map((text) => ({ text }))).figures.columns;
      const found = texts.map((text) => findIdentifiers(text));
      expect(column?.found ?? 0).toBe(found.filter((list) => list.length > 0).length);
      const total = Object.values(column?.classes ?? {}).reduce((sum, c) => sum + c.findings, 0);
      expect(total).toBe(found.flat().length);
    }),
    { numRuns: 200 },
  );
});

describe('refuses', () => {
  test('free keys beyond the limit, rows that cannot be read, and what is no list', () => {
    const free = Array.from({ length: 30 }, (_, i) => ({ [`k${i}`]: 1 }));
    expect(() => profile(free, { maxColumns: 29 })).toThrow(code('PROFILE_COLUMNS'));
    expect(profile(free, { maxColumns: 30 }).figures.columns).toHaveLength(30);
    expect(() => profile([{ f: () => 1 }])).toThrow(code('RECORD_VALUE'));
    for (const rows of [null, 5, 'text', {}]) expect(() => profile(rows as never)).toThrow(code('ROWS'));
    expect(() => profile([], { maxColumns: 0 })).toThrow(code('PROFILE_COLUMNS'));
  });
  test('nothing is kept from one call to the next', () => {
    profile([{ a: 'a@b.jp' }]);
    expect(profile([]).figures).toEqual({ rows: 0, columns: [] });
  });
});
