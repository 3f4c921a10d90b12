import type { DifferentialPrivacy } from '../../core/guarantee.js';
import { together } from '../../rank/scores/withShares.js';
import { check, type Check } from '../../rank/verify/check.js';
import type { Made, StatedManifest } from '../../rank/verify/made.js';
import { isRecord, sameJson } from '../../rank/verify/sameJson.js';

/**
 * A table with shares of a total that was paid for costs both. Gives back the manifest of the table alone, and holds the
 * total's statement and the sum of both guarantees against what they are when made again.
 */
export function apartFromTotal(manifest: StatedManifest, remake: (total: StatedManifest) => Made): { readonly alone: StatedManifest; readonly checks: readonly Check[] } {
  const of = manifest.steps.find(({ stage, of: divisor }) => stage === 'withShares' && isRecord(divisor))?.['of'];
  if (!isRecord(of)) return { alone: manifest, checks: [] };
  const { table, total } = of['paid'] as { readonly table: DifferentialPrivacy; readonly total: DifferentialPrivacy };
  const { mechanism, measures, bounds, parameters, keys } = of as Pick<StatedManifest, 'mechanism' | 'measures' | 'bounds' | 'parameters' | 'keys'>;
  const made = remake({ ...manifest, mechanism, measures, bounds, parameters, keys, guarantee: total, steps: [] });
  const stated = { mechanism, measures, bounds, parameters, keys, paid: { table, total } };
  const again = { mechanism, measures: made.measures, bounds: made.bounds, parameters: made.parameters, keys: made.keys, paid: { table, total: made.guarantee } };
  return {
    alone: { ...manifest, guarantee: table },
    checks: [
      check('total', sameJson(of, stated) && sameJson(stated, again), 'as its own budget gives it'),
      check('guarantees together', sameJson(manifest.guarantee, together(table, total, 'verifyManifest')), 'the sum of both'),
    ],
  };
}
