import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hmacSha256, macOf, sha256 } from '../../src/hash/index.js';
import { nodeHmacSha256 } from '../../src/node/hmac.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

// RFC 4231, test cases 1 to 4, 6 and 7 (5 is about truncation).
const RFC4231: readonly (readonly [key: string, data: string, mac: string])[] = [
  ['0b'.repeat(20), hex(Buffer.from('Hi There')), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [hex(Buffer.from('Jefe')), hex(Buffer.from('what do ya want for nothing?')), '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
  ['aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
  ['0102030405060708090a0b0c0d0e0f10111213141516171819', 'cd'.repeat(50), '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b'],
  ['aa'.repeat(131), hex(Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First')), '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54'],
  [
    'aa'.repeat(131),
    hex(Buffer.from('This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.')),
    '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  ],
];

describe.each([
  ['hmacSha256', hmacSha256],
  ['nodeHmacSha256', nodeHmacSha256],
])('%s', (_, mac) => {
  test.each(RFC4231)('RFC 4231: key %s', (key, data, expected) => {
    expect(hex(mac(bytes(key), bytes(data)))).toBe(expected);
  });

  test('equals createHmac for keys and messages of any length, one state for many messages', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 6 }), (key, messages) => {
        const keyed = mac.prepare!(key);
        for (const message of messages) expect(hex(keyed(message))).toBe(createHmac('sha256', key).update(message).digest('hex'));
      }),
    );
  });

  test('as a plain function gives fresh bytes and does not change key or message', () => {
    const key = new Uint8Array(32).fill(7);
    const message = new Uint8Array(10).fill(9);
    const first = mac(key, message);
    const copy = hex(first);
    mac(key, new Uint8Array(3));
    expect(hex(first)).toBe(copy);
    expect([...key, ...message]).toEqual([...Array<number>(32).fill(7), ...Array<number>(10).fill(9)]);
  });

  test('a key that the caller changes afterwards does not change the prepared state', () => {
    const key = new Uint8Array(32).fill(7);
    const keyed = mac.prepare!(key);
    const before = hex(keyed(new Uint8Array(1)));
    key.fill(0);
    expect(hex(keyed(new Uint8Array(1)))).toBe(before);
  });
});

test('sha256 equals the platform for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
      expect(hex(sha256(message))).toBe(createHash('sha256').update(message).digest('hex'));
    }),
  );
});

test('macOf calls prepare for each plain call', () => {
  const mac = macOf((key) => (message) => Uint8Array.of(key.length, message.length));
  expect([...mac(new Uint8Array(2), new Uint8Array(3))]).toEqual([2, 3]);
});
