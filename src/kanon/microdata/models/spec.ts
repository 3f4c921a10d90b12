import type { Hierarchy } from '../hierarchies/hierarchy.js';
import type { EntropyForm } from './entropyDiversity.js';
import type { CellSizeEstimator } from './population.js';
import type { AtRisk } from './tableModels.js';

/** How far apart two sensitive values are. An order lists values from first to last; a tree is a hierarchy. */
export type ClosenessDistance = 'equal' | { readonly order: readonly string[] } | { readonly hierarchy: Hierarchy };

/** Estimators of how many people in the population are alone in their class. */
export type UniquenessEstimator = 'pitman' | 'zayatz' | 'snb' | 'dankar';

/** A privacy model, as plain JSON. There is no default threshold. */
export type PrivacyModel =
  | { readonly model: 'k-anonymity'; readonly k: number }
  | { readonly model: 'k-map'; readonly k: number }
  | {
      readonly model: 'estimated-k-map';
      readonly k: number;
      readonly populationSize: number;
      readonly significance: number;
      readonly estimator?: CellSizeEstimator;
      /** `'quantile'` (default), or `'arx'`, which adds one to the Poisson quantile. */
      readonly rounding?: 'quantile' | 'arx';
    }
  | { readonly model: 'distinct-l-diversity'; readonly l: number; readonly sensitive: string }
  | {
      readonly model: 'entropy-l-diversity';
      readonly l: number;
      readonly sensitive: string;
      /** Of the entropy: `'shannon'` (default), or `'grassberger'`, which corrects for few rows. */
      readonly estimator?: EntropyForm['estimator'];
      /** `'tolerant'` (default): a class right at the limit passes. `'arx'`: ARX's arithmetic, where the last bit decides, and its G(N) for ln N in Grassberger's estimate. */
      readonly evaluation?: EntropyForm['evaluation'];
    }
  | { readonly model: 'recursive-cl-diversity'; readonly c: number; readonly l: number; readonly sensitive: string }
  | { readonly model: 't-closeness'; readonly t: number; readonly sensitive: string; readonly distance?: ClosenessDistance }
  | { readonly model: 'alpha-k-anonymity'; readonly alpha: number; readonly k: number; readonly sensitive: string; readonly values?: readonly string[] }
  | { readonly model: 'basic-beta-likeness' | 'enhanced-beta-likeness'; readonly beta: number; readonly sensitive: string }
  | {
      readonly model: 'delta-disclosure';
      readonly delta: number;
      readonly sensitive: string;
      /** Base of the logarithm. Default 2, as in ARX; pycanon takes e. */
      readonly base?: 2 | 'e';
      /** Values that a class lacks. Default `'skip'`, as both tools do; `'fail'` is the definition read strictly. */
      readonly absent?: 'skip' | 'fail';
    }
  | { readonly model: 'delta-presence'; readonly min: number; readonly max: number }
  | { readonly model: 'average-risk'; readonly risk: number; readonly atRisk?: AtRisk }
  | { readonly model: 'sample-uniqueness'; readonly share: number }
  | { readonly model: 'population-uniqueness'; readonly share: number; readonly populationSize: number; readonly estimator: UniquenessEstimator };
