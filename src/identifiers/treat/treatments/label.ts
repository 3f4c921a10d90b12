import type { RowLocalTreatment } from '../types.js';

/**
 * Puts the name of the class in place of the finding: `[mail-address]`.
 *
 * The default for every class that a policy does not name. Nothing of the identifier is left: not its length, not
 * whether two findings were the same.
 *
 * @example
 * treat({ 'mail-address': label() })('to yamada@example.com'); // => 'to [mail-address]'
 */
/* @__NO_SIDE_EFFECTS__ */
export function label(): RowLocalTreatment {
  return LABEL;
}

const LABEL: RowLocalTreatment = {
  name: 'label',
  scope: 'row-local',
  edges: 'closed',
  settings: {},
  replace: (finding) => `[${finding.class}]`,
};
