// A slice is spent once. The type system cannot count, so this one compiles.
// at run time: TOKUMEI_SLICE_SPENT
import { dpCountUnits, personal, pipe, privacyBudget, publicKeys } from 'tokumei';

const events = [{ userId: 'u1', app: 'maps', country: 'JP' }];
const budget = privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }).split({ chart: 1 });
const records = personal(events, { unit: 'user', unitOf: 'userId' });

pipe(records, dpCountUnits({ by: 'app', keys: publicKeys(['maps']), groupsPerUnit: 1, spend: budget.chart }));
pipe(records, dpCountUnits({ by: 'country', keys: publicKeys(['JP']), groupsPerUnit: 1, spend: budget.chart }));
