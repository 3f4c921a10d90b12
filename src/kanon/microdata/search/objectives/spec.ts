import { TokumeiError } from '../../../../core/errors.js';
import type { SearchTable } from '../searchTable.js';
import type { Aggregate } from './aggregate.js';
import { ambiguityObjective, averageClassSizeObjective, classificationObjective, discernibilityObjective } from './classBased.js';
import { entropyBasedLossObjective } from './entropyBasedLoss.js';
import { entropyObjective } from './entropy.js';
import { lossObjective } from './loss.js';
import type { Objective } from './objective.js';
import { heightObjective, precisionObjective } from './precision.js';

/** What objectives by attribute share: how their values are put together, and how much each attribute counts (default: all the same). */
export interface Weighing {
  readonly aggregate?: Aggregate;
  readonly weights?: { readonly [field: string]: number };
}

/**
 * What a search makes as small as it can, as plain JSON. `gs` weighs generalization against suppression, from 0
 * (suppression is free) to 1 (generalization is); 0.5, the default, counts both fully.
 */
export type ObjectiveOptions =
  | ({ readonly measure: 'loss'; readonly gs?: number } & Weighing)
  | ({ readonly measure: 'non-uniform-entropy'; readonly gs?: number; readonly normalized?: boolean; readonly monotonic?: boolean } & Weighing)
  | ({ readonly measure: 'precision'; readonly gs?: number; readonly monotonic?: boolean } & Weighing)
  | ({ readonly measure: 'height' } & Weighing)
  | { readonly measure: 'entropy-based-loss'; readonly gs?: number }
  | { readonly measure: 'discernibility'; readonly monotonic?: boolean }
  | { readonly measure: 'average-class-size'; readonly gs?: number }
  | { readonly measure: 'ambiguity' }
  | { readonly measure: 'classification'; readonly target: string; readonly suppressed?: number; readonly minority?: number; readonly noMajority?: number };

const MEASURES = ['loss', 'non-uniform-entropy', 'precision', 'height', 'entropy-based-loss', 'discernibility', 'average-class-size', 'ambiguity', 'classification'];
const AGGREGATES = ['geometric-mean', 'arithmetic-mean', 'sum', 'maximum', 'rank'];

/** @throws {TokumeiError} `TOKUMEI_OBJECTIVE` */
export function checkObjective(objective: ObjectiveOptions, where: string): ObjectiveOptions {
  const bad = (parameter: string, expected: string, received: unknown): never => {
    throw new TokumeiError('TOKUMEI_OBJECTIVE', { where, parameter, expected, received });
  };
  if (typeof objective !== 'object' || objective === null || !MEASURES.includes(objective.measure)) bad('objective.measure', `one of ${MEASURES.join(', ')}`, (objective as ObjectiveOptions | null)?.measure);
  const { gs, aggregate, weights } = objective as { gs?: unknown; aggregate?: unknown; weights?: unknown };
  if (gs !== undefined && !(typeof gs === 'number' && gs >= 0 && gs <= 1)) bad('objective.gs', 'a number from 0 to 1', gs);
  if (aggregate !== undefined && !AGGREGATES.includes(aggregate as string)) bad('objective.aggregate', `one of ${AGGREGATES.join(', ')}`, aggregate);
  if (weights !== undefined && (typeof weights !== 'object' || weights === null || Object.values(weights).some((w) => typeof w !== 'number' || !Number.isFinite(w) || w < 0))) {
    bad('objective.weights', 'numbers of at least 0 by field', undefined);
  }
  if (objective.measure === 'classification' && (typeof objective.target !== 'string' || objective.target === '')) bad('objective.target', 'the name of a field', objective.target);
  return objective;
}

/** `sensitive`: the fields behind the sensitive columns of the table, in order. */
export function compileObjective(objective: ObjectiveOptions, table: SearchTable): Objective {
  const weights = (given: { readonly [field: string]: number } | undefined): number[] =>
    table.attributes.map(({ hierarchy }) => (given !== undefined && Object.hasOwn(given, hierarchy.name) ? given[hierarchy.name]! : 0.5));
  switch (objective.measure) {
    case 'loss':
      return lossObjective(table, objective.gs ?? 0.5, objective.aggregate ?? 'geometric-mean', weights(objective.weights));
    case 'non-uniform-entropy': {
      const { gs = 0.5, aggregate = 'sum', normalized = false, monotonic = false } = objective;
      return entropyObjective(table, { gs, aggregate, normalized, monotonic }, weights(objective.weights));
    }
    case 'precision':
      return precisionObjective(table, objective.gs ?? 0.5, objective.monotonic ?? false, objective.aggregate ?? 'arithmetic-mean', weights(objective.weights));
    case 'height':
      return heightObjective(table, objective.aggregate ?? 'sum', weights(objective.weights));
    case 'entropy-based-loss':
      return entropyBasedLossObjective(table, objective.gs ?? 0.5);
    case 'discernibility':
      return discernibilityObjective(table, objective.monotonic ?? false);
    case 'average-class-size':
      return averageClassSizeObjective(table, objective.gs ?? 0.5);
    case 'ambiguity':
      return ambiguityObjective(table);
    case 'classification': {
      const { suppressed = 1, minority = 1, noMajority = 1 } = objective;
      return classificationObjective(table, table.sensitive.findIndex(({ name }) => name === objective.target), { suppressed, minority, noMajority });
    }
  }
}
