// The unit's own column names people: it is read at the door and is no field afterwards.
// at run time: TOKUMEI_FIELD
import { dpCountUnits, personal, pipe, privacyBudget, publicKeys } from 'tokumei';

const events = [{ userId: 'u1', app: 'maps', country: 'JP' }];
const budget = privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }).split({ chart: 1 });

pipe(
  personal(events, { unit: 'user', unitOf: 'userId' }),
  // @ts-expect-error -- "userId"
  dpCountUnits({ by: 'userId', keys: publicKeys(['u1']), groupsPerUnit: 1, spend: budget.chart }),
);
