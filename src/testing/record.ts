import { checkValues } from '../dp/mechanisms/noise/addNoise.js';
import { NOISE_PORT, type ChoiceRequest, type CoinRequest, type GaussianRequest, type LaplaceRequest, type NoisePort, type PrivateRequest } from '../dp/mechanisms/port.js';
import type { RandomSource } from '../random/source.js';
import { seededRandom } from './seeded.js';

/** One request for noise or for a choice, as an aggregate made it, with the exact values that it wanted to protect. */
export interface NoiseRecord {
  readonly mechanism: 'discrete-laplace' | 'discrete-gaussian' | 'coins' | 'choice';
  /** The public parameters: a scale, a sigma, or the law of the coins or of the choice. */
  readonly law: string;
  readonly norm: 'l1' | 'l2' | 'linf';
  readonly sensitivity: number;
  readonly values: readonly number[];
  /** Names of the values as text, one for each; absent where the request had none. */
  readonly keys?: readonly string[];
  /** How many keys may stand on one side only. */
  readonly newKeys: number;
}

/** What was recorded while a pipeline ran without noise. Holds exact private values: for tests on made-up data. */
export interface Recording<T> {
  readonly requests: readonly NoiseRecord[];
  /** What the pipeline returned; its values carry no noise. */
  readonly result: T;
}

/**
 * Runs a pipeline without noise and records each request for noise: the value, the declared sensitivity, the mechanism.
 *
 * Pass the `random` that it hands in to every aggregate. Values come back as they are, coins fall heads, choices take the
 * first positions; all other random choices follow from `seed`. What is made so is marked as not secure: `release()` refuses it.
 *
 * A pipeline of several requests may ask next for what the first answer says. Then hand in the recording on the neighbouring
 * data as `like`: what was answered there is answered here (by key where there are keys), as in the proof of composition,
 * which compares two sides that have seen the same so far. Record the side without the unit first: its keys are all there on the
 * other. Without `like` a correct pipeline of that kind may look faulty.
 *
 * @throws {TokumeiError} `TOKUMEI_NOISE_VALUE` when a value is no whole number of magnitude at most 2^52, as the real mechanisms do.
 * @example
 * const { requests } = recordNoise((random) => noisePort(random).laplace({ values: [7], sensitivity: 1, scale: 2 }));
 * requests[0]?.values; // => [7]
 */
export function recordNoise<T>(run: (random: RandomSource) => T, seed: string | number = 0, like?: Recording<unknown>): Recording<T> {
  const requests: NoiseRecord[] = [];
  const seeded = seededRandom(seed);
  const note = (mechanism: NoiseRecord['mechanism'], law: string, norm: NoiseRecord['norm'], request: PrivateRequest): readonly number[] => {
    const values = Array.from(request.values);
    checkValues(values, mechanism);
    const common = { mechanism, law, norm, sensitivity: request.sensitivity, values, newKeys: request.newKeys ?? 0 };
    requests.push(request.keys === undefined ? common : { ...common, keys: request.keys.map(keyText) });
    return values;
  };
  const answer = (): Float64Array => Float64Array.from(answers(requests.at(-1) as NoiseRecord, like?.requests[requests.length - 1]));
  const port: NoisePort = {
    secure: false,
    random: seeded,
    laplace: (request: LaplaceRequest) => (note('discrete-laplace', `scale ${request.scale}`, 'l1', request), answer()),
    gaussian: (request: GaussianRequest) => (note('discrete-gaussian', `sigma ${request.sigma}`, 'l2', request), answer()),
    coins: (request: CoinRequest) => new Uint8Array(note('coins', request.law, 'linf', request).length).fill(1),
    choose: (request: ChoiceRequest) => {
      note('choice', request.law, 'linf', request);
      return choice(requests.at(-1) as NoiseRecord, like?.requests[requests.length - 1], request.picks);
    },
  };
  const random = { secure: false, uint32: () => seeded.uint32(), [NOISE_PORT]: port };
  return { result: run(random), requests };
}

/** The values of the other side where it has them, else the request's own. */
function answers({ values, keys }: NoiseRecord, other: NoiseRecord | undefined): readonly number[] {
  if (other === undefined) return values;
  if (keys === undefined || other.keys === undefined) return other.values.length === values.length ? other.values : values;
  const theirs = new Map(other.keys.map((key, i) => [key, other.values[i] as number]));
  return values.map((value, i) => theirs.get(keys[i] as string) ?? value);
}

