// measure -- dp-throughput [--events N]
// Rows per second of a private count, sum and quantile by key, beside a bare loop that reads the same columns in the same run.
import { parseArgs } from 'node:util';
import { personalColumns, pipe } from 'tokumei';
import { dpCountRows, dpCountUnits, dpMean, dpQuantiles, dpSum, privacyBudget, publicKeys } from 'tokumei/dp';

const SHOPS = 1000;

export function run(args) {
  const { values } = parseArgs({ args, options: { events: { type: 'string', default: '1000000' } } });
  const events = Number(values.events);
  if (!Number.isSafeInteger(events) || events < 10) throw new Error('--events must be a whole number from 10 on');
  const log = logOf(events);
  const bare = best(() => loop(log), 5);
  const rows = { bareLoop: rate(events, bare) };
  const ratios = {};
  for (const [name, stage] of Object.entries(STAGES)) {
    for (let i = 0; i < 3; i++) once(stage, logOf(20_000));
    const seconds = best(() => once(stage, log), 3);
    rows[name] = rate(events, seconds);
    ratios[name] = Number((seconds / bare).toPrecision(3));
  }
  return { events, shops: SHOPS, groupsPerUnit: 5, rowsPerSecond: rows, timesTheBareLoop: ratios };
}

const common = () => ({ by: 'shop', keys: publicKeys(Array.from({ length: SHOPS }, (_, i) => i)), groupsPerUnit: 5, spend: privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }) });
const value = () => ({ ...common(), value: 'price', lower: 0, upper: 100 });
const STAGES = {
  countOfUnits: () => dpCountUnits(common()),
  countOfRows: () => dpCountRows({ ...common(), rowsPerGroup: 3 }),
  sum: () => dpSum(value()),
  mean: () => dpMean({ ...value(), rowsPerGroup: 3 }),
  quantile: () => dpQuantiles({ ...value(), rowsPerGroup: 3, ranks: [0.5] }),
};

// The door is within: the whole way from columns to a protected table.
const once = (stage, { user, shop, price }) => pipe(personalColumns({ user, shop, price }, { unit: 'user', unitOf: 'user' }), stage());

/** What the data ask for at the least: a sum of each column by shop. */
function loop({ user, shop, price }) {
  const sums = new Float64Array(SHOPS);
  let units = 0;
  for (let i = 0; i < user.length; i++) {
    units = (units + user[i]) | 0;
    sums[shop[i]] += price[i];
  }
  if (units === 0.5) throw new Error('unreachable');
}

// CPU time: the machine may be shared.
function best(work, times) {
  let least = Infinity;
  for (let i = 0; i < times; i++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1e6);
  }
  return least;
}

const rate = (events, seconds) => Math.round(events / Math.max(seconds, 1e-6));

/** Ten rows a user on average, few users with many; shops by popularity. */
function logOf(n) {
  let x = 2463534242;
  const random = () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 4294967296;
  };
  const user = new Int32Array(n);
  const shop = new Int32Array(n);
  const price = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    user[i] = Math.floor((n / 10) * random() ** 2);
    shop[i] = Math.floor(SHOPS * random() ** 3);
    price[i] = Math.floor(10_000 * random() ** 2) / 100;
  }
  return { user, shop, price };
}
