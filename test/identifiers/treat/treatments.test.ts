import { createHmac } from 'node:crypto';
import { aessiv, gcmsiv } from '@noble/ciphers/aes.js';
import { describe, expect, test } from 'vitest';
import { canonicalBytes, sha256, type Mac } from '../../../src/hash/index.js';
import { byKind, findIdentifiers, generalise, keep, label, mask, pseudonym, remove, revealTokens, surrogate, token, treat, type Finding, type Treatment } from '../../../src/identifiers/index.js';
import { lettersOf } from '../../../src/identifiers/treat/treatments/letters.js';
import { nodeHmacSha256 } from '../../../src/node/hmac.js';

const key = Uint8Array.from({ length: 32 }, (_, i) => i);
const finding = (cls: Finding['class'], kind: string, canonical: string, more: Partial<Finding> = {}): Finding => ({ class: cls, kind, start: 0, end: canonical.length, canonical, score: 1, flags: [], ...more });
const as = (treatment: Treatment, f: Finding, written: string = f.canonical): string => treatment.replace(f, written);
const code = (name: string): unknown => expect.objectContaining({ code: `TOKUMEI_${name}` });

describe('policy', () => {
  test('a class that is not named is labelled; keep is the one way to leave it', () => {
    const text = 'yamada@example.com 03-1234-5678';
    expect(treat({})(text)).toBe('[mail-address] [telephone-number]');
    expect(treat({ 'mail-address': mask() })(text)).toBe('[***@***] [telephone-number]');
    expect(treat({ 'mail-address': keep() })(text)).toBe('yamada@example.com [telephone-number]');
    expect(treat({ 'mail-address': keep(), others: remove() })(text)).toBe('yamada@example.com ');
  });

  test.each([
    ['a class that is none', { 'mail-adress': label() }],
    ['no treatment', { 'mail-address': 'label' }],
    ['a half treatment', { 'mail-address': { name: 'x', replace: () => '' } }],
    ['null', null],
    ['text', 'label'],
  ])('refuses %s', (_, policy) => {
    expect(() => treat(policy as never)).toThrow(code('TREAT_POLICY'));
  });

  test('an inherited name is no policy, and __proto__ changes nothing', () => {
    expect(treat(Object.create({ 'mail-address': keep() }) as object)('a@b.jp')).toBe('[mail-address]');
    expect(() => treat(JSON.parse('{"__proto__": 1}') as object)).toThrow(code('TREAT_POLICY'));
  });

  test.each([[42], [null], [undefined], [['a@b.jp']], [new String('a@b.jp')]])('the stage refuses %s', (value) => {
    expect(() => treat({})(value as never)).toThrow(code('TREAT_INPUT'));
  });

  test('a treatment that throws or gives no text lets nothing through, and its error is not repeated', () => {
    const secret = (): never => {
      throw new Error('yamada@example.com');
    };
    for (const replace of [secret, () => undefined as unknown as string, () => null as unknown as string]) {
      let caught: unknown;
      try {
        treat({ others: { ...label(), replace } })('to yamada@example.com');
      } catch (error) {
        caught = error;
      }
      expect(caught).toEqual(code('CALLBACK'));
      expect(`${(caught as Error).stack} ${JSON.stringify(caught)}`).not.toContain('yamada');
      expect((caught as Error).cause).toBeUndefined();
    }
  });

  test('a treatment whose output is found again and again is given up', () => {
    const echo: Treatment = { ...remove(), replace: () => 'x@y.jp' };
    expect(treat({ others: echo })('to a@b.jp')).toBe('to [****]');
  });

  test('scope is row-local only if every treatment is', () => {
    expect(treat({}).scope).toBe('row-local');
    expect(treat({ 'mail-address': label(), others: surrogate() }).scope).toBe('across-rows');
    expect(byKind({ a: label() }).scope).toBe('row-local');
    expect(byKind({ a: surrogate() }).scope).toBe('across-rows');
    expect(byKind({ a: label() }, surrogate()).scope).toBe('across-rows');
  });
});

