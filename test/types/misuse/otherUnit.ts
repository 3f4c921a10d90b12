// A budget per device does not protect users.
// at run time: TOKUMEI_UNIT_MISMATCH
import { dpCountUnits, personal, pipe, privacyBudget, publicKeys } from 'tokumei';

const events = [{ userId: 'u1', app: 'maps', country: 'JP' }];
const budget = privacyBudget({ unit: 'device', epsilon: 1, delta: 1e-6 }).split({ chart: 1 });

pipe(
  // @ts-expect-error -- Type '"user"' is not assignable to type '"device"'
  personal(events, { unit: 'user', unitOf: 'userId' }),
  dpCountUnits({ by: 'app', keys: publicKeys(['maps']), groupsPerUnit: 1, spend: budget.chart }),
);
