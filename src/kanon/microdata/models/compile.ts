import { TokumeiError } from '../../../core/errors.js';
import { checkHierarchy } from '../hierarchies/hierarchy.js';
import { uniquenessEstimate } from '../risk/uniqueness.js';
import { hierarchicalClosenessModel, orderedClosenessModel, type SensitiveTree } from './closeness.js';
import { distinctDiversityModel, recursiveDiversityModel, type SensitiveColumn } from './diversity.js';
import { entropyDiversityModel } from './entropyDiversity.js';
import { kAnonymityModel } from './kAnonymity.js';
import { alphaModel, betaLikenessModel, deltaDisclosureModel, equalClosenessModel } from './likeness.js';
import type { ClassModel, TableModel } from './model.js';
import { deltaPresenceModel, estimatedK, kMapModel } from './population.js';
import type { PrivacyModel } from './spec.js';
import { averageRiskModel, populationUniquenessModel, sampleUniquenessModel } from './tableModels.js';

/** What models are compiled against. */
export interface ModelContext {
  readonly where: string;
  readonly rows: number;
  readonly hasPopulation: boolean;
  /** The sensitive column of a field with the texts of its values, or undefined where the field is unknown. */
  sensitive(field: string): (SensitiveColumn & { readonly texts: readonly string[] }) | undefined;
}

export interface CompiledModels {
  readonly classModels: readonly ClassModel[];
  readonly tableModels: readonly TableModel[];
  /** All of them, in the order in which they were named. */
  readonly inOrder: readonly (ClassModel | TableModel)[];
}

/** Fields that models call sensitive, each once. */
export function sensitiveFields(models: readonly PrivacyModel[]): readonly string[] {
  return [...new Set(models.flatMap((model) => ('sensitive' in model ? [model.sensitive] : [])))];
}

export function compileModels(models: readonly PrivacyModel[], context: ModelContext): CompiledModels {
  const { where, rows } = context;
  const inOrder: (ClassModel | TableModel)[] = [];
  const columns = new Map<string, SensitiveColumn & { readonly texts: readonly string[] }>();
  const column = (field: string): SensitiveColumn & { readonly texts: readonly string[] } => {
    const found = columns.get(field) ?? context.sensitive(field);
    if (found !== undefined) {
      columns.set(field, found);
      return found;
    }
    throw new TokumeiError('TOKUMEI_FIELD', { where, parameter: 'sensitive', expected: 'the name of a field of the records', received: field });
  };
  const needPopulation = (name: string): void => {
    if (!context.hasPopulation) throw new TokumeiError('TOKUMEI_POPULATION', { where, message: `${name} needs the population: name the field that marks rows of the table in it (inSample)` });
  };
  for (const model of models) {
    switch (model.model) {
      case 'k-anonymity':
        inOrder.push(kAnonymityModel(model.k));
        break;
      case 'k-map':
        needPopulation('k-map');
        inOrder.push(kMapModel(model.k));
        break;
      case 'estimated-k-map': {
        const fraction = Math.min(1, rows / model.populationSize);
        inOrder.push(kAnonymityModel(estimatedK(model.k, fraction, model.significance, model.estimator ?? 'poisson', model.rounding === 'arx')));
        break;
      }
      case 'distinct-l-diversity':
        inOrder.push(distinctDiversityModel(model.l, column(model.sensitive)));
        break;
      case 'entropy-l-diversity':
        inOrder.push(entropyDiversityModel(model.l, column(model.sensitive), { estimator: model.estimator ?? 'shannon', evaluation: model.evaluation ?? 'tolerant' }));
        break;
      case 'recursive-cl-diversity':
        inOrder.push(recursiveDiversityModel(model.c, model.l, column(model.sensitive)));
        break;
      case 't-closeness':
        inOrder.push(closeness(model.t, column(model.sensitive), model.distance ?? 'equal', model.sensitive, where));
        break;
      case 'alpha-k-anonymity': {
        const found = column(model.sensitive);
        inOrder.push(kAnonymityModel(model.k), alphaModel(model.alpha, found, model.values === undefined ? 'all' : model.values.map((text) => found.texts.indexOf(text)).filter((v) => v >= 0)));
        break;
      }
      case 'basic-beta-likeness':
      case 'enhanced-beta-likeness':
        inOrder.push(betaLikenessModel(model.beta, column(model.sensitive), model.model === 'enhanced-beta-likeness'));
        break;
      case 'delta-disclosure':
        inOrder.push(deltaDisclosureModel(model.delta, column(model.sensitive), { base: model.base ?? 2, absent: model.absent ?? 'skip' }));
        break;
      case 'delta-presence':
        needPopulation('delta-presence');
        inOrder.push(deltaPresenceModel(model.min, model.max));
        break;
      case 'average-risk':
        inOrder.push(averageRiskModel(model.risk, model.atRisk));
        break;
      case 'sample-uniqueness':
        inOrder.push(sampleUniquenessModel(model.share));
        break;
      case 'population-uniqueness':
        inOrder.push(populationUniquenessModel(model.share, model.populationSize, (sizes) => uniquenessEstimate(model.estimator, sizes, model.populationSize)));
        break;
    }
  }
  return { inOrder, classModels: inOrder.filter(onClasses), tableModels: inOrder.filter((model): model is TableModel => !onClasses(model)) };
}

export const onClasses = (model: ClassModel | TableModel): model is ClassModel => 'mark' in model;

function closeness(t: number, column: SensitiveColumn & { readonly texts: readonly string[] }, distance: NonNullable<Extract<PrivacyModel, { model: 't-closeness' }>['distance']>, field: string, where: string): ClassModel {
  if (distance === 'equal') return equalClosenessModel(t, column);
  const missing = (what: string): never => {
    throw new TokumeiError('TOKUMEI_MODEL', { where, message: `t-closeness of ${JSON.stringify(field)}: the data hold a value that the ${what} does not list; list every value that can occur` });
  };
  if ('order' in distance) {
    const places = new Map(distance.order.map((text, at) => [text, at]));
    const known = column.texts.map((text, v) => ({ v, at: places.get(text) ?? missing('order') }));
    return orderedClosenessModel(t, column, known.sort((a, b) => a.at - b.at).map(({ v }) => v));
  }
  checkHierarchy(distance.hierarchy, { attribute: field, where, duplicateLeaves: 'count' });
  return hierarchicalClosenessModel(t, ...treeOf(column, distance.hierarchy.rows, () => missing('hierarchy')));
}

function treeOf(column: SensitiveColumn & { readonly texts: readonly string[] }, rows: readonly (readonly string[])[], missing: () => never): readonly [SensitiveColumn, SensitiveTree] {
  const byLeaf = new Map(rows.map((row) => [row[0]!, row]));
  const height = rows[0]!.length - 1;
  const levels: Int32Array[] = [];
  const sizes: number[] = [];
  for (let level = 1; level <= height; level++) {
    const numbers = new Map<string, number>();
    levels.push(Int32Array.from(column.texts, (text) => {
      const name = (byLeaf.get(text) ?? missing())[level]!;
      if (!numbers.has(name)) numbers.set(name, numbers.size);
      return numbers.get(name)!;
    }));
    sizes.push(numbers.size);
  }
  return [column, { levels, sizes }];
}
