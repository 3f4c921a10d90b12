import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect } from 'vitest';
import { pipe } from '../../../src/core/index.js';
import { kCountUnits } from '../../../src/kanon/index.js';
import { auditReleases, release, type Population } from '../../../src/publish/index.js';
import { personal } from '../../../src/table/index.js';
import { testWithShared } from '../../support/shared.js';
import { everybody } from './support.js';

interface Use {
  readonly day: string;
  readonly user: string;
  readonly item: string;
}

function read(file: string): readonly Use[] {
  const [header = '', ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trim().split(/\r?\n/);
  const names = header.replaceAll('"', '').split(',');
  return lines.map((line) => {
    const parts = line.replaceAll('"', '').split(',');
    const value = (name: string): string => parts[names.indexOf(name)]!;
    return { day: value('time').slice(0, 10).replaceAll('/', '-'), user: value('user'), item: value('item') };
  });
}

describe('on a log of a real store', () => {
  testWithShared('the audit finds what subtraction finds: running totals, and halves of the users against all', 'data/events/msstore_usage.csv.gz', (file) => {
    const uses = read(file);
    const days = uses.map(({ day }) => day).sort();
    const [from, to] = [days[0]!, days.at(-1)!];
    const list = (id: string, keep: (use: Use) => boolean, until: string, population: Population) =>
      pipe(
        personal(uses.filter(keep), { unit: 'user', unitOf: 'user' }),
        kCountUnits({ by: 'item', k: 10 }),
        release({ id, period: { from, to: until, timeZone: 'UTC' }, purpose: 'service-information', population, previous: 'first' }),
      );
    const compare = (wide: ReturnType<typeof list>, narrow: ReturnType<typeof list>): number => {
      const inner = new Map(narrow.data.map(({ key, count }) => [key, count!]));
      const small = wide.data.filter(({ key }) => inner.has(key)).map(({ key, count }) => [key, count! - inner.get(key)!] as const).filter(([, d]) => d < 10);
      const { findings, undecided } = auditReleases([wide, narrow]);
      expect(undecided).toEqual([]);
      const exact = findings.filter(({ derived }) => derived.from === derived.to);
      expect(new Set(exact.map(({ lines, derived }) => String([lines[0]!.key, derived.from])))).toEqual(new Set(small.map(String)));
      // What is left are intervals for keys that one of the lists does not show; each holds the truth.
      return exact.length;
    };
    const before = days[Math.floor(days.length * 0.95)]!;
    const all = list('all', () => true, to, everybody);
    expect(compare(all, list('before', ({ day }) => day <= before, before, everybody))).toBeGreaterThan(5);
    const side = (user: string): string => ([...user].reduce((sum, sign) => sum + sign.charCodeAt(0), 0) % 10 === 0 ? 'a' : 'b');
    const half = (name: string) => list(name, ({ user }) => side(user) === name, to, { where: { side: name }, unitsIn: { side: 'one-part' } });
    const [a, b] = [half('a'), half('b')];
    expect(compare(all, b)).toBeGreaterThan(5);
    expect(auditReleases([a, b])).toEqual({ findings: [], undecided: [], compared: 2 });
    const truth = (item: unknown, name: string): number => new Set(uses.filter((use) => use.item === item && side(use.user) === name).map(({ user }) => user)).size;
    for (const { group, derived } of auditReleases([all, b]).findings) {
      const count = truth(group.inAll[0]!.key, 'a');
      expect(derived.from <= count && count <= derived.to).toBe(true);
    }
  });
});
