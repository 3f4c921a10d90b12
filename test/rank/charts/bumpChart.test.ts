import { describe, expect, test } from 'vitest';
import { bumpChart, movements, type PublishedList } from '../../../src/rank/index.js';
import { svgOf } from './svg.js';

const list = (period: string, keys: readonly string[]): PublishedList<string> => ({ period, noise: { law: 'none' }, rows: keys.map((key, i) => ({ key, rank: i + 1, count: 100 - 10 * i })) });

describe('bumpChart', () => {
  test('draws one line for each row on two neighbouring lists, and breaks at a missing one', async () => {
    const lists = movements([list('w1', ['a', 'b', 'c']), list('w2', ['b', 'a', 'd']), { period: 'w3', rows: null }, list('w4', ['a', 'b', 'd'])]);
    const spec = bumpChart(lists, { title: 'Apps', subtitle: 'by users' });
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    const svg = await svgOf(spec);
    expect(Number(/<svg[^>]* width="(\d+)"/.exec(svg)![1])).toBeLessThanOrEqual(360);
    // Two rows are on w1 and w2; nothing leads over w3.
    expect((svg.match(/<line[^>]*stroke-width="2.5"/g) ?? []).length).toBe(2);
    expect(svg.match(/aria-roledescription="point"/g)).toHaveLength(9);
    for (const words of ['w2: b, rank 1, up', 'w2: a, rank 2, down', 'w4: d, rank 3, same']) expect(svg).toContain(words);
    expect(spec['description']).toContain('Places on 3 lists of 4 periods');
  });

  test('survives hostile keys and periods', async () => {
    const keys = ['<script>alert(1)</script>', '\u0000', '__proto__', '', "datum['x']", '\ud800', '</svg>'];
    const svg = await svgOf(bumpChart(movements([list('<b>', keys), list('constructor', [...keys].reverse())]), { title: '<i>', width: 700 }));
    expect(svg).not.toMatch(/<(script|b|i)\b/);
    expect(svg).not.toMatch(/[\u0000-\u0008\ud800]/);
    expect(svg.match(/<\/svg>/g)).toHaveLength(1);
    expect(svg.match(/aria-roledescription="point"/g)).toHaveLength(2 * keys.length);
  });

  test('draws the places asked for, and nothing for no lists', async () => {
    const svg = await svgOf(bumpChart(movements([list('w1', ['a', 'b', 'c'])]), { title: 't', places: 2 }));
    expect(svg.match(/aria-roledescription="point"/g)).toHaveLength(2);
    await svgOf(bumpChart([], { title: 't' }));
    expect(() => bumpChart([], { title: ' ' })).toThrow(expect.objectContaining({ code: 'TOKUMEI_CHART' }));
    expect(() => bumpChart([], { title: 't', places: 0 })).toThrow(expect.objectContaining({ code: 'TOKUMEI_CHART' }));
  });
});
