import { check, type Check } from '../../rank/verify/check.js';
import type { StatedManifest } from '../../rank/verify/made.js';
import { hasOnly, isRecord, sameJson } from '../../rank/verify/sameJson.js';
import { checkAllow, checkPeriod } from '../release/options.js';
import { checkPopulation } from '../release/population.js';

type Members = Readonly<Record<string, unknown>>;

const NEEDED = ['manifestVersion', 'id', 'period', 'purpose', 'unit', 'guarantee', 'by', 'measures', 'keys', 'bounds', 'mechanism', 'parameters', 'steps', 'accuracy', 'notCovered', 'guard', 'cumulative', 'library', 'contentHash'];
const PURPOSES = ['service-information', 'service-operation', 'statistical-service'];

/** What every manifest says whatever the mechanism: all of it, in its form, and nothing else. */
export function manifestChecks(manifest: Members): readonly Check[] {
  const rule = (name: string, fits: (value: never) => boolean, detail: string): Check => check(name, holds(() => fits(manifest[name] as never)), detail);
  return [
    check('fields', hasOnly(manifest, NEEDED, ['population']), 'those of version 1'),
    rule('id', (id: unknown) => isText(id), 'a name'),
    rule('period', (period) => sameJson(checkPeriod(period), period), 'two days and a time zone'),
    rule('purpose', (purpose: unknown) => PURPOSES.includes(purpose as string), 'one of three'),
    ...('population' in manifest ? [rule('population', (population) => sameJson(checkPopulation(population), population), 'as release() takes it')] : []),
    rule('guard', (guard: unknown) => isRecord(guard) && guardFits(guard), 'what it did, what it let through, and Japan among its regions'),
    rule('cumulative', (value: unknown) => value === 'not tracked', 'not tracked'),
    rule('library', (library: unknown) => isRecord(library) && hasOnly(library, ['name', 'version']) && library['name'] === 'tokumei' && /^\d[\w.+-]{0,63}$/.test(library['version'] as string), 'tokumei and its version'),
  ];
}

function guardFits(guard: Members): boolean {
  const { onIdentifier, allow, regions } = guard;
  const known = Array.isArray(regions) && regions[0] === 'JP' && regions.every((region) => typeof region === 'string' && region.length <= 16) && new Set(regions).size === regions.length;
  return hasOnly(guard, ['onIdentifier', 'allow', 'regions']) && ['refuse', 'suppress', 'label'].includes(onIdentifier as string) && known && sameJson(checkAllow(allow), allow);
}

/** The manifest, where it has the form that a mechanism under differential privacy can be made again from. */
export function asStated(manifest: Members): StatedManifest | undefined {
  const { unit, by, guarantee, mechanism, parameters, measures, keys, bounds, steps, accuracy, notCovered, guard } = manifest;
  const fits =
    isText(unit) && isText(mechanism) && [guarantee, parameters, keys, bounds, accuracy, guard].every(isRecord) &&
    Array.isArray(by) && by.length > 0 && by.every(isText) && new Set(by).size === by.length &&
    Array.isArray(measures) && measures.every(isRecord) && Array.isArray(notCovered) &&
    Array.isArray(steps) && steps.every((step) => isRecord(step) && isText(step['stage']));
  return fits ? (manifest as unknown as StatedManifest) : undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

function holds(fits: () => boolean): boolean {
  try {
    return fits();
  } catch {
    return false;
  }
}
