// A field that the records do not have. Where the door declares its fields, plain JavaScript hears of it too; where it does
// not, the field is missing in every row: an error would tell whether one person's record has it.
// at run time: TOKUMEI_FIELD
import { dpCountUnits, personal, pipe, privacyBudget, publicKeys } from 'tokumei';

const events = [{ userId: 'u1', app: 'maps', country: 'JP' }];
const budget = privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }).split({ chart: 1 });

pipe(
  personal(events, { unit: 'user', unitOf: 'userId', fields: ['app', 'country'] }),
  // @ts-expect-error -- "ap"
  dpCountUnits({ by: 'ap', keys: publicKeys(['maps']), groupsPerUnit: 1, spend: budget.chart }),
);
