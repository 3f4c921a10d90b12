import type { RowLocalTreatment } from '../types.js';

/**
 * Takes the finding out and leaves nothing in its place.
 *
 * What stood on either side comes together and could then read as an identifier (`090-` and `1234-5678`). So the
 * treated text is scanned again, and what has been glued is treated in turn; that costs a second scan. Where that
 * matters, or where a reader should see that something is gone, use {@link label}.
 *
 * @example
 * treat({ 'mail-address': remove() })('to: yamada@example.com.'); // => 'to: .'
 */
/* @__NO_SIDE_EFFECTS__ */
export function remove(): RowLocalTreatment {
  return REMOVE;
}

const REMOVE: RowLocalTreatment = {
  name: 'remove',
  scope: 'row-local',
  edges: 'open',
  settings: {},
  replace: () => '',
};
