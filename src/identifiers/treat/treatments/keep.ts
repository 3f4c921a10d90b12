import type { RowLocalTreatment } from '../types.js';

/**
 * Leaves the findings of a class in clear. The one way to say so: a class that a policy does not name is labelled.
 *
 * @example
 * treat({ 'telephone-number': keep() })('03-1234-5678, yamada@example.com'); // => '03-1234-5678, [mail-address]'
 */
/* @__NO_SIDE_EFFECTS__ */
export function keep(): RowLocalTreatment {
  return KEEP;
}

const KEEP: RowLocalTreatment = {
  name: 'keep',
  scope: 'row-local',
  edges: 'clear',
  settings: {},
  replace: (_, written) => written,
};
