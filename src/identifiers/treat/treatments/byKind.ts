import type { Finding } from '../../types.js';
import type { Treatment } from '../types.js';
import { checkTreatment } from '../checkTreatment.js';
import { label } from './label.js';

/** The scope of several treatments together: `row-local` only if each of them is. */
type ScopeOf<T extends Treatment> = 'across-rows' extends T['scope'] ? 'across-rows' : 'row-local';

/**
 * Chooses a treatment by the finding's `kind`; kinds that are not named are labelled, or treated as `others` says.
 *
 * @throws {TokumeiError} `TOKUMEI_TREAT_POLICY` when something else than a treatment is given.
 * @example
 * const devices = byKind({ ipv4: generalise(), ipv6: generalise() }, label());
 * treat({ 'device-address': devices })('192.0.2.17'); // => '[192.0.2.*]'
 */
/* @__NO_SIDE_EFFECTS__ */
export function byKind<const K extends Readonly<Record<string, Treatment>>, O extends Treatment = Treatment<'row-local'>>(
  kinds: K,
  others?: O,
): Treatment<ScopeOf<K[keyof K] | O>> {
  const fallback: Treatment = others ?? label();
  checkTreatment(fallback, 'byKind', 'others');
  const table = new Map<string, Treatment>(Object.entries(kinds));
  for (const [kind, treatment] of table) checkTreatment(treatment, 'byKind', kind);
  const all = [...table.values(), fallback];
  const of = (finding: Finding): Treatment => table.get(finding.kind) ?? fallback;
  return {
    name: 'byKind',
    scope: (all.every((t) => t.scope === 'row-local') ? 'row-local' : 'across-rows') as ScopeOf<K[keyof K] | O>,
    edges: all.some((t) => t.edges === 'open') ? 'open' : 'closed',
    settings: Object.fromEntries([...table, ['others', fallback] as const].map(([kind, t]) => [kind, t.name])),
    replace: (finding, written) => of(finding).replace(finding, written),
    isOwn: (finding) => of(finding).edges === 'clear' || (of(finding).isOwn?.(finding) ?? false),
  };
}
