// Records of people are not released: an aggregate has to come first.
// at run time: TOKUMEI_NOT_PROTECTED
import { personal, pipe, release } from 'tokumei';

const events = [{ userId: 'u1', app: 'maps', country: 'JP' }];

pipe(
  personal(events, { unit: 'user', unitOf: 'userId' }),
  // @ts-expect-error -- Personal
  release({ id: 'apps', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'Asia/Tokyo' }, purpose: 'service-information' }),
);
