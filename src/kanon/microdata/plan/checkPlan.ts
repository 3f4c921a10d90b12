import { TokumeiError } from '../../../core/errors.js';
import type { Hierarchy } from '../hierarchies/hierarchy.js';
import { checkModels } from '../models/checkModels.js';
import { checkObjective } from '../search/objectives/spec.js';
import { LOCAL_MODELS } from './localModels.js';
import { hierarchyHash, type Plan } from './plan.js';
import type { QuasiIdentifier } from './prepare.js';

export interface CheckedPlan {
  readonly quasiIdentifiers: readonly (readonly [string, QuasiIdentifier])[];
  /** The largest k that the plan's models ask for. */
  readonly k: number;
}

/**
 * Checks a plan as data from outside: it may have been kept as JSON for years, and changed by hand.
 *
 * @throws {TokumeiError} `TOKUMEI_PLAN`, `TOKUMEI_MODEL`, `TOKUMEI_OBJECTIVE`, `TOKUMEI_PLAN_MODELS`, `TOKUMEI_PLAN_HIERARCHY`
 */
export function checkPlan(plan: Plan, hierarchies: { readonly [field: string]: Hierarchy }, where: string): CheckedPlan {
  const bad = (parameter: string, expected: string): never => {
    throw new TokumeiError('TOKUMEI_PLAN', { where, parameter, expected });
  };
  if (typeof plan !== 'object' || plan === null || plan.planVersion !== 1) bad('plan', 'a plan of searchPlan, version 1');
  const { fields, steps, models } = plan;
  if (!Array.isArray(fields) || fields.length === 0 || fields.some((one) => typeof one !== 'object' || one === null || typeof one.field !== 'string')) bad('plan.fields', 'at least one field');
  if (new Set(fields.map(({ field }) => field)).size !== fields.length) bad('plan.fields', 'different fields');
  if (!(typeof plan.suppressionLimit === 'number' && plan.suppressionLimit >= 0 && plan.suppressionLimit <= 1)) bad('plan.suppressionLimit', 'a share from 0 to 1');
  if (plan.ties !== 'dearest' && plan.ties !== 'arx') bad('plan.ties', "'dearest' or 'arx'");
  if (!Array.isArray(steps) || steps.length === 0 || steps.some((levels) => !Array.isArray(levels) || levels.length !== fields.length)) bad('plan.steps', 'at least one list with a level for each field');
  checkModels(models, where);
  checkObjective(plan.objective, where);
  const ks = models.flatMap((model) => (model.model === 'k-anonymity' || model.model === 'alpha-k-anonymity' ? [model.k] : []));
  if (ks.length === 0 || models.some(({ model }) => model === 'delta-presence' || model === 'k-map')) {
    throw new TokumeiError('TOKUMEI_PLAN_MODELS', { where, message: "rows are released under k-anonymity: search the plan with { model: 'k-anonymity', k } among its models, and without models that need the population" });
  }
  if (steps.length > 1 && models.some(({ model }) => !LOCAL_MODELS.includes(model))) {
    throw new TokumeiError('TOKUMEI_PLAN_MODELS', { where, message: 'a plan of several steps has a model that does not survive putting classes together' });
  }
  const quasiIdentifiers = fields.map(({ field, hierarchy, height, missing, unseen }, a): readonly [string, QuasiIdentifier] => {
    const given = typeof hierarchies === 'object' && hierarchies !== null && Object.hasOwn(hierarchies, field) ? hierarchies[field] : undefined;
    if (given === undefined || !Array.isArray(given.rows) || hierarchyHash(given) !== hierarchy) {
      throw new TokumeiError('TOKUMEI_PLAN_HIERARCHY', { where, message: `the hierarchy of ${JSON.stringify(field)} is not the one that the plan was searched with` });
    }
    if (height !== given.rows[0]!.length - 1 || steps.some((levels) => !Number.isSafeInteger(levels[a]) || levels[a]! < 0 || levels[a]! > height)) bad('plan.steps', 'levels within the hierarchies');
    if (!['own-category', 'wildcard', 'reject'].includes(missing) || !['reject', 'suppress', 'wildcard'].includes(unseen)) bad('plan.fields', 'policies for missing and unseen values that exist');
    return [field, { hierarchy: given, missing, unseen, duplicateLeaves: 'count' }];
  });
  return { quasiIdentifiers, k: Math.max(...ks) };
}
