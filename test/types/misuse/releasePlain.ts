// A plain array is not released, whatever is in it.
// at run time: TOKUMEI_NOT_PROTECTED
import { pipe, release } from 'tokumei';

pipe(
  [{ key: 'maps', count: 12 }],
  // @ts-expect-error -- Protected
  release({ id: 'apps', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'Asia/Tokyo' }, purpose: 'service-information' }),
);