/** The first positions; on the second side those of the keys that were chosen on the first. */
function choice({ values, keys }: NoiseRecord, other: NoiseRecord | undefined, picks: number): readonly number[] {
  if (keys === undefined || other?.keys === undefined) return values.slice(0, picks).map((_, i) => i);
  const places = new Map(keys.map((key, i) => [key, i]));
  return other.keys.slice(0, picks).flatMap((key) => places.get(key) ?? []);
}

/** A key as text: different keys give different texts, also lone surrogates, `'1'` and `1`, and tuples. */
function keyText(key: unknown): string {
  return JSON.stringify(key) ?? String(key);
}

/**
 * Whether two recordings on neighbouring data (one unit more or less) show what the aggregates promised: the same
 * requests in the same order, with values that differ by at most the declared sensitivity in the declared norm.
 *
 * A property for fast-check: it has no noise and no flakes, and finds unbounded contributions, clamps that let NaN
 * through, and control flow that depends on data. It proves nothing about the law of the noise: `auditEpsilon` and
 * `chiSquare` look at that.
 */
export function keepsSensitivity(a: Recording<unknown>, b: Recording<unknown>): boolean {
  return sensitivityViolations(a, b).length === 0;
}

/** What {@link keepsSensitivity} finds wrong, in words; empty when all is well. */
export function sensitivityViolations(a: Recording<unknown>, b: Recording<unknown>): readonly string[] {
  if (a.requests.length !== b.requests.length) return [`${a.requests.length} requests on one side, ${b.requests.length} on the other`];
  return a.requests.flatMap((x, at) => {
    const y = b.requests[at] as NoiseRecord;
    const problem = sameRequest(x, y) ? compareValues(x, y) : `is another request: ${describe(x)} | ${describe(y)}`;
    return problem === undefined ? [] : [`request ${at} ${problem}`];
  });
}

function describe(r: NoiseRecord): string {
  return `${r.mechanism} (${r.law}), sensitivity ${r.sensitivity} in ${r.norm}, new keys ${r.newKeys}`;
}

function sameRequest(x: NoiseRecord, y: NoiseRecord): boolean {
  return describe(x) === describe(y) && (x.keys === undefined) === (y.keys === undefined);
}

function compareValues(x: NoiseRecord, y: NoiseRecord): string | undefined {
  const differences: number[] = [];
  if (x.keys === undefined || y.keys === undefined) {
    if (x.values.length !== y.values.length) return `has ${x.values.length} values on one side, ${y.values.length} on the other`;
    x.values.forEach((value, i) => differences.push(value - (y.values[i] as number)));
  } else {
    if (x.newKeys === 0 && y.newKeys === 0 && x.keys.join() !== y.keys.join()) return 'has declared keys that are not the same on both sides';
    const mine = byKey(x);
    const other = byKey(y);
    if (mine === undefined || other === undefined) return 'has a key twice, or not one key for each value';
    let lonely = 0;
    for (const key of new Set([...mine.keys(), ...other.keys()])) {
      if (!mine.has(key) || !other.has(key)) lonely++;
      differences.push((mine.get(key) ?? 0) - (other.get(key) ?? 0));
    }
    if (lonely > x.newKeys) return `has ${lonely} keys on one side only, ${x.newKeys} declared`;
  }
  const moved = norms[x.norm](differences);
  // Squares and roots are rounded; all else is exact.
  const allowed = x.norm === 'l2' ? x.sensitivity * (1 + 1e-12) : x.sensitivity;
  return moved <= allowed ? undefined : `moves by ${moved} in ${x.norm}, ${x.sensitivity} declared`;
}

function byKey(r: NoiseRecord): Map<string, number> | undefined {
  const keys = r.keys as readonly string[];
  const map = new Map(keys.map((key, i) => [key, r.values[i] as number]));
  return map.size === keys.length && keys.length === r.values.length ? map : undefined;
}

const norms: Readonly<Record<NoiseRecord['norm'], (differences: readonly number[]) => number>> = {
  l1: (d) => d.reduce((sum, x) => sum + Math.abs(x), 0),
  l2: (d) => Math.sqrt(d.reduce((sum, x) => sum + x * x, 0)),
  linf: (d) => d.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
};
