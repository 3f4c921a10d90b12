import { TokumeiError } from '../../../core/errors.js';
import type { PrivacyModel } from './spec.js';

/** @throws {TokumeiError} `TOKUMEI_MODEL` */
export function checkModels(models: readonly PrivacyModel[], where: string): readonly PrivacyModel[] {
  const bad = (parameter: string, expected: string, received: unknown): never => {
    throw new TokumeiError('TOKUMEI_MODEL', { where, parameter, expected, received });
  };
  if (!Array.isArray(models) || models.length === 0) bad('models', 'a list with at least one privacy model', models);
  const within = (parameter: string, value: unknown, least: number, most: number, open = false): void => {
    const low = open ? (value as number) > least : (value as number) >= least;
    if (typeof value !== 'number' || !low || value > most) bad(parameter, `a number ${open ? 'above' : 'from'} ${least}${most === Infinity ? '' : ` to ${most}`}`, value);
  };
  const whole = (parameter: string, value: unknown, least: number): void => {
    if (!Number.isSafeInteger(value) || (value as number) < least) bad(parameter, `a whole number of at least ${least}`, value);
  };
  const oneOf = (parameter: string, value: unknown, allowed: readonly unknown[]): void => {
    if (value !== undefined && !allowed.includes(value)) bad(parameter, `one of ${allowed.join(', ')}`, value);
  };
  for (const model of models) {
    if (typeof model !== 'object' || model === null) bad('models', 'a list of privacy models', model);
    switch (model?.model) {
      case 'k-anonymity':
      case 'k-map':
        whole('k', model.k, 2);
        break;
      case 'estimated-k-map':
        whole('k', model.k, 2);
        whole('populationSize', model.populationSize, 1);
        within('significance', model.significance, 0, 1, true);
        oneOf('estimator', model.estimator, ['poisson', 'zero-truncated-poisson']);
        oneOf('rounding', model.rounding, ['quantile', 'arx']);
        break;
      case 'distinct-l-diversity':
        whole('l', model.l, 2);
        break;
      case 'entropy-l-diversity':
        within('l', model.l, 1, Infinity, true);
        oneOf('estimator', model.estimator, ['shannon', 'grassberger']);
        oneOf('evaluation', model.evaluation, ['tolerant', 'arx']);
        break;
      case 'recursive-cl-diversity':
        within('c', model.c, 0, Infinity, true);
        whole('l', model.l, 2);
        break;
      case 't-closeness':
        within('t', model.t, 0, 1);
        checkDistance(model.distance, bad);
        break;
      case 'alpha-k-anonymity':
        within('alpha', model.alpha, 0, 1, true);
        whole('k', model.k, 2);
        if (model.values !== undefined && (!Array.isArray(model.values) || model.values.length === 0 || model.values.some((text) => typeof text !== 'string'))) bad('values', 'a list of texts', model.values);
        break;
      case 'basic-beta-likeness':
      case 'enhanced-beta-likeness':
        within('beta', model.beta, 0, Infinity, true);
        break;
      case 'delta-disclosure':
        within('delta', model.delta, 0, Infinity, true);
        oneOf('base', model.base, [2, 'e']);
        oneOf('absent', model.absent, ['skip', 'fail']);
        break;
      case 'delta-presence':
        within('min', model.min, 0, 1);
        within('max', model.max, model.min, 1);
        break;
      case 'average-risk':
        within('risk', model.risk, 0, 1, true);
        if (model.atRisk !== undefined) {
          within('atRisk.highest', model.atRisk.highest, 0, 1, true);
          within('atRisk.share', model.atRisk.share, 0, 1);
          oneOf('atRisk.counting', model.atRisk.counting, ['above', 'arx']);
        }
        break;
      case 'sample-uniqueness':
        within('share', model.share, 0, 1);
        break;
      case 'population-uniqueness':
        within('share', model.share, 0, 1);
        whole('populationSize', model.populationSize, 1);
        oneOf('estimator', model.estimator ?? null, ['pitman', 'zayatz', 'snb', 'dankar']);
        break;
      default:
        bad('model', 'the name of a privacy model', (model as { model?: unknown } | undefined)?.model);
    }
    const { sensitive } = model as { sensitive?: unknown };
    if (!WITHOUT_SENSITIVE.includes(model.model) && (typeof sensitive !== 'string' || sensitive === '')) bad('sensitive', 'the name of a field', sensitive);
  }
  return models;
}

function checkDistance(distance: unknown, bad: (parameter: string, expected: string, received: unknown) => never): void {
  if (distance === undefined || distance === 'equal') return;
  const { order, hierarchy } = (typeof distance === 'object' && distance !== null ? distance : {}) as { order?: unknown; hierarchy?: { rows?: unknown } };
  const listed = Array.isArray(order) && order.length > 0 && order.every((text) => typeof text === 'string') && new Set(order).size === order.length;
  if (!listed && !Array.isArray(hierarchy?.rows)) bad('distance', "'equal', { order } with different texts, or { hierarchy }", distance);
}

/** Models that look at the size of classes alone. */
const WITHOUT_SENSITIVE: readonly string[] = ['k-anonymity', 'k-map', 'estimated-k-map', 'delta-presence', 'average-risk', 'sample-uniqueness', 'population-uniqueness'];
