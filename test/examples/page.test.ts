import { describe, expect, test } from 'vitest';
import { personal, pipe, privacyBudget, publicKeys, rankGroups, release } from 'tokumei';
import { certainty, describeRelease, halfWidth } from '../../examples/support/describeRelease.js';
import { page, type Column } from '../../examples/support/page.js';

const rows = Array.from({ length: 40 }, (_, i) => ({ user: `u${i}`, app: 'abcd'[i % 4]! }));
const publish = (strategy: 'capped-counts' | 'measure-all' | 'select') =>
  pipe(
    personal(rows, { unit: 'user', unitOf: 'user' }),
    rankGroups({
      by: 'app', top: 2, keys: publicKeys(['a', 'b', 'c', 'd']), groupsPerUnit: 4, strategy,
      show: strategy === 'select' ? 'names' : 'counts',
      spend: privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }),
    }),
    release({ id: 'x', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'Asia/Tokyo' }, purpose: 'service-information' }),
  ).manifest;

describe('what a reader is told', () => {
  test('a bound that was applied', () => {
    expect(describeRelease(publish('capped-counts'))).toBe('Distinct users by app, 2026-11-16 to 2026-11-22 (Asia/Tokyo). Each user counts in at most 4. Epsilon 1, delta 0 for each user.');
  });

  test('no bound where the plan took a way that needs none, though one was asked for', () => {
    expect(describeRelease(publish('measure-all'))).toBe('Distinct users by app, 2026-11-16 to 2026-11-22 (Asia/Tokyo). Epsilon 1, delta 0.000001 for each user.');
  });

  test('no figures for counts where none are published', () => {
    expect(halfWidth(publish('select'))).toBeUndefined();
    expect(halfWidth(publish('capped-counts'))).toBeGreaterThan(0);
    expect(certainty(publish('capped-counts'))).toBe('with 95 % confidence, all together');
    expect(certainty(publish('select'))).toBe('with 100 % confidence, all together');
  });
});

describe('the page', () => {
  const columns: readonly Column[] = [{ name: 'rank', align: 'right' }, { name: '<app>', align: 'left' }, { name: '±', align: 'right' }];
  const base = { title: '<t>', lead: 'l', narrow: '<svg>n</svg>', wide: '<svg>w</svg>', columns, notes: ['<note>'], manifest: { id: '<m>' } };

  test('heads stand over their columns, figures and dashes alike; text is escaped', () => {
    const html = page({ ...base, rows: [[1, '<x>', 13.5], ['–', 'y', '–']] });
    expect(html).toContain('<tr><th class="n">rank</th><th>&lt;app&gt;</th><th class="n">±</th></tr>');
    expect(html).toContain('<tr><td class="n">1</td><td>&lt;x&gt;</td><td class="n">13.5</td></tr>');
    expect(html).toContain('<tr><td class="n">–</td><td>y</td><td class="n">–</td></tr>');
    for (const raw of ['<t>', '<x>', '<note>', '<m>', '<app>']) expect(html).not.toContain(raw);
  });

  test('an empty list says so, and shows no empty chart', () => {
    const html = page({ ...base, rows: [] });
    expect(html).toContain('The list is empty');
    expect(html).not.toContain('<svg>');
  });
});
