// The private ranking that `ranking` and `movement` measure, on the built package, without the release and its guard.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { personalColumns, privacyBudget, publicKeys, rankGroups } from 'tokumei';
import { recordNoise, reveal, seededRandom } from 'tokumei/testing';
import { madeUpShop, readEvents } from './eventLog.mjs';

export const rankingOptions = {
  unit: { type: 'string', default: 'user' },
  by: { type: 'string', default: 'item' },
  k: { type: 'string', default: '20' },
  epsilon: { type: 'string', default: '1' },
  delta: { type: 'string', default: '1e-6' },
  runs: { type: 'string', default: '60' },
  keys: { type: 'string', default: 'own' },
  'groups-per-unit': { type: 'string' },
  pure: { type: 'boolean', default: false },
  'names-only': { type: 'boolean', default: false },
  'counts-share': { type: 'string' },
  target: { type: 'string' },
  strategy: { type: 'string' },
  /** Fresh for each measurement when left out; told on standard error, so that it can be run again. */
  seed: { type: 'string' },
};

export function readJob(path, values) {
  const number = (name, text) => {
    const value = Number(text);
    if (!Number.isFinite(value)) throw new Error(`--${name} must be a number`);
    return value;
  };
  const optional = (name, key) => (values[name] === undefined ? {} : { [key]: number(name, values[name]) });
  const log = path === undefined ? undefined : path === 'shop' || path.startsWith('shop:') ? madeUpShop(Number(path.slice(5)) || 1) : readEvents(path, values.unit, values.by);
  if (log === undefined) throw new Error('name a log of events, or shop for a made-up one');
  const runs = number('runs', values.runs);
  if (!Number.isSafeInteger(runs) || runs < 1) throw new Error('--runs must be a whole number from 1 on');
  return {
    log,
    runs,
    top: number('k', values.k),
    seed: values.seed ?? freshSeed(),
    budget: { unit: 'user', epsilon: number('epsilon', values.epsilon), ...(values.pure ? {} : { delta: number('delta', values.delta) }) },
    options: {
      by: 'item',
      top: number('k', values.k),
      keys: keysOf(values.keys, log),
      show: values['names-only'] ? 'names' : 'counts',
      ...optional('groups-per-unit', 'groupsPerUnit'),
      ...optional('counts-share', 'countsShare'),
      ...(values.target === undefined ? {} : { target: values.target }),
      ...(values.strategy === undefined ? {} : { strategy: values.strategy }),
    },
    records: personalColumns({ user: log.units, item: log.items }, { unit: 'user', unitOf: 'user' }),
  };
}

function freshSeed() {
  const seed = randomBytes(8).toString('hex');
  process.stderr.write(`seed ${seed}\n`);
  return seed;
}

/** `own` declares the log's own keys public: right for measuring, never for publishing. */
function keysOf(keys, log) {
  if (keys === 'discover') return 'discover';
  return publicKeys(keys === 'own' ? [...log.truth.keys()].sort() : readFileSync(keys, 'utf8').split(/\r?\n/).filter((line) => line !== ''));
}

/** One ranking with seeded noise. */
export function runOnce(job, run) {
  return reveal(stage(job, seededRandom(`${job.seed} ${run}`))(job.records));
}

/** The counts under the bound, before noise, of the same run: the groups kept are decided by the first words of the seeded source. */
export function boundedCounts(job, run) {
  const { requests } = recordNoise((random) => stage(job, random)(job.records), `${job.seed} ${run}`);
  const { keys, values } = requests[0];
  return new Map(keys.map((key, i) => [JSON.parse(key), values[i]]));
}

const stage = ({ options, budget }, random) => rankGroups({ ...options, spend: privacyBudget(budget), random });
