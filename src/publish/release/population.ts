import { readOptions, reading } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { Key } from '../../core/statement.js';
import type { Population } from './manifest.js';

/** A copy of a declared population. @throws {TokumeiError} `TOKUMEI_POPULATION_DECLARED`, `TOKUMEI_OPTIONS` for another member */
export const checkPopulation = (population: Population): Population => reading('release', 'population', 'TOKUMEI_POPULATION_DECLARED', () => copyOf(population));

function copyOf(population: Population): Population {
  const bad = (parameter: string, expected: string, received?: unknown): never => {
    throw new TokumeiError('TOKUMEI_POPULATION_DECLARED', { where: 'release', parameter, expected, received });
  };
  if (typeof population !== 'object' || population === null) return bad('population', "{ all: true } or { where: { field: value }, unitsIn: { field: 'one-part' | 'several' } }", population);
  const { all, where, unitsIn = {}, unitsInTime, coarser } = readOptions(population, 'release', 'all where unitsIn unitsInTime coarser');
  if ((all === true) === (where !== undefined)) return bad('population', 'all: true or where, and not both', all);
  if (typeof unitsIn !== 'object' || unitsIn === null || !Object.values(unitsIn).every(isPart)) return bad('population.unitsIn', "'one-part' or 'several' for each field named", unitsIn);
  if (unitsInTime !== undefined && !isPart(unitsInTime)) return bad('population.unitsInTime', "'one-part' or 'several'", unitsInTime);
  if (coarser !== undefined && (typeof coarser !== 'object' || (coarser as unknown) === null)) return bad('population.coarser', '{ field: { of, groups } }', coarser);
  const common = { ...(Object.keys(unitsIn).length > 0 ? { unitsIn: copy(unitsIn, (part) => part) } : {}), ...(unitsInTime === undefined ? {} : { unitsInTime }),
    ...(coarser === undefined ? {} : { coarser: copy(coarser, copyCoarser) }) };
  if (where === undefined) return { all: true, ...common };
  if (typeof where !== 'object' || where === null || Object.keys(where).length === 0) return bad('population.where', 'at least one field with its value', where);
  for (const [field, value] of Object.entries(where)) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (values.length === 0 || !values.every(isKey)) return bad('population.where', 'text, whole numbers, truth values, null, or lists of these', value);
    if (!Object.hasOwn(unitsIn, field)) return bad('population.unitsIn', "'one-part' or 'several' for each field of where: whether a unit can be in several of its parts");
  }
  return { where: copy(where, (value) => (Array.isArray(value) ? [...(value as readonly Key[])] : (value as Key))), ...common };
}

// A field may be called __proto__, which a plain assignment would not make a field.
const copy = <V, W>(record: { readonly [name: string]: V }, as: (value: V) => W): { readonly [name: string]: W } =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, as(value)]));

/** Of which field, and for each label the values of that field. */
function copyCoarser(one: Coarser): Coarser {
  const { of, groups } = readOptions(one, 'release', 'of groups');
  const fits = typeof of === 'string' && typeof groups === 'object' && groups !== null && Object.values(groups).every((values: unknown) => Array.isArray(values) && values.length > 0 && values.every(isKey));
  if (fits) return { of, groups: copy(groups, (values) => [...values]) };
  throw new TokumeiError('TOKUMEI_POPULATION_DECLARED', { where: 'release', parameter: 'population.coarser', expected: '{ of: the finer field, groups: a list of its values for each label }', received: one });
}

type Coarser = NonNullable<Population['coarser']>[string];

const isPart = (part: unknown): part is 'one-part' | 'several' => part === 'one-part' || part === 'several';

const isKey = (value: unknown): boolean => value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isSafeInteger(value));
