// A slice that was not declared: its name was misspelt.
// at run time: TOKUMEI_SLICE
import { dpCountUnits, personal, pipe, privacyBudget, publicKeys } from 'tokumei';

const events = [{ userId: 'u1', app: 'maps', country: 'JP' }];
const budget = privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }).split({ chart: 0.8, totals: 0.2 });

pipe(
  personal(events, { unit: 'user', unitOf: 'userId' }),
  // @ts-expect-error -- Did you mean 'chart'
  dpCountUnits({ by: 'app', keys: publicKeys(['maps']), groupsPerUnit: 1, spend: budget.chrt }),
);
