import { describe, expect, test } from 'vitest';
import { pipe } from '../../../../src/core/index.js';
import { kCountUnits, kTable, operatorReport, protectBeside } from '../../../../src/kanon/index.js';
import { auditReleases, release, verifyManifest, type Release } from '../../../../src/publish/index.js';
import { toRanking } from '../../../../src/rank/index.js';
import { personal, publicKeys, where } from '../../../../src/table/index.js';
import { between } from '../support/between.js';
import { generator } from '../support/bench.js';
import { codeOf } from '../../../support/codeOf.js';

interface Row {
  readonly user: number;
  readonly item: string;
  readonly country: string;
  readonly day: number;
}
const items = ['tea', 'rice', 'salt', 'oil', 'fish', 'eggs'];
const K = 5;
const door = { unit: 'user', unitOf: 'user' } as const;
const purpose = 'service-information' as const;
const period = { from: '2026-11-16', to: '2026-11-22', timeZone: 'Asia/Tokyo' };
const everybody = { all: true } as const;
const inJapan = { where: { country: 'JP' }, unitsIn: { country: 'one-part' } } as const;

function shop(seed: number): Row[] {
  const random = generator(seed);
  const abroad = [0.05, 0.2, 0.5][between(random, 0, 2)]!;
  return Array.from({ length: 120 }, (_, user) => {
    const country = random() < abroad ? 'FR' : 'JP';
    return Array.from({ length: between(random, 1, 3) }, () => ({ user, country, day: between(random, 16, 22), item: items[Math.floor(random() ** 2 * items.length)]! }));
  }).flat();
}
const count = (rows: readonly Row[]) => pipe(personal(rows, door), kCountUnits({ by: 'item', k: K, keys: publicKeys(items) }));
const truth = (rows: readonly Row[], item: string): number => new Set(rows.filter((row) => row.item === item).map(({ user }) => user)).size;
const shown = ({ data }: Release<unknown>): Map<string, number> =>
  new Map((data as { key: string; count: number | null }[]).flatMap(({ key, count: figure }) => (figure === null ? [] : [[key, figure] as const])));

describe('protectBeside', () => {
  test('one country after everybody: what is shown in both never leaves fewer than k, and each figure shown is true', () => {
    let refused = 0;
    let both = 0;
    for (let seed = 0; seed < 40; seed++) {
      const rows = shop(seed);
      const japan = rows.filter(({ country }) => country === 'JP');
      const all = release({ id: 'all', period, purpose, population: everybody, previous: 'first' })(count(rows));
      const as = { id: 'japan', period, population: inJapan, previous: [all] };
      if (codeOf(() => release({ ...as, purpose })(count(japan))) === 'TOKUMEI_CROSS_RELEASE') refused++;
      const part = release({ ...as, purpose })(protectBeside(as)(count(japan)));
      expect(part.manifest.guarantee.kind).toBe('table-control');
      expect(verifyManifest(part).checks.filter(({ ok }) => !ok)).toEqual([]);
      const wide = shown(all);
      for (const [item, figure] of shown(part)) {
        expect(figure).toBe(truth(japan, item));
        expect(figure).toBeGreaterThanOrEqual(K);
        if (!wide.has(item)) continue;
        both++;
        expect(wide.get(item)! - figure).toBeGreaterThanOrEqual(K);
      }
    }
    expect(refused).toBeGreaterThan(20);
    expect(both).toBeGreaterThan(20);
  });

  test('withholds no line that could be shown', () => {
    for (let seed = 0; seed < 15; seed++) {
      const rows = shop(seed);
      const japan = rows.filter(({ country }) => country === 'JP');
      const all = release({ id: 'all', period, purpose, population: everybody, previous: 'first' })(count(rows));
      const as = { id: 'japan', period, population: inJapan, previous: [all] };
      const part = release({ ...as, purpose })(protectBeside(as)(count(japan)));
      const wide = shown(all);
      for (const item of items) {
        const figure = truth(japan, item);
        if (figure < K || shown(part).has(item)) continue;
        // By itself the line gives somebody away: with the line of everybody it leaves fewer than k.
        expect(wide.has(item) && wide.get(item)! - figure < K).toBe(true);
      }
    }
  });

  test('a running total after the one before, and a ranking made of it', () => {
    let both = 0;
    for (let seed = 100; seed < 125; seed++) {
      const rows = shop(seed);
      const until = (day: number) => rows.filter((row) => row.day <= day);
      const as = (day: number, previous: readonly Release<unknown>[]) => ({ id: `until ${day}`, period: { ...period, to: `2026-11-${day}` }, population: everybody, previous });
      const before = release({ ...as(19, []), purpose, previous: 'first' })(count(until(19)));
      const table = protectBeside(as(22, [before]))(count(until(22)));
      const now = release({ ...as(22, [before]), purpose })(toRanking()(table));
      for (const [item, figure] of shown(now)) {
        if (!shown(before).has(item)) continue;
        both++;
        expect(figure - shown(before).get(item)!).toBeGreaterThanOrEqual(K);
      }
      for (const line of now.data) if (line.state === 'suppressed') expect(line).toMatchObject({ rank: null, interval: null, count: null });
    }
    expect(both).toBeGreaterThan(10);
  });

  test('a table with totals after a list: nothing derivable is left, and the operator is told', () => {
    let withheld = 0;
    for (let seed = 200; seed < 212; seed++) {
      const rows = shop(seed);
      const japan = pipe(personal(rows, door), where(({ country }) => country === 'JP'), kTable({ by: 'item', groups: { item: items }, k: K, overlapping: 'item' }));
      const all = release({ id: 'all', period, purpose, population: { ...everybody, unitsIn: { item: 'several' } }, previous: 'first' })(count(rows));
      const as = { id: 'japan', period, population: inJapan, previous: [all] };
      const table = protectBeside(as)(japan);
      const part = release({ ...as, purpose })(table);
      expect(verifyManifest(part).checks.filter(({ ok }) => !ok)).toEqual([]);
      expect(auditReleases([all, part]).findings.filter(({ lines }) => lines.some(({ release: id }) => id === 'japan'))).toEqual([]);
      withheld += (operatorReport(table)!.figures as { withheldBesidePrevious: number }).withheldBesidePrevious;
    }
    expect(withheld).toBeGreaterThan(3);
  });

  test('refuses what it cannot serve', () => {
    const rows = shop(1);
    const all = release({ id: 'all', period, purpose, population: everybody, previous: 'first' })(count(rows));
    const as = { id: 'japan', period, population: inJapan, previous: [all] };
    const beside = (more: object) => codeOf(() => protectBeside({ ...as, ...more } as never)(count(rows)));
    for (const more of [{ previous: 'first' }, { id: 3 }, { period: undefined }, { population: undefined }]) expect(beside(more)).toBe('TOKUMEI_BESIDE');
    expect(beside({ previous: [{ data: [], manifest: {} }] })).toBe('TOKUMEI_CROSS_RELEASE');
    expect(beside({ population: { where: { country: 'JP' } } })).toBe('TOKUMEI_CROSS_RELEASE');
    expect(codeOf(() => protectBeside(as)(pipe(personal(rows, door), kCountUnits({ by: 'item', k: K }))))).toBe('TOKUMEI_BESIDE');
    expect(codeOf(() => protectBeside(as)(toRanking()(count(rows)) as never))).toBe('TOKUMEI_BESIDE');
    expect(codeOf(() => protectBeside(as)(rows as never))).toBe('TOKUMEI_NOT_PROTECTED');
    expect(codeOf(() => protectBeside(undefined as never))).toBe('TOKUMEI_OPTIONS');
  });
});