describe('remove', () => {
  test('what is glued together is starred', () => {
    const take = treat({ 'device-address': remove() });
    expect(take('to 192.0.2.17.')).toBe('to .');
    // Neither side is a number; together they would be one.
    expect(findIdentifiers('tel 090-1234 192.0.2.17 5678').map((f) => f.kind)).toEqual(['ipv4']);
    expect(findIdentifiers('tel 090-1234  5678')).toHaveLength(1);
    expect(take('tel 090-1234 192.0.2.17 5678')).toBe('tel [************]');
  });
});

describe('mask', () => {
  test.each<[Finding, string, Parameters<typeof mask>[0], string]>([
    [finding('mail-address', 'pc', 'yamada@example.com'), 'yamada@example.com', {}, '[***@***]'],
    [finding('mail-address', 'pc', 'yamada@example.com'), 'yamada@example.com', { keepDomain: true }, '[***@example.com]'],
    [finding('mail-address', 'pc', 'yamada@[192.0.2.17]'), 'yamada@[192.0.2.17]', { keepDomain: true }, '[***@***]'],
    [finding('mail-address', 'pc', 'yamada@090-1234-5678.example'), 'x', { keepDomain: true }, '[***@***]'],
    [finding('mail-address', 'pc', 'no at sign'), 'no at sign', { keepDomain: true }, '[***@***]'],
    [finding('mobile-or-ip-phone', 'mobile', '+819012345678'), '090-1234-5678', {}, '[***-****-****]'],
    [finding('mobile-or-ip-phone', 'mobile', '+819012345678'), '090-1234-5678', { keepLast: 4 }, '[***-****-5678]'],
    [finding('mobile-or-ip-phone', 'mobile', '+819012345678'), '０９０（１２３４）５６７８', { keepLast: 2 }, '[***（****）**78]'],
    [finding('mobile-or-ip-phone', 'mobile', '+819012345678'), '〇九〇―一二三四―五六七八', { keepLast: 4 }, '[***―****―5678]'],
    [finding('mobile-or-ip-phone', 'mobile', '+819012345678'), '+81 (0)90-1234-5678', { keepLast: 1 }, '[+** (*)**-****-***8]'],
    [finding('telephone-number', 'x', '+123456'), '123456', { keepLast: 4 }, '[***456]'],
    [finding('telephone-number', 'x', '12'), '12', { keepLast: 4 }, '[*2]'],
    [finding('telephone-number', 'x', '1'), '1', { keepLast: 4 }, '[*]'],
    [finding('device-address', 'ipv4', '192.0.2.17'), '192.0.2.17', { keepLast: 2 }, '[***17]'],
    [finding('device-address', 'ipv4', '1.2.3.4'), '1.2.3.4', { keepLast: 4 }, '[***34]'],
    [finding('device-address', 'mac', '00:00:5e:00:53:01'), '00-00-5E-00-53-01', {}, '[***]'],
  ])('%o as %s with %o', (f, written, options, expected) => {
    expect(as(mask(options), f, written)).toBe(expected);
  });

  test.each([[5], [-1], [1.5], [NaN], ['2'], [Infinity]])('refuses keepLast %s', (keepLast) => {
    expect(() => mask({ keepLast: keepLast as number })).toThrow(code('MASK_KEEP_LAST'));
  });
  test('refuses a keepDomain that is no boolean', () => {
    expect(() => mask({ keepDomain: 1 as never })).toThrow(code('OPTIONS'));
    expect(() => mask(null as never)).toThrow(code('OPTIONS'));
  });
});

