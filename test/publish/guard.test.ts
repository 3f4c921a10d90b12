import { describe, expect, test } from 'vitest';
import { TokumeiError } from '../../src/core/errors.js';
import { makeProtected } from '../../src/core/holders/protected.js';
import type { Key } from '../../src/core/statement.js';
import { denyList, NUMBERING_US } from '../../src/identifiers/index.js';
import { release, type ReleaseDescription } from '../../src/publish/index.js';
import { statementFor } from '../support/statement.js';

const dp = { kind: 'differential-privacy', unit: 'user', measure: 'pure', epsilon: 1, delta: 0 } as const;
const description: ReleaseDescription = { id: 'apps-2026-w47', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'Asia/Tokyo' }, purpose: 'service-information' };
type AnyKey = Key | readonly Key[];
const resultOf = (key: AnyKey, by: readonly string[]) => makeProtected(dp, { value: [{ key, state: 'value', count: 9 }], statement: statementFor(dp, { by }), secure: true });
const publish = (key: AnyKey, by: readonly string[] = ['k'], over: object = {}) => release({ ...description, ...over })(resultOf(key, by));

/** The code of the error, or `published`. */
const outcome = (key: AnyKey, by: readonly string[] = Array.isArray(key) ? ['a', 'b', 'c', 'd'].slice(0, key.length) : ['k'], over: object = {}): string => {
  try {
    publish(key, by, over);
    return 'published';
  } catch (error) {
    return error instanceof TokumeiError ? error.code : String(error);
  }
};
const REFUSED = 'TOKUMEI_IDENTIFIER_IN_OUTPUT';

describe('what is refused', () => {
  test.each<readonly [string, AnyKey]>([
    ['three numbers', [90, 1234, 5678]],
    ['with the code of the country', [81, 90, 12345678]],
    ['two numbers', [90, 12345678]],
    ['beside other fields', ['maps', 90, 1234, 5678]],
    ['an invisible sign in a part', ['090\u200b', '12345678']],
    ['null between', ['090', null, '12345678']],
    ['a mail address in two parts', ['yamada@', 'corp-a.jp']],
  ])('a tuple: %s', (_, key) => expect(outcome(key)).toBe(REFUSED));

  test.each([81312345678, 14155552671, 9012345678, 819012345678])('a number as its text: %s', (key) => {
    expect(outcome(key)).toBe(REFUSED);
    expect(outcome(-key)).toBe(REFUSED);
    expect(outcome(String(key))).toBe(REFUSED);
  });

  test.each([
    ['variation selectors', '0\ufe0f9\ufe0f0\ufe0f1\ufe0f2\ufe0f3\ufe0f4\ufe0f5\ufe0f6\ufe0f7\ufe0f8'],
    ['keycaps', [...'09012345678'].map((digit) => `${digit}\ufe0f\u20e3`).join('')],
    ['a grapheme joiner', '090\u034f1234\u034f5678'],
    ['a Mongolian selector', '090\u180b12345678'],
    ['a Hangul filler', '090\u3164-1234-5678'],
    ['braille blanks', '090\u28001234\u28005678'],
    ['combining marks', '0\u03019\u030101\u03012345678'],
    ['a mail address', 'taro\ufe0f@corp\ufe0f-a.com'],
    ['Arabic digits', '٠٩٠-١٢٣٤-٥٦٧٨'],
    ['Devanagari digits', '०९०-१२३४-५६७८'],
    ['Adlam digits, beyond the first plane', [...'090-1234-5678'].map((c) => (c === '-' ? c : String.fromCodePoint(0x1e950 + Number(c)))).join('')],
    ['kanji digits', '〇九〇-一二三四-五六七八'],
    ['tabs', '090\t1234\t5678'],
    ['newlines', '090\n1234\r\n5678'],
    ['a line separator', '090\u20281234\u20295678'],
    ['hyphens between blanks', '090 - 1234 - 5678'],
    ['two hyphens', '090--1234--5678'],
    ['colons', '090:1234:5678'],
    ['bars', '090|1234|5678'],
    ['bullets', '090•1234•5678'],
    ['underscores', '090_1234_5678'],
    ['full stops of Japanese', '192。168。1。20'],
    ['a written at', 'taro(a)corp-a.com'],
  ])('a text: %s', (_, key) => {
    expect(outcome(key)).toBe(REFUSED);
    expect(outcome(key, ['k'], { onIdentifier: 'suppress' })).toBe('published');
    expect(publish(key, ['k'], { onIdentifier: 'suppress' }).data).toEqual([]);
    expect(publish(key, ['k'], { onIdentifier: 'label' }).data[0]!.key).toMatch(/^\[[a-z-]+\]$/);
  });

  test.each(['k', 'id', 'itemId', 'item_id', 'order', 'orderId', 'price', 'isbn', 'zip', 'serial', '商品番号', 'timestamp', 'tel', 'version'])('whatever the field is called: %s', (field) => {
    for (const key of ['0312345678', '9012345678', 9012345678, '192.168.1.20', 'a@corp-a.jp']) expect(outcome(key, [field])).toBe(REFUSED);
  });

  test.each(['0312345678', '9012345678', 'x 09012345678', 'w47-192.168.1.20', 'apps_090_1234_5678', 'apps-090-1234-5678', 'w47_taro@corp-a.jp'])('a name of a release: %s', (id) => {
    expect(outcome('maps', ['app'], { id })).toBe(REFUSED);
  });

  test('the name of a field, disguised', () => {
    const result = makeProtected(dp, { value: [{ key: 'a', '090\u200b-1234-5678': 3 }], statement: statementFor(dp), secure: true });
    expect(() => release(description)(result)).toThrow(/name of a field/);
  });
});

