import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dropField, findIdentifiers, keepField, label, mask, pseudonym, remove, scanField, surrogate, treat, treatRecord, wholeField } from '../../../src/identifiers/index.js';
import { isPhoneField } from '../../../src/identifiers/records/phoneField.js';
import { hostileText } from '../treat/hostile.js';

const clean = treatRecord({});
const code = (name: string): unknown => expect.objectContaining({ code: `TOKUMEI_${name}` });
const thrown = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('values', () => {
  test('nested objects, arrays, keys and numbers', () => {
    expect(
      clean({
        text: 'to a@b.jp',
        list: ['03-1234-5678', ['192.0.2.17', 5]],
        deep: { deeper: { ip: '2001:db8:1:2::5' } },
        'owner a@b.jp': true,
        nothing: null,
        none: undefined,
        n: 12.5,
        not: NaN,
        big: 12n,
        when: new Date(5),
      }),
    ).toEqual({
      text: 'to [mail-address]',
      list: ['[telephone-number]', ['[device-address]', 5]],
      deep: { deeper: { ip: '[device-address]' } },
      'owner [mail-address]': true,
      nothing: null,
      none: undefined,
      n: 12.5,
      not: NaN,
      big: 12n,
      when: new Date(5),
    });
  });

  test('numbers that lost their first sign, in fields for telephones only', () => {
    expect(clean({ tel: 9012345678, value: 9012345678 })).toEqual({ tel: '[mobile-or-ip-phone]', value: 9012345678 });
    expect(clean({ contactPhone: 312345678, 携帯番号: '9012345678', fax: 819012345678n, tel_no: '819012345678' })).toEqual({
      contactPhone: '[telephone-number]',
      携帯番号: '[mobile-or-ip-phone]',
      fax: '[mobile-or-ip-phone]',
      tel_no: '[mobile-or-ip-phone]',
    });
    expect(clean({ tel: [9012345678], phone: { home: 312345678 } })).toEqual({ tel: ['[mobile-or-ip-phone]'], phone: { home: '[telephone-number]' } });
    expect(clean({ phones: [{ number: 9012345678 }], 連絡先: '９０１２３４５６７８', contact: ' 90-1234-5678', 自宅: '3 1234 5678' })).toEqual({
      phones: [{ number: '[mobile-or-ip-phone]' }],
      連絡先: '[mobile-or-ip-phone]',
      contact: ' [mobile-or-ip-phone]',
      自宅: '[telephone-number]',
    });
    expect(clean({ contact: 'desk 90-1234-5678x', tel: '2026-12-01', notes: ' 90-1234-5678' })).toEqual({ contact: 'desk 90-1234-5678x', tel: '2026-12-01', notes: ' 90-1234-5678' });
    expect(clean({ tel: -9012345678, phone: 1.5, mobile: 12 })).toEqual({ tel: -9012345678, phone: 1.5, mobile: 12 });
  });

  test('what the name of a field alone can tell: carriers\' ids, addresses, mail spelled out', () => {
    const ids = { 'x-dcmguid': '1a2B3c4', X_UP_SUBNO: '05001012345678_vm', 'x-jphone-uid': 'a1b2c3d4e5f6g7h8', 'x-em-uid': 'u12345678901234567' };
    expect(Object.values(clean(ids))).toEqual(Array(4).fill('[device-address]'));
    expect(clean({ guid: '1a2B3c4', 'x-dcmguid': 'unknown', 'x-up-subno': 'no id' })).toEqual({ guid: '1a2B3c4', 'x-dcmguid': 'unknown', 'x-up-subno': 'no id' });
    expect(clean({ ipv4: '1.2.3.4', x_forwarded_for: '1.2.3.5', version: '1.2.3.4' })).toEqual({ ipv4: '[device-address]', x_forwarded_for: '[device-address]', version: '1.2.3.4' });
    expect(clean({ email: 'taro at example.com', place: 'met at example.com' })).toEqual({ email: '[mail-address]', place: 'met at example.com' });
  });

  test('a lost zero and the number as written give one pseudonym', () => {
    const stage = treatRecord({ others: pseudonym({ key: Uint8Array.from({ length: 32 }, (_, i) => i), context: 'test' }) });
    const forms = [9012345678, '9012345678', '090-1234-5678', 819012345678, '+81 90 1234 5678'];
    expect(new Set(forms.map((tel) => (stage({ tel }) as { tel: string }).tel)).size).toBe(1);
  });

  test.each([
    ['tel', true],
    ['phoneNumber', true],
    ['customer_phone_no', true],
    ['MobileTel', true],
    ['HOME PHONE', true],
    ['電話番号', true],
    ['ご連絡先ＴＥＬ', true],
    ['hotel', false],
    ['telemetry', false],
    ['price', false],
    ['', false],
    ['headphones', false],
  ])('%s names a telephone: %s', (name, expected) => {
    expect(isPhoneField(name)).toBe(expected);
  });

  test('keys that become the same stay apart, whatever they were', () => {
    expect(Object.keys(clean({ 'a@b.jp': 1, 'c@d.jp': 2, '[mail-address]': 3, '[mail-address]#2': 4, 'e@f.jp': 5 }) as object)).toEqual([
      '[mail-address]',
      '[mail-address]#2',
      '[mail-address]#3',
      '[mail-address]#2#2',
      '[mail-address]#4',
    ]);
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`u${i}@b.jp`, i]));
    const out = clean(many) as Record<string, number>;
    expect(Object.values(out)).toEqual(Object.values(many));
  });

  test('Map and Set are copied with everything in them', () => {
    const out = clean(new Map<unknown, unknown>([['a@b.jp', new Set(['03-1234-5678', 5])], ['c@d.jp', 1], [{ k: 'a@b.jp' }, null], [7, 'x']]));
    expect(out).toEqual(new Map<unknown, unknown>([['[mail-address]', new Set(['[telephone-number]', 5])], ['[mail-address]#2', 1], [{ k: '[mail-address]' }, null], [7, 'x']]));
  });

  test('__proto__ is a field like any other', () => {
    const out = clean(JSON.parse('{"__proto__": {"mail": "a@b.jp"}, "x": 1}')) as Record<string, unknown>;
    expect(Object.getPrototypeOf(out)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(out, '__proto__')?.value).toEqual({ mail: '[mail-address]' });
    expect(({} as Record<string, unknown>)['mail']).toBeUndefined();
  });

  test('the record itself is not changed, and the copy shares no object with it', () => {
    const row = Object.freeze({ list: Object.freeze(['a@b.jp']), o: Object.freeze({ when: Object.freeze(new Date(1)) }) });
    const out = clean(row) as { list: string[]; o: { when: Date } };
    expect(row.list).toEqual(['a@b.jp']);
    expect(out.list).not.toBe(row.list);
    expect(out.o.when).not.toBe(row.o.when);
  });
});

