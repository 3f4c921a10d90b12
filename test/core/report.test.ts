import { expect, test } from 'vitest';
import { dpCountUnits, kCountUnits, operatorReport, personal, pipe, privacyBudget, publicKeys, rankGroups } from '../../src/index.js';

const rows = [...Array.from({ length: 30 }, (_, i) => ({ u: i % 10, app: 'maps' })), { u: 2 ** 60, app: 'maps' }, { u: null, app: 'mail' }, { u: 99, app: 'mail' }];
const records = () => personal(rows as { u: number; app: string }[], { unit: 'user', unitOf: 'u', optOut: [99] });
const spend = () => privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 });

test('the operator hears of rows whose unit could not be read, from every aggregate', () => {
  const keys = publicKeys(['maps', 'mail']);
  const results = [
    pipe(records(), kCountUnits({ by: 'app', k: 2 })),
    pipe(records(), dpCountUnits({ by: 'app', keys, groupsPerUnit: 1, spend: spend() })),
    pipe(records(), rankGroups({ by: 'app', keys, top: 2, groupsPerUnit: 1, spend: spend() })),
  ];
  for (const result of results) expect(operatorReport(result as never)?.figures).toMatchObject({ missingUnit: 2, optedOut: 1 });
});

test('nothing else has a report', () => {
  expect(() => operatorReport({} as never)).toThrow(expect.objectContaining({ code: 'TOKUMEI_NOT_PROTECTED' }));
});