describe('what passes', () => {
  test.each<AnyKey>([
    'maps', 'YouTube', '地図', 'カラオケ館 新宿店', 'C++', 'F/A-18', '2026-11-22', '2026/11/22', '2026年11月22日', '20261122', '2026112214', '202611221430', '2026-11-22 14:30', '14:30:00', '12:30',
    '2026-11-22T14:30:00+09:00', '1700000000', '1700000000000', '1,200円', '¥1,234,567', '$12.99', '12.5 %', '100-200', '1 - 2', '18-24', '65+', '10000-19999', 'item 12345', 'item 12345-678', 'order 2026-000123',
    'A-1234', 'SKU-90-123', 'iPhone 15 Pro', 'Windows 11', 'v1.2.3', '1.2.3', 'chapter 3: 12', '3:1', '16:9', '〒100-0001', '100-0001', '1000001', '13101', 'JP-13', 'JP', 'ja-JP', '4901234567894', '9784101010014',
    '東京都', '千代田区1-2-3', '1丁目2番3号', 'https://example.jp/items/123', '/items/123', 'a|b', 'x;y', 'node:fs', '#ff8800', 'true', '', ' ', '😀', '🇯🇵', 'é', 'が', 'क्षि', '١٢', 'No. 5', 'page 12 of 34', '1/2', '90 days', '0-9',
  ])('an ordinary key: %j', (key) => {
    expect(outcome(key)).toBe('published');
    expect(outcome(key, ['item'])).toBe('published');
    expect(publish(key, ['k'], { onIdentifier: 'label' }).data[0]!.key).toBe(key);
  });

  test.each([0, 1, 42, 1000, 13101, 20261122, 2026112214, 1000001, 123456789, 1700000000, 1700000000000, 4901234567894, -5])('an ordinary number: %s', (key) => expect(outcome(key)).toBe('published'));

  test.each<readonly [readonly Key[]]>([[['maps', 'jp']], [['2026', '11', '22']], [[2026, 11, 22]], [[2026, 11, 22, 14]], [[2026, 11, 1234]], [[20261122, 14]], [[3, 1234, 5678]], [[13, 101]], [['maps', null]], [['item', 12345, true]], [[1, 2, 3, 4]], [['maps', '100-0001']]])('an ordinary tuple: %j', (key) =>
    expect(outcome(key)).toBe('published'),
  );
});