describe('what cannot be treated is refused', () => {
  const cyclic: { self?: unknown } = {};
  cyclic.self = [cyclic];
  class User {
    mail = 'a@b.jp';
  }
  const throwing = new Proxy({}, { ownKeys: () => { throw new Error('a@b.jp'); } });
  const lying = new Proxy({ m: 'x' }, { getOwnPropertyDescriptor: () => { throw new Error('a@b.jp'); } });
  test.each<[string, unknown, string]>([
    ['a cycle', cyclic, 'RECORD_CYCLE'],
    ['a getter', { get mail(): string { return 'a@b.jp'; } }, 'RECORD_VALUE'],
    ['a getter in an array', Object.defineProperty([1], 0, { get: () => 'a@b.jp' }), 'RECORD_VALUE'],
    ['a class instance', new User(), 'RECORD_VALUE'],
    ['an error', new Error('a@b.jp'), 'RECORD_VALUE'],
    ['a function', { toJSON: () => 'a@b.jp' }, 'RECORD_VALUE'],
    ['a symbol', Symbol('a@b.jp'), 'RECORD_VALUE'],
    ['a symbol as key', { [Symbol('a@b.jp')]: 1 }, 'RECORD_VALUE'],
    ['bytes', { bytes: new TextEncoder().encode('a@b.jp') }, 'RECORD_VALUE'],
    ['a boxed text', { s: new String('a@b.jp') }, 'RECORD_VALUE'],
    ['a URL', new URL('mailto:a@b.jp'), 'RECORD_VALUE'],
    ['a promise', Promise.resolve('a@b.jp'), 'RECORD_VALUE'],
    ['a regular expression', /a@b\.jp/, 'RECORD_VALUE'],
    ['a WeakMap', new WeakMap(), 'RECORD_VALUE'],
    ['a proxy of a Map', new Proxy(new Map([['a', 'a@b.jp']]), {}), 'RECORD_VALUE'],
    ['a proxy that throws on its keys', throwing, 'RECORD_READ'],
    ['a proxy that throws on its fields', [lying], 'RECORD_READ'],
    ['a proxy that throws on its prototype', new Proxy({}, { getPrototypeOf: () => { throw new Error('a@b.jp'); } }), 'RECORD_READ'],
    ['an array that lies about its length', new Proxy([], { get: (t, k) => (k === 'length' ? 2 ** 31 : Reflect.get(t, k)) }), 'RECORD_LIMIT'],
  ])('%s', (_, value, expected) => {
    const error = thrown(() => clean({ value }));
    expect(error).toEqual(code(expected));
    expect(`${(error as Error).message} ${JSON.stringify(error)}`).not.toContain('a@b');
    expect((error as Error).cause).toBeUndefined();
  });

  test('too deep, too many, also when shared objects make it so', () => {
    let deep: unknown = 'x';
    for (let i = 0; i < 70; i++) deep = [deep];
    expect(() => clean(deep)).toThrow(code('RECORD_LIMIT'));
    expect(() => treatRecord({}, { maxDepth: 71 })(deep)).not.toThrow();
    let shared: unknown = 'a@b.jp';
    for (let i = 0; i < 40; i++) shared = [shared, shared];
    expect(() => treatRecord({}, { maxValues: 10_000 })(shared)).toThrow(code('RECORD_LIMIT'));
    expect(() => clean(new Array(2_000_000))).toThrow(code('RECORD_LIMIT'));
    expect(() => treatRecord({}, { maxValues: 3 })([1, 2, 3])).toThrow(code('RECORD_LIMIT'));
    expect(treatRecord({}, { maxValues: 4 })([1, 2, 3])).toEqual([1, 2, 3]);
    for (const bad of [0, 1.5, NaN, Infinity, 2000]) expect(() => treatRecord({}, { maxDepth: bad })).toThrow(code('RECORD_LIMITS'));
  });

  test('an object that is met twice, but not within itself, is no cycle', () => {
    const one = { mail: 'a@b.jp' };
    expect(clean([one, one])).toEqual([{ mail: '[mail-address]' }, { mail: '[mail-address]' }]);
  });

  test('what is not enumerable or inherited is not handed on', () => {
    const row = Object.defineProperty(Object.create({ inherited: 'a@b.jp' }, { x: { value: 1, enumerable: true } }), 'hidden', { value: 'a@b.jp' });
    expect(() => clean(row)).toThrow(code('RECORD_VALUE'));
    const plain = Object.defineProperty({ x: 1 }, 'hidden', { value: 'a@b.jp' });
    expect(Reflect.ownKeys(clean(plain))).toEqual(['x']);
  });
});

