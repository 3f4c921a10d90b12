import { expect, test } from 'vitest';
import { cellKeyCounts, controlledRounding, hierarchy, kCountUnits, kSum, kTable, perturbationTable, randomRounding } from '../../src/kanon/index.js';
import { auditReleases, release } from '../../src/publish/index.js';
import { publicKeys } from '../../src/table/index.js';

const about = { id: 'a', period: { from: '2026-01-01', to: '2026-01-31', timeZone: 'UTC' }, purpose: 'statistical-service', previous: 'first' } as const;
const people = { where: { country: 'UK' }, unitsIn: { country: 'one-part' } } as const;
const table = { by: 'g', groups: { g: ['a', 'b'] }, k: 3 } as const;
const noise = { maximumNoise: 3, variance: 2 } as const;
const sum = (concentration: object) => () => kSum({ ...table, value: 'v', concentration } as never);

/** What stands in the place of each name would quietly not be applied. */
const MISSPELT: readonly (readonly [name: string, run: () => unknown])[] = [
  ['populaton', () => release({ ...about, populaton: { all: true } } as never)],
  ['previuos', () => release({ ...about, previuos: [] } as never)],
  ['coarse', () => release({ ...about, population: { ...people, coarse: {} } as never })],
  ['unitIn', () => release({ ...about, population: { ...people, unitIn: {} } as never })],
  ['too', () => release({ ...about, period: { ...about.period, too: '2026-02-28' } } as never)],
  ['fields', () => release({ ...about, allow: [{ field: 'app', class: 'mail-address', reason: 'a name', fields: ['item'] }] } as never)],
  ['group', () => release({ ...about, population: { ...people, coarser: { land: { of: 'country', groups: { GB: ['UK'] }, group: {} } } } } as never)],
  ['totl', () => hierarchy(['a'], { totl: false } as never)],
  ['undeclard', () => auditReleases([], { undeclard: 'nested' } as never)],
  ['key', () => kCountUnits({ by: 'g', k: 3, key: publicKeys(['a']) } as never)],
  ['zero', () => kTable({ ...table, zero: 'published' } as never)],
  ['concentrations', () => kSum({ ...table, value: 'v', concentrations: { rule: 'p-percent', p: 10 } } as never)],
  ['q', sum({ rule: 'p-percent', p: 10, q: 50 })],
  ['m', sum([{ rule: 'dominance', n: 1, percent: 80, m: 2 }])],
  ['forbiden', () => perturbationTable({ ...noise, forbiden: 2 } as never)],
  ['bases', () => randomRounding({ base: 5, bases: 3 } as never)],
  ['seed', () => controlledRounding([[1]], { base: 5, seed: 3 } as never)],
  ['key', () => cellKeyCounts({ by: 'g', keys: publicKeys(['a']), secret: new Uint8Array(32).fill(7), noise: perturbationTable(noise), key: 1 } as never)],
];

test.each(MISSPELT)('%s is refused, and the message names what there is', (name, run) => {
  expect(run).toThrow(expect.objectContaining({ code: 'TOKUMEI_OPTIONS', message: expect.stringMatching(/among (?:\w+ )*\w+/) as string }));
  expect(run).toThrow(new RegExp(`\\b${name}\\b`));
});

test('groups of a field that is not in by are refused', () => {
  expect(() => kTable({ ...table, groups: { ...table.groups, h: ['c'] } } as never)).toThrow(expect.objectContaining({ code: 'TOKUMEI_GROUPS', message: expect.stringContaining('(g)') as string }));
});

test('a field that is coarser is said with the values of its labels, or refused', () => {
  const said = (coarser: unknown): void => void release({ ...about, population: { ...people, coarser } } as never);
  expect(() => said({ land: { of: 'country', groups: { GB: ['UK'] } } })).not.toThrow();
  for (const wrong of [7, { land: 'country' }, { land: { of: 'country' } }, { land: { of: 1, groups: { GB: ['UK'] } } }, { land: { of: 'country', groups: { GB: 'UK' } } }, { land: { of: 'country', groups: { GB: [] } } }]) {
    expect(() => said(wrong), JSON.stringify(wrong)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^TOKUMEI_(POPULATION_DECLARED|OPTIONS)$/) as string }));
  }
});
