// A column that the door did not keep.
// at run time: TOKUMEI_FIELD
import { dpCountUnits, personal, pipe, privacyBudget, publicKeys } from 'tokumei';

const events = [{ userId: 'u1', app: 'maps', country: 'JP' }];
const budget = privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }).split({ chart: 1 });

pipe(
  personal(events, { unit: 'user', unitOf: 'userId', fields: ['app'] }),
  // @ts-expect-error -- "country"
  dpCountUnits({ by: 'country', keys: publicKeys(['JP']), groupsPerUnit: 1, spend: budget.chart }),
);
