// A field that the records do not have.
// at run time: TOKUMEI_FIELD
import { dpCountUnits, personal, pipe, privacyBudget, publicKeys } from 'tokumei';

const events = [{ userId: 'u1', app: 'maps', country: 'JP' }];
const budget = privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }).split({ chart: 1 });

pipe(
  personal(events, { unit: 'user', unitOf: 'userId' }),
  // @ts-expect-error -- "ap"
  dpCountUnits({ by: 'ap', keys: publicKeys(['maps']), groupsPerUnit: 1, spend: budget.chart }),
);