describe('generalise', () => {
  const device = (kind: string, canonical: string): string => as(generalise(), finding('device-address', kind, canonical));
  test.each([
    ['ipv4', '192.0.2.17', '[192.0.2.*]'],
    ['ipv4', '192.0.2.0/24', '[192.0.2.*]'],
    ['ipv4', 'not an address', '[device-address]'],
    ['ipv6', '2001:db8:1:2::5', '[2001:db8:1:*]'],
    ['ipv6', '2001:db8::5', '[2001:db8:0:*]'],
    ['ipv6', '::1', '[0:0:0:*]'],
    ['ipv6', '::', '[0:0:0:*]'],
    ['ipv6', 'fe80::1%eth0', '[fe80:0:0:*]'],
    ['ipv6', '1:2:3:4:5:6:7:8', '[1:2:3:*]'],
    ['ipv6', '::ffff:192.0.2.17', '[192.0.2.*]'],
    ['ipv6', '::ffff:c000:211', '[192.0.2.*]'],
    ['ipv6', '1::2::3', '[device-address]'],
    ['ipv6', '1:2:3:4:5:6:7', '[device-address]'],
    ['ipv6', '1:2:3:4:5:6:7:8:9', '[device-address]'],
    ['mac', '00:00:5e:00:53:01', '[00:00:5e:*]'],
    ['mac', '02:00:5e:00:53:01', '[device-address]'],
    ['mac', '00:00:5e:ef:10:00:00:01', '[00:00:5e:*]'],
    ['mac', '00:00', '[device-address]'],
    ['imei', '490154203237518', '[49015420*]'],
    ['imsi', '440101234567890', '[440*]'],
    ['iccid', '8981100000000000000', '[8981*]'],
    ['meid', 'a0000000002329', '[a0000000*]'],
    ['advertising-id', 'ea7583cd-a667-48bc-b806-42ecb2b48606', '[device-address]'],
    ['carrier-device-id', 'x', '[device-address]'],
  ])('%s %s gives %s', (kind, canonical, expected) => {
    expect(device(kind, canonical)).toBe(expected);
  });

  test('numbers and mail', () => {
    const g = generalise();
    expect(as(g, finding('telephone-number', 'fixed-line', '+81312345678', { region: 'JP' }))).toBe('[03-*]');
    expect(as(g, finding('telephone-number', 'fixed-line', '+81422412345', { region: 'JP' }))).toBe('[0422-*]');
    expect(as(g, finding('telephone-number', 'freephone', '+81120123456', { region: 'JP' }))).toBe('[telephone-number:freephone]');
    expect(as(g, finding('telephone-number', 'fixed-line', '+442079460123', { region: 'GB' }))).toBe('[telephone-number:GB]');
    expect(as(g, finding('mobile-or-ip-phone', 'mobile', '+819012345678', { region: 'JP' }))).toBe('[mobile-or-ip-phone:mobile]');
    expect(as(g, finding('mobile-or-ip-phone', 'mobile', '+819012345678', { region: 'JP', operator: 'nttdocomo' }))).toBe('[mobile-or-ip-phone:nttdocomo]');
    expect(as(g, finding('telephone-number', 'unspecified', '+999123'))).toBe('[telephone-number]');
    expect(as(g, finding('mail-address', 'mobile', 'a@docomo.ne.jp', { operator: 'docomo' }))).toBe('[mail-address:docomo]');
    expect(as(g, finding('mail-address', 'pc', 'a@example.com'))).toBe('[mail-address:pc]');
  });

  test("an operator of the caller's own list cannot smuggle an identifier in", () => {
    for (const operator of ['a@b.jp', '090-1234-5678', 'x] 090-1234-5678 [', 'n12345', '', 'x'.repeat(41), '\ud800']) {
      expect(as(generalise(), finding('mail-address', 'mobile', 'a@b.jp', { operator }))).toBe('[mail-address]');
    }
  });

  test('widths', () => {
    expect(as(generalise({ ipv4: 8 }), finding('device-address', 'ipv4', '192.0.2.17'))).toBe('[192.*]');
    expect(as(generalise({ ipv6: 16 }), finding('device-address', 'ipv6', '2001:db8::1'))).toBe('[2001:*]');
    for (const bad of [0, 12, 25, 32, NaN, '24']) expect(() => generalise({ ipv4: bad as 24 })).toThrow(code('GENERALISE_BITS'));
    for (const bad of [0, 47, 56, 64, 128]) expect(() => generalise({ ipv6: bad as 48 })).toThrow(code('GENERALISE_BITS'));
  });
});

