import { accuracyOf } from '../../kanon/tables/perturbation/cellNoise.js';
import { perturbationTable } from '../../kanon/tables/perturbation/perturbationTable.js';
import { BY_CELL_NOISE } from '../../kanon/tables/stages/notCovered.js';
import { randomRounding } from '../../kanon/tables/perturbation/randomRounding.js';
import { canonicalJson } from '../../hash/canonicalJson.js';
import type { Manifest } from '../release/manifest.js';
import { check, type Check } from './check.js';
import { linesOf } from './threshold.js';
import { wordChecks } from './words.js';

/** Makes the noise anew from the stated parameters, which throws where there is none such, and holds the lines against it. */
export function verifyCellNoise(manifest: Manifest, data: unknown): readonly Check[] {
  const { guarantee, keys, parameters } = manifest;
  const lines = linesOf(data);
  if (guarantee.kind !== 'perturbed' || lines === undefined) return [check('guarantee', false, 'a list of perturbed counts')];
  const rounding = guarantee.method === 'random-rounding';
  const noise = rounding ? randomRounding({ base: parameters['base'] as number }) : perturbationTable(parameters as never);
  const possible = (count: unknown): boolean =>
    Number.isSafeInteger(count) && (count as number) >= 0 && (rounding ? (count as number) % Number(parameters['base']) === 0 : count === 0 || (count as number) > Number(parameters['forbiddenUpTo']));
  return [
    ...wordChecks(manifest, accuracyOf(noise), BY_CELL_NOISE),
    check('method', guarantee.method === noise.method, noise.method),
    check('parameters', canonicalJson(noise.parameters) === canonicalJson(parameters), 'those of a law of noise that exists'),
    check('published counts', lines.every(({ state, count }) => state === 'value' && possible(count)), 'none that the noise cannot lead to'),
    check('number of lines', keys.origin === 'public' && lines.length === keys.declared, `${lines.length}`),
  ];
}
