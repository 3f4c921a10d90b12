import type { Json, MeasureStatement } from '../../core/statement.js';
import { checkConfidence } from '../intervals/rankIntervals.js';
import type { RankTarget } from '../intervals/target.js';
import { TIE_RULES } from '../order/rankTies.js';
import { intervalAccuracy } from '../toRanking.js';
import { check, type Check } from './check.js';
import { checkLines, type LineRules } from './lines.js';
import { isRankedState, type CellRule, type Made, type StatedManifest } from './made.js';
import { hasOnly, isRecord, sameJson } from './sameJson.js';

/** Where records come in: the one stage that every release begins with. */
const DOORS = ['personal', 'personalColumns', 'personalTable', 'collectPersonal'];

/** Stages that records can have gone through before the aggregate, with what they state of themselves. */
const BEFORE: Readonly<Record<string, readonly [needed: readonly string[], possible: readonly string[]]>> = {
  where: [['name'], []],
  derive: [['fields'], []],
  joinPublic: [['on', 'fields'], []],
  deidentify: [['policy', 'fields'], []],
};

/**
 * Holds a manifest and its lines against what its mechanism says when it is made again: every figure, the steps in their order,
 * and a closed list of columns.
 */
export function checksOf(manifest: StatedManifest, data: unknown, made: Made): readonly Check[] {
  const at = manifest.steps.findLastIndex(({ stage }) => made.stages.includes(stage));
  const own = at < 0 ? [] : manifest.steps.slice(at, at + made.steps.length);
  const before = manifest.steps.slice(0, Math.max(0, at));
  const { accuracy, rules, ok } = shaped(manifest, made, manifest.steps.slice(at + made.steps.length));
  return [
    check('unit', manifest.unit === made.guarantee.unit, manifest.unit),
    check('guarantee', sameJson(manifest.guarantee, made.guarantee), `the mechanism costs epsilon ${made.guarantee.epsilon}, delta ${made.guarantee.delta}`),
    check('noise', sameJson(manifest.measures, made.measures), `needed ${JSON.stringify(made.measures.map(({ noise }) => noise))}`),
    check('parameters', sameJson(manifest.parameters, made.parameters), 'as budget and bounds give them'),
    check('bounds', sameJson(manifest.bounds, made.bounds), 'those of the mechanism and no others'),
    check('keys', sameJson(manifest.keys, made.keys), made.keys.origin),
    check('accuracy', sameJson(manifest.accuracy, accuracy), 'as the noise law gives it'),
    check('not covered', sameJson(manifest.notCovered, made.notCovered), 'as the mechanism says'),
    check('steps before', beginsWithDoor(before, manifest.unit, manifest.steps[at]?.stage) && before.slice(1).every(isBefore), 'one door, and stages for records'),
    check('step of the mechanism', at >= 0 && own.length === made.steps.length && own.every((step, i) => sameJson(i === 0 ? { ...step, stage: '' } : step, i === 0 ? { ...made.steps[0], stage: '' } : made.steps[i])), 'its bounds, keys and fields'),
    check('steps after', ok, 'stages for tables of this kind'),
    ...checkLines(data, manifest, rules),
    ...('share' in rules.columns ? [check('shares', sharesFit(data, manifest.guard.onIdentifier !== 'suppress' && manifest.steps.some(({ of }) => of === 'published-items')), 'counts divided by one total')] : []),
  ];
}

/** A count in parts to which nothing was added has not seen a door. */
function beginsWithDoor([door]: StatedManifest['steps'], unit: string, own: string | undefined): boolean {
  return door === undefined ? own?.endsWith('InParts') === true : isDoor(door, unit);
}

function isDoor(door: StatedManifest['steps'][number], unit: string): boolean {
  const { stage, unitOf, missingUnit, optOut, fields = [] } = door;
  const names = (list: unknown): list is readonly string[] => Array.isArray(list) && list.every((name) => typeof name === 'string');
  const fits = names(unitOf) && unitOf.length > 0 && (missingUnit === 'drop' || missingUnit === 'reject') && (optOut === 'none' || optOut === 'applied') && names(fields);
  return fits && DOORS.includes(stage) && door['unit'] === unit && hasOnly(door, ['stage', 'unit', 'unitOf', 'missingUnit', 'optOut'], ['fields']);
}

function isBefore({ stage, ...stated }: StatedManifest['steps'][number]): boolean {
  const members = Object.hasOwn(BEFORE, stage) ? BEFORE[stage] : undefined;
  return members !== undefined && hasOnly(stated, ...members);
}

