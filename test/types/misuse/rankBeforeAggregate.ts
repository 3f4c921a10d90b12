// Records of people are not ranked: counting comes first, under a guarantee.
// at run time: TOKUMEI_NOT_PROTECTED
import { personal, pipe, toRanking } from 'tokumei';

const events = [{ userId: 'u1', app: 'maps', country: 'JP' }];

pipe(
  personal(events, { unit: 'user', unitOf: 'userId' }),
  // @ts-expect-error -- Personal
  toRanking({ top: 10 }),
);
