import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { escapeHtml, release, toCsv } from '../../src/publish/index.js';
import { makeProtected } from '../../src/core/holders/protected.js';
import { statementFor } from '../support/statement.js';

const dp = { kind: 'differential-privacy', unit: 'user', measure: 'pure', epsilon: 1, delta: 0 } as const;
const published = (data: readonly object[], by: readonly string[] = ['app']) =>
  release({ id: 'r', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' }, purpose: 'service-operation', onIdentifier: 'label' })(
    makeProtected(dp, { value: data, statement: statementFor(dp, { by }), secure: true }),
  );

describe('toCsv', () => {
  test('gives keys their field names, pairs two columns, hidden values nothing', () => {
    const csv = toCsv(published([{ rank: 1, interval: [1, 2], key: 'maps', count: 12 }, { rank: null, interval: null, key: 'mail', count: null }]));
    expect(csv).toBe('rank,interval_low,interval_high,app,count\r\n1,1,2,maps,12\r\n,,,mail,\r\n');
  });

  test('tuples fill the columns of by', () => {
    expect(toCsv(published([{ key: ['maps', 'jp'], count: 3 }], ['app', 'country']))).toBe('app,country,count\r\nmaps,jp,3\r\n');
  });

  test('a field called like a column keeps its keys', () => {
    expect(toCsv(published([{ key: 'maps', state: 'value', count: 3 }], ['count']))).toBe('key_count,state,count\r\nmaps,value,3\r\n');
    expect(toCsv(published([{ rank: 1, interval: [1, 2], key: ['a', 'b'], count: 3 }], ['rank', 'interval_low']))).toBe('rank,interval_low,interval_high,key_rank,key_interval_low,count\r\n1,1,2,a,b,3\r\n');
    expect(toCsv(published([{ key: ['a', 'b'], count: 3 }], ['count', 'key_count']))).toBe('key_key_count,key_count,count\r\na,b,3\r\n');
  });

  test('null and the empty text, a number and its text differ', () => {
    expect(toCsv(published([{ key: null, count: 1 }, { key: '', count: 1 }, { key: 1, count: 1 }, { key: '1', count: 1 }, { key: 'true', count: 1 }]))).toBe('app,count\r\n,1\r\n"",1\r\n1,1\r\n"1",1\r\n"true",1\r\n');
  });

  test.each([' =1+1', '\u00a0=1', '\ufeff=1', '\u200b=1', '﹦1', '﹢1', '−1', '\u3164@x', '\u2800=1'])('%j starts no formula', (key) => {
    expect(toCsv(published([{ key, count: 1 }]))).toContain(`'${key}`);
  });

  test('nothing starts a formula where another separator cuts', () => {
    for (const key of ['a;=1+1', 'a\t=1+1']) expect(toCsv(published([{ key, count: 1 }]))).toContain(`"${key}"`);
  });

  test('any text comes back from a CSV reader, and none starts a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('=1+1', '+A1', '-2', '@x', '\tq', '＝x', 'a"b', 'a,b', 'a\r\nb', '"'))), (keys) => {
        const lines = parse(toCsv(published(keys.map((key) => ({ key, count: 1 })))), { columns: keys.length > 0, skip_empty_lines: false, relax_column_count: true }) as unknown[];
        if (keys.length === 0) return;
        expect(lines).toHaveLength(keys.length);
        for (const line of lines) expect((line as { app: string }).app).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
      }),
    );
  });
});

test('escapeHtml leaves nothing that a browser would act on', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const safe = escapeHtml(text);
      expect(safe).not.toMatch(/[<>"'\u0000]|&(?!amp;|lt;|gt;|quot;|#39;)/);
      expect(safe).not.toMatch(/\p{Surrogate}/u);
    }),
  );
});