describe('rules by field', () => {
  const stage = treatRecord(
    { 'mail-address': mask({ keepDomain: true }) },
    { fields: { note: dropField(), id: keepField(), free: scanField({ others: remove() }), mail: wholeField('mail-address', mask({ keepDomain: true })), tel: wholeField('telephone-number'), user: { secret: dropField() }, list: { secret: dropField(), tel: wholeField('telephone-number', mask({ keepLast: 2 })) } } },
  );
  test('drop, keep, scan, whole, nested and in arrays', () => {
    expect(stage({ note: 'a@b.jp', id: 'a@b.jp', free: 'to a@b.jp.', mail: ' a@b.jp ', tel: 'ask Bob', user: { secret: 1, mail: 'a@b.jp' }, list: [{ secret: 2, tel: 9012345678 }, { secret: 3, tel: 'none' }] })).toEqual({
      id: 'a@b.jp',
      free: 'to .',
      mail: '[***@b.jp]',
      tel: '[telephone-number]',
      user: { mail: '[***@b.jp]' },
      list: [{ tel: '[********78]' }, { tel: '[****]' }],
    });
  });
  test('whole: nothing of what was not recognised stays, empty values do', () => {
    const whole = treatRecord({}, { fields: { v: wholeField('device-address') } });
    for (const v of ['a', 'a@b.jp and c@d.jp', ' x ', 0, -1, 1.5, NaN, Infinity, 5n]) expect((whole({ v }) as { v: unknown }).v).toMatch(/^\[(?:device|mail)-address\]$/);
    for (const v of ['', '  ', null, undefined, true]) expect((whole({ v }) as { v: unknown }).v).toBe(v);
    expect(whole({ v: { a: ['x', 1] } })).toEqual({ v: { a: ['[device-address]', '[device-address]'] } });
  });
  test('keep hands on what would be refused', () => {
    const now = (): number => 1;
    expect(treatRecord({}, { fields: { f: keepField() } })({ f: now })).toEqual({ f: now });
  });
  test('a rule named like something of Object.prototype does not come from there', () => {
    expect(treatRecord({}, { fields: {} })({ constructor: 'a@b.jp', toString: 'x' })).toEqual({ constructor: '[mail-address]', toString: 'x' });
  });
  test('refuses rules that are none', () => {
    for (const fields of [[], 'x', null, { a: 'drop' }, { a: { b: 1 } }, { a: label() }]) expect(() => treatRecord({}, { fields: fields as never })).toThrow(code('FIELD_RULES'));
    expect(() => wholeField('mail' as never)).toThrow(code('CLASS'));
    expect(() => wholeField('mail-address', 'x' as never)).toThrow(code('TREAT_POLICY'));
    expect(() => scanField({ mail: label() } as never)).toThrow(code('TREAT_POLICY'));
  });
  test('scope follows every rule', () => {
    expect(stage.scope).toBe('row-local');
    expect(treatRecord({}, { fields: { a: { b: wholeField('mail-address', surrogate()) } } }).scope).toBe('across-rows');
    expect(treatRecord({ others: surrogate() }).scope).toBe('across-rows');
  });
});