describe('pseudonym', () => {
  const p = (options: Partial<Parameters<typeof pseudonym>[0]> = {}): Treatment => pseudonym({ key, context: 'test', ...options });
  const mail = finding('mail-address', 'pc', 'yamada@example.com');

  test('is HMAC-SHA-256 over canonical bytes in letters, as the page says', () => {
    const mac = createHmac('sha256', key).update(canonicalBytes(['tokumei pseudonym 1', 'test', 'mail-address', 'yamada@example.com'])).digest();
    const letters = [...mac.toString('hex')].map((digit) => 'ghijklmnopqrstuv'['0123456789abcdef'.indexOf(digit)]).join('');
    expect(as(p(), mail)).toBe(`[mail-address:${letters.slice(0, 32)}]`);
    expect(as(p({ bits: 256 }), mail)).toBe(`[mail-address:${letters}]`);
    expect(as(p({ bits: 136 }), mail)).toBe(`[mail-address:${letters.slice(0, 34)}]`);
  });

  test('every way of writing joins; class, context and key keep apart', () => {
    const stage = treat({ others: p() });
    expect(new Set(['090-1234-5678', '０９０－１２３４－５６７８', '09012345678', '+81 90-1234-5678'].map(stage)).size).toBe(1);
    const other = Uint8Array.from(key).fill(9, 0, 1);
    const all = [as(p(), mail), as(p({ context: 'test2' }), mail), as(p({ key: other }), mail), as(p(), { ...mail, class: 'device-address' }), as(p(), { ...mail, canonical: 'yamadb@example.com' })];
    expect(new Set(all.map((text) => text.replace(/^\[[a-z-]+/, ''))).size).toBe(all.length);
    expect(as(p(), finding('mail-address', 'pc', '\ud800'))).not.toBe(as(p(), finding('mail-address', 'pc', '\ufffd')));
  });

  test('what one call leaves behind does not change the next: cache, long values, another mac', () => {
    const stage = p();
    const values = ['a', 'b'.repeat(1000), '', 'é'.repeat(400), 'a', '😀'];
    for (const mac of [undefined, nodeHmacSha256, (k: Uint8Array, m: Uint8Array) => nodeHmacSha256(k, m)]) {
      const fresh = values.map((canonical) => as(p(mac === undefined ? {} : { mac }), { ...mail, canonical }));
      expect(values.map((canonical) => as(stage, { ...mail, canonical }))).toEqual(fresh);
    }
  });

  test('stays the same when the cache runs over', () => {
    const stage = p({ mac: nodeHmacSha256 });
    const first = as(stage, mail);
    for (let i = 0; i < 70_000; i++) as(stage, { ...mail, canonical: `u${i}@example.com` });
    expect(as(stage, mail)).toBe(first);
  });

  test('the key is copied', () => {
    const mine = Uint8Array.from(key);
    const stage = p({ key: mine });
    mine.fill(1);
    expect(as(stage, mail)).toBe(as(p(), mail));
  });

  test.each([[new Uint8Array(31).map((_, i) => i)], [new Uint8Array(0)], [new Uint8Array(32)], [new Uint8Array(64).fill(255)], ['a password of more than 32 letters!!'], [undefined], [null], [Array.from(key)], [key.buffer]])(
    'refuses a key that is %o, and does not repeat it',
    (bad) => {
      expect(() => p({ key: bad as Uint8Array })).toThrow(code('KEY'));
      try {
        p({ key: bad as Uint8Array });
      } catch (error) {
        expect(String(error)).not.toContain('password');
      }
    },
  );
  test('refuses an empty context, too few bits, and what is not HMAC-SHA-256', () => {
    for (const context of ['', undefined, 1]) expect(() => p({ context: context as string })).toThrow(code('CONTEXT'));
    for (const bits of [0, 64, 127, 129, 264, NaN]) expect(() => p({ bits })).toThrow(code('PSEUDONYM_BITS'));
    const wrong: unknown[] = [
      (_: Uint8Array, message: Uint8Array) => sha256(message),
      (k: Uint8Array, m: Uint8Array) => createHmac('sha512', k).update(m).digest().subarray(0, 32),
      async (k: Uint8Array, m: Uint8Array) => nodeHmacSha256(k, m),
      (k: Uint8Array, m: Uint8Array) => nodeHmacSha256(k, m).subarray(0, 16),
      Object.assign((k: Uint8Array, m: Uint8Array) => nodeHmacSha256(k, m), { prepare: () => (m: Uint8Array) => sha256(m) }),
      () => {
        throw new Error('secret');
      },
      'hmac',
    ];
    for (const mac of wrong) expect(() => p({ mac: mac as Mac })).toThrow(code('MAC'));
  });
  test('a mac that fails later lets nothing through', () => {
    let calls = 0;
    const mac = (k: Uint8Array, m: Uint8Array): Uint8Array => (calls++ < 1 ? nodeHmacSha256(k, m) : new Uint8Array(8));
    const stage = treat({ others: p({ mac }) });
    expect(() => stage('a@b.jp')).toThrow(code('MAC'));
  });
});

describe('letters', () => {
  test('are two for a byte, from g to v', () => {
    expect(lettersOf(Uint8Array.of(0, 255, 0x1a))).toBe('ggvvhq');
  });
});

describe('token', () => {
  const options = { cipher: aessiv, keys: { k1: key, old: Uint8Array.from(key).reverse() }, context: 'test' };
  const seal = (current: string, text: string, context: string = 'test'): string => treat({ others: token({ ...options, current, context }) })(text);

  test('opens under the key that its id names; several keys live side by side', () => {
    const text = `${seal('k1', 'a@b.jp')} ${seal('old', '03-1234-5678')}`;
    expect(revealTokens(options)(text)).toBe('a@b.jp +81312345678');
    expect(revealTokens({ ...options, keys: { k1: key } })(text)).toBe(`a@b.jp ${seal('old', '03-1234-5678')}`);
  });

  test('is the same for the same identifier, and another one in another context or class', () => {
    expect(seal('k1', 'a@b.jp')).toBe(seal('k1', 'a@B.JP'));
    expect(seal('k1', 'a@b.jp')).not.toBe(seal('k1', 'a@b.jp', 'other'));
  });

  test('one that was changed, moved to another class or another context throws', () => {
    const sealed = seal('k1', 'a@b.jp');
    const last = sealed.at(-2) === 'g' ? 'h' : 'g';
    for (const bad of [sealed.slice(0, -2) + last + ']', sealed.replace('mail-address', 'device-address'), seal('k1', 'a@b.jp', 'other'), sealed.replace(':k1:', ':old:'), sealed.slice(0, -3) + ']' + seal('k1', 'c@d.jp')]) {
      if (bad.length % 2 === sealed.length % 2) expect(() => revealTokens(options)(`x ${bad}`)).toThrow(code('TOKEN_INVALID'));
    }
  });

  test('what only looks like a token stays', () => {
    for (const text of ['[mail-address:k1:ghij]', '[mail-address:k1]', '[mail-address]', `[mail-address:k9:${'g'.repeat(40)}]`, `[mail-address:k1:${'g'.repeat(41)}]`]) {
      expect(revealTokens(options)(text)).toBe(text);
    }
  });

  test('a canonical value with a lone surrogate is labelled, never altered and sealed', () => {
    expect(as(token({ ...options, current: 'k1' }), finding('mail-address', 'pc', '\ud800@b.jp'))).toBe('[mail-address]');
  });

  test('refuses wrong keys, ids and ciphers', () => {
    expect(() => token({ ...options, current: 'k2' })).toThrow(code('TOKEN_KEY_ID'));
    expect(() => token({ ...options, keys: { 'k-1': key }, current: 'k-1' })).toThrow(code('TOKEN_KEY_ID'));
    expect(() => token({ ...options, keys: { k1: new Uint8Array(33).map((_, i) => i) }, current: 'k1' })).toThrow(code('KEY'));
    expect(() => token({ ...options, context: '', current: 'k1' })).toThrow(code('CONTEXT'));
    expect(() => token({ ...options, cipher: gcmsiv as never, current: 'k1' })).toThrow(code('TOKEN_CIPHER'));
    expect(() => revealTokens({ ...options, cipher: undefined as never })).toThrow(code('TOKEN_CIPHER'));
  });
});

describe('surrogate', () => {
  test('is consistent while it is used, and another one starts anew', () => {
    const stage = treat({ others: surrogate() });
    expect(stage('a@b.jp b@b.jp A@b.jp a@b.jp')).toBe('user1@example.com user2@example.com user3@example.com user1@example.com');
    expect(stage('b@b.jp')).toBe('user2@example.com');
    expect(treat({ others: surrogate() })('b@b.jp')).toBe('user1@example.com');
  });

  test('is of the same kind, and found again as such', () => {
    const kinds: [string, string][] = [
      ['mail-address', 'yamada@corp.jp'],
      ['mobile-or-ip-phone', '090-1234-5678'],
      ['device-address', '203.0.113.9'],
      ['device-address', '2001:db8:1:2::5'],
      ['device-address', '00:00:5e:00:53:01'],
    ];
    for (const [cls, text] of kinds) {
      const [before] = findIdentifiers(text);
      const [after] = findIdentifiers(treat({ others: surrogate() })(text));
      expect([after?.class, after?.kind]).toEqual([cls, before?.kind]);
    }
  });

  test('numbers carry the flag that says that they are nobody\'s', () => {
    for (const text of ['090-1234-5678', '060-1234-5678', '03-1234-5678', '0120-123-456']) {
      expect(findIdentifiers(treat({ others: surrogate() })(text)).map((f) => f.flags), text).toEqual([['unassigned']]);
    }
  });

  test('runs through its documentation range into the unassigned one, without repeating itself', () => {
    const s = surrogate();
    for (const kind of ['ipv4', 'ipv6', 'mac', 'imei', 'imsi', 'iccid', 'advertising-id', 'meid']) {
      const made = Array.from({ length: 2000 }, (_, i) => as(s, finding('device-address', kind, `${kind} ${i}`)));
      expect(new Set(made).size).toBe(2000);
    }
    expect(as(surrogate(), finding('device-address', 'imei', 'x'))).toBe('000000000000000');
  });

  test.each([
    ['ipv4', [0, 253, 254, 761, 762, 763], ['192.0.2.1', '192.0.2.254', '198.51.100.1', '203.0.113.254', '240.0.0.1', '240.0.0.2']],
    ['ipv6', [0, 65_534, 65_535], ['2001:db8::1', '2001:db8::ffff', '2001:db8::1:0']],
    ['mac', [0, 255, 256], ['00:00:5e:00:53:00', '00:00:5e:00:53:ff', '00:00:5e:00:54:00']],
  ])('%s at the borders of its ranges', (kind, places, expected) => {
    const s = surrogate();
    const made = Array.from({ length: Math.max(...places) + 1 }, (_, i) => as(s, finding('device-address', kind, String(i))));
    expect(places.map((place) => made[place])).toEqual(expected);
  });

  test('throws when more identifiers come than were asked for', () => {
    const stage = treat({ others: surrogate({ max: 1 }) });
    stage('a@b.jp');
    expect(() => stage('b@b.jp')).toThrow(code('SURROGATE_EXHAUSTED'));
    for (const max of [0, 1.5, NaN, 1e9]) expect(() => surrogate({ max })).toThrow(code('SURROGATE_MAX'));
  });
});
