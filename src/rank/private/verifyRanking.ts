import { planRanking } from './plan/planRanking.js';
import { planParameters, PRIVATE_RANKING } from './run/statementOf.js';
import type { RankingInputs } from './plan/types.js';

/** One thing that was recomputed from the public parts of a release. */
export interface RankingCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** What of a manifest is checked. */
export interface RankingManifest {
  readonly mechanism: string;
  readonly guarantee: { readonly kind: string; readonly epsilon?: number; readonly delta?: number };
  readonly parameters: { readonly [name: string]: unknown };
  readonly keys: { readonly origin: string; readonly declared?: number };
}

/**
 * Makes the plan of a released ranking again from the inputs that its manifest states, and compares every figure.
 *
 * For `verifyManifest` (mechanism `private ranking`): a plan follows from public inputs alone, so budget, scale, sigma,
 * margin and strategy all have to come out as stated. Says nothing of whether the publisher used this code.
 */
export function verifyRanking(manifest: RankingManifest, data: unknown): readonly RankingCheck[] {
  const { guarantee, parameters, keys } = manifest;
  const inputs = parameters['inputs'] as RankingInputs;
  const plan = planRanking(inputs, 'verifyManifest');
  const stated = JSON.stringify(sorted(parameters));
  const planned = JSON.stringify(sorted(planParameters(inputs, plan)));
  const budget = guarantee.kind === 'differential-privacy' && guarantee.epsilon! >= plan.cost.epsilon && guarantee.delta! >= plan.cost.delta;
  const rows = Array.isArray(data) ? (data as readonly { readonly rank?: unknown }[]) : [];
  return [
    { name: 'mechanism', ok: manifest.mechanism === PRIVATE_RANKING, detail: `strategy ${plan.strategy}` },
    { name: 'plan', ok: stated === planned, detail: 'scale, sigma and margin as they follow from the stated inputs' },
    { name: 'budget', ok: budget, detail: `the plan costs epsilon ${plan.cost.epsilon}, delta ${plan.cost.delta}` },
    { name: 'keys', ok: inputs.keys === 'discover' ? keys.origin === 'discovered' : keys.origin === 'public' && keys.declared === inputs.keys, detail: `inputs say ${inputs.keys}` },
    { name: 'ranks', ok: rows.every(({ rank }) => typeof rank === 'number' && rank >= 1 && rank <= plan.top), detail: `at most ${plan.top}` },
  ];
}

/** With the members of objects in the order of their names: JSON written elsewhere may have them in another. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, sorted(member)]));
}