/** Names of fields are context: `version` speaks against a dotted quad, so texts and hostile names are tried apart. */
const records = (keys: fc.Arbitrary<string>, texts: fc.Arbitrary<string>): fc.Arbitrary<unknown> =>
  fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, texts, fc.double(), fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(keys, tie('value'), { maxKeys: 4 })),
  })).value;

test.each([
  ['texts', records(fc.constantFrom('a', 'b', 'note'), hostileText)],
  ['keys', records(hostileText, fc.constantFrom('x', 'y'))],
])('any record: no text or key in the copy holds a finding, and the shape is the same (hostile %s)', (_, record) => {
  const stage = treatRecord({}, { recheck: 'always' });
  const texts = (v: unknown): string[] =>
    typeof v === 'string' ? [v] : Array.isArray(v) ? v.flatMap(texts) : typeof v === 'object' && v !== null ? Object.entries(v).flatMap(([key, x]) => [key.replace(/#\d+$/, ''), ...texts(x)]) : [];
  const count = (v: unknown): number => (Array.isArray(v) ? 1 + v.reduce<number>((sum, x) => sum + count(x), 0) : typeof v === 'object' && v !== null ? 1 + Object.values(v).reduce<number>((sum, x) => sum + count(x), 0) : 1);
  fc.assert(
    fc.property(record, (v) => {
      const out = stage(v);
      expect(count(out)).toBe(count(v));
      for (const text of texts(out)) expect(findIdentifiers(text), text).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('a text by itself is treated as treat would', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(clean(text)).toBe(treat({})(text));
    }),
  );
});
