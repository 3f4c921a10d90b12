import { describe, expect, test } from 'vitest';
import { rankedDots, type DotRow } from '../../../src/rank/index.js';
import { svgOf } from './svg.js';

const row = (rank: number, key: unknown, count: number | null = 100 - rank): DotRow => ({ rank, interval: [Math.max(1, rank - 1), rank + 1], key, count, state: 'value' });

describe('rankedDots', () => {
  test('is plain JSON that Vega-Lite compiles without a warning, at telephone width', async () => {
    const spec = rankedDots([row(1, 'maps'), row(2, 'mail'), { rank: null, interval: null, key: 'unpublished', count: null, state: 'suppressed' }], { title: 'Apps', subtitle: 'week 47', unit: 'users' });
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    const svg = await svgOf(spec);
    expect(Number(/<svg[^>]* width="(\d+)"/.exec(svg)![1])).toBeLessThanOrEqual(360);
    expect(svg).toContain('maps: rank 1, between 1 and 2, 99 users');
    expect(svg).not.toContain('unpublished');
    expect(spec['description']).toContain('Apps. Dot plot of 2 ranked rows');
    for (const show of ['places', 'counts'] as const) await svgOf(rankedDots([row(1, 'a')], { title: 't', show, width: 800 }));
    await svgOf(rankedDots([], { title: 'nothing' }));
  });

  test('survives hostile keys: no markup, no control characters, no expression, one line each', async () => {
    const keys = ['<script>alert(1)</script>', '"><img onerror=x>', '\u0000\u0007bell', 'a\u202eb', '\ud800', "datum['x']", '__proto__', '', 1, '1', null, ['a', 3], '</svg>', '&amp;'];
    const svg = await svgOf(rankedDots(keys.map((key, i) => row(i < 8 ? i + 1 : 9, key)), { title: '<b>t</b>', unit: '<i>' }));
    expect(svg).not.toMatch(/<(script|img|b|i)\b/);
    expect(svg).not.toMatch(/[\u0000-\u0008\u202e\ud800]/);
    expect(svg.match(/<\/svg>/g)).toHaveLength(1);
    expect(svg.match(/aria-roledescription="point"/g)).toHaveLength(keys.length);
    const heights = new Set([...svg.matchAll(/aria-roledescription="point"[^>]* transform="translate\([^,]+,([^)]+)\)"/g)].map((m) => m[1]));
    expect(heights.size).toBe(keys.length);
  });

  test('refuses wrong options', () => {
    for (const options of [{ title: '' }, { title: 't', width: 10 }, { title: 't', show: 'bars' }, { title: 't', locale: '!' }, { title: 't', unit: 3 }]) {
      expect(() => rankedDots([row(1, 'a')], options as never)).toThrow(expect.objectContaining({ code: 'TOKUMEI_CHART' }));
    }
    expect(() => rankedDots([row(1, 'a', null)], { title: 't', show: 'counts' })).toThrow(expect.objectContaining({ code: 'TOKUMEI_CHART' }));
  });
});
