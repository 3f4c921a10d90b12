import { checkInteger, checkOneOf } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { makeCount } from '../../dp/aggregates/countStatement.js';
import { spendOfGuarantee } from '../../dp/aggregates/engine/cost.js';
import { isState, multipleOf, type Made, type StatedManifest } from '../../rank/verify/made.js';

const WHERE = 'verifyManifest';

/** The number of declared keys that a manifest states, or that they were discovered. */
export function declaredOf({ origin, declared }: StatedManifest['keys']): number | 'discover' {
  return checkOneOf(origin, WHERE, 'keys', 'TOKUMEI_KEYS', ['public', 'discovered']) === 'public' ? checkInteger(declared, WHERE, 'declared', 'TOKUMEI_KEYS', 1, 2 ** 31 - 1) : 'discover';
}

/** A private count of units, made again from the budget, the bound, the law and the number of keys that a manifest states. */
export function remakeCountUnits({ unit, by, guarantee, bounds, keys, parameters }: StatedManifest): Made {
  const groupsPerUnit = checkInteger(bounds['groupsPerUnit'], WHERE, 'groupsPerUnit', 'TOKUMEI_GROUPS_PER_UNIT', 1, 2 ** 31 - 1);
  const declared = declaredOf(keys);
  const law = checkOneOf(parameters['noise'], WHERE, 'noise', 'TOKUMEI_NOISE', ['discrete-laplace', 'discrete-gaussian']) === 'discrete-laplace' ? 'laplace' : 'gaussian';
  const minUnits = parameters['minUnits'] === undefined ? 1 : checkInteger(parameters['minUnits'], WHERE, 'minUnits', 'TOKUMEI_MIN_UNITS', 2, 2 ** 31 - 1);
  if (minUnits > 1 && declared !== 'discover') throw new TokumeiError('TOKUMEI_MIN_UNITS', { where: WHERE, message: 'declared keys have no floor on units' });
  const { design, step, ...made } = makeCount({ where: WHERE, unit, by, spend: spendOfGuarantee(WHERE, guarantee), groupsPerUnit, declared, law, minUnits });
  return {
    ...made,
    steps: [step],
    stages: ['dpCountUnits', 'dpCountUnitsInParts'],
    columns: { state: isState, count: multipleOf(1) },
    declared,
    threshold: design.threshold,
    ranked: null,
  };
}