interface Shaped {
  readonly accuracy: { readonly [name: string]: Json };
  readonly rules: LineRules;
  readonly ok: boolean;
}

/** Goes through the stages after the aggregate; what none of them is, or has another member, is not ok. */
function shaped(manifest: StatedManifest, made: Made, steps: StatedManifest['steps']): Shaped {
  const { declared, threshold } = made;
  let [accuracy, columns, ranked, ok] = [made.accuracy, made.columns, made.ranked, true];
  for (const step of steps) {
    if (step.stage === 'toRanking' && ranked === null) {
      const { measure, ties, order, top } = step;
      const measured = made.measures.find(({ name }) => name === measure);
      const rule = typeof measure === 'string' && Object.hasOwn(columns, measure) ? columns[measure] : undefined;
      const fits = TIE_RULES.includes(ties as never) && (order === 'descending' || order === 'ascending') && (top === null || Number.isSafeInteger(top));
      ok &&= fits && measured !== undefined && rule !== undefined && hasOnly(step, ['stage', 'measure', 'ties', 'order', 'top']);
      if (!ok) break;
      accuracy = { ...accuracy, rankIntervals: rankAccuracy(manifest, made, measured!) };
      columns = { ...RANKED, [measure as string]: rule! };
      ranked = { ties: ties as string, order: order as string, by: measure as string, top: top as number | null };
    } else if (step.stage === 'rankGroups' && ranked !== null && made.ranked === null) {
      ok &&= sameJson({ ...step, why: '' }, { stage: 'rankGroups', top: ranked.top, show: 'counts', strategy: 'capped-counts', why: '' }) && typeof step['why'] === 'string' && step['why'].length < 4000;
    } else if (step.stage === 'toBuckets' && ranked !== null && !('bucket' in columns)) {
      const { edges, widest } = step;
      ok &&= hasOnly(step, ['stage', 'widest', 'edges']) && Number.isSafeInteger(widest) && (edges === 'half-decades' || (Array.isArray(edges) && edges.every(Number.isSafeInteger)));
      columns = { ...RANKED, bucket: bucketOf(edges) };
      ranked = { ...ranked, by: null };
    } else if (step.stage === 'withShares' && 'count' in columns && !('share' in columns)) {
      ok &&= hasOnly(step, ['stage', 'of']) && (step['of'] === 'published-items' || isRecord(step['of']));
      columns = { ...columns, share: (value) => value === null || (typeof value === 'number' && Number.isFinite(value)) };
    } else ok = false;
  }
  return { accuracy, ok, rules: { columns, declared, threshold, ranked, pooled: made.pooled === true } };
}

/** Ranks and intervals are looked at together. */
export const RANKED: Readonly<Record<string, CellRule>> = { rank: () => true, interval: () => true, state: isRankedState };

function rankAccuracy(manifest: StatedManifest, { declared }: Made, measured: MeasureStatement): { readonly [name: string]: Json } {
  const stated = manifest.accuracy['rankIntervals'];
  const confidence = checkConfidence(isRecord(stated) ? stated['confidence'] : undefined, 'verifyManifest');
  const target: RankTarget = declared === 'discover' ? 'published-items' : 'bounded-counts';
  return intervalAccuracy(measured, target, declared === 'discover' ? 0 : declared, confidence);
}

/** An edge that the rank is within; none only beyond the last of a declared list. */
function bucketOf(edges: unknown): CellRule {
  const known = (bucket: number): boolean => (Array.isArray(edges) ? edges.includes(bucket) : /^[15]0*$/.test(String(bucket)));
  return (bucket, { rank }) => (bucket === null ? Array.isArray(edges) : typeof bucket === 'number' && bucket >= 1 && known(bucket) && (typeof rank !== 'number' || rank <= bucket));
}

/** All shares are the counts divided by the same number above 0, or all are null. Of published items it is their sum, unless the guard took some out. */
function sharesFit(data: unknown, ofPublished: boolean): boolean {
  const lines = (Array.isArray(data) ? data.filter(isRecord) : []) as readonly { readonly count?: unknown; readonly share?: unknown }[];
  const shared = lines.filter(({ share }) => share !== null);
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b);
  const sum = lines.reduce((all, { count }) => all + (count as number), 0);
  if (shared.length === 0) return !ofPublished || !(sum > 0);
  const first = shared.find(({ share }) => share !== 0);
  const total = ofPublished ? sum : first === undefined ? 1 : (first.count as number) / (first.share as number);
  return shared.length === lines.length && total > 0 && lines.every(({ count, share }) => near(share as number, (count as number) / total));
}
