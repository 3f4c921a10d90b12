import { expect, test } from 'vitest';
import { compileFinder } from '../../src/identifiers/index.js';
import { dice } from './support/random.js';

const find = compileFinder({ minScore: 0.01 });

/** What the platform writes for an address, `''` when it is none. */
function platform(token: string): string {
  try {
    return new URL(`http://[${token}]/`).hostname.slice(1, -1);
  } catch {
    return '';
  }
}

test('the canonical value of an IPv6 address is what the platform writes, whatever way it was written', () => {
  const { pick, int } = dice(20_261_201);
  let whole = 0;
  for (let i = 0; i < 20_000; i++) {
    const groups = Array.from({ length: 1 + int(8) }, () => pick(['0', '0', '00ab', 'fe80', '2001', 'DB8', 'c0', int(65_536).toString(16)]));
    const gap = int(groups.length + 2);
    const token = groups.map((g, k) => (k === gap ? `::${g}` : k === 0 ? g : `:${g}`)).join('') + (gap === groups.length ? '::' : pick(['', '', '', '::1']));
    const expected = platform(token);
    const found = find(`ip ${token} `).find((f) => f.kind === 'ipv6' && f.start === 3 && f.end === 3 + token.length);
    if (found === undefined) continue;
    whole++;
    // Addresses that stand for IPv4 have dots here.
    expect([token, found.canonical.startsWith('::ffff:') ? expected : found.canonical]).toEqual([token, expected]);
  }
  expect(whole).toBeGreaterThan(5000);
});

test('pairs that colons in a row tear apart are no MAC address', () => {
  expect(compileFinder()('mac 1::1::1::1::1::11').filter((f) => f.kind === 'mac')).toEqual([]);
  expect(compileFinder()('mac 02:1A:c2:00:00:99').map((f) => f.canonical)).toEqual(['02:1a:c2:00:00:99']);
});