describe('labels', () => {
  test('a disguised identifier beside a plain one goes as well', () => {
    const key = 'mail a@example.com tel 0\u200b90-12\u200b34-5678';
    expect(publish(key, ['k'], { onIdentifier: 'label' }).data[0]!.key).toMatch(/^\[[a-z-]+\]$/);
  });

  test('nothing is found in what a label leaves', () => {
    for (const key of ['090a@corp-a.jp-1234-5678', 'a@b.jp 03-1234-5678 192.168.1.20', '090-1234-5678090-1234-5678', 'a@corp-a.jp@corp-b.jp']) {
      const [line] = publish(key, ['k'], { onIdentifier: 'label' }).data;
      expect(outcome(line!.key as string)).toBe('published');
    }
  });
});

describe('its options', () => {
  test('regions come on top of Japan and are told', () => {
    for (const regions of [[], [NUMBERING_US], [{ ...NUMBERING_US, code: 'JP' }]]) {
      for (const key of ['090-1234-5678', '03-1234-5678']) expect(outcome(key, ['k'], { identifiers: { regions } })).toBe(REFUSED);
    }
    expect(outcome('(206) 342-8631')).toBe('published');
    expect(outcome('(206) 342-8631', ['k'], { identifiers: { regions: [NUMBERING_US] } })).toBe(REFUSED);
    expect(publish('maps').manifest.guard).toEqual({ onIdentifier: 'refuse', allow: [], regions: ['JP'] });
    expect(publish('maps', ['k'], { identifiers: { regions: [NUMBERING_US, 'JP'] } }).manifest.guard.regions).toEqual(['JP', 'US']);
  });

  test('are checked and copied when the factory is called', () => {
    for (const identifiers of [null, 3, { regions: 'JP' }, { regions: [null] }, { detectors: [{}] }, { detectors: {} }]) {
      expect(() => release({ ...description, identifiers } as never)).toThrow(expect.objectContaining({ code: 'TOKUMEI_GUARD_OPTIONS' }));
    }
    expect(() => release({ ...description, identifiers: { regions: ['ZZ'] } })).toThrow(expect.objectContaining({ code: 'TOKUMEI_REGION' }));
    const regions: (typeof NUMBERING_US)[] = [NUMBERING_US];
    const word = denyList(['secret'], { class: 'device-address' });
    const detectors = [word];
    const stage = release({ ...description, identifiers: { regions, detectors } });
    regions.length = 0;
    detectors.length = 0;
    expect(() => stage(resultOf('(206) 342-8631', ['k']))).toThrow(/telephone-number/);
    expect(() => stage(resultOf('a secret', ['k']))).toThrow(/device-address/);
  });

  test('what an own detector throws is not passed on', () => {
    const find = (text: string): never => {
      throw new Error(`saw ${text}`);
    };
    const detectors = [{ name: 'own', before: 0, after: 0, find }];
    let message = '';
    try {
      publish('hidden-name', ['k'], { identifiers: { detectors } });
    } catch (error) {
      message = `${(error as Error).message} ${(error as Error).stack} ${String((error as Error).cause)} ${(error as TokumeiError).code}`;
    }
    expect(message).toContain('TOKUMEI_DETECTOR');
    expect(message).not.toContain('hidden-name');
  });

  test('are never read through a prototype', () => {
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    const over: Record<string, unknown> = { onIdentifier: 'label', allow: [{ field: 'k', class: 'mobile-or-ip-phone', reason: 'x' }], minScore: 1, classes: [], regions: [], identifiers: { regions: [] }, toJSON: () => 'x' };
    for (const [name, value] of Object.entries(over)) {
      let code: string;
      let manifest: unknown;
      Object.defineProperty(polluted, name, { value, configurable: true, writable: true, enumerable: false });
      try {
        code = outcome('090-1234-5678');
        manifest = publish('maps').manifest.id;
      } finally {
        delete polluted[name];
      }
      expect([name, code, manifest]).toEqual([name, REFUSED, description.id]);
    }
  });
});
