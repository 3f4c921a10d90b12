// measure -- throughput --events N [--strings]
// A count of distinct users by item, five items a user, released; beside a loop that only reads both columns.
import { parseArgs } from 'node:util';
import { personalColumns, pipe, privacyBudget, dpCountUnits, release } from 'tokumei';

export function run(args) {
  const { values } = parseArgs({ args, options: { events: { type: 'string', default: '1000000' }, strings: { type: 'boolean', default: false } } });
  const events = Number(values.events);
  if (!Number.isSafeInteger(events) || events < 10) throw new Error('--events must be a whole number from 10 on');
  let { users, items } = integerLog(events);
  if (values.strings) ({ users, items } = stringLog(users, items));
  warmUp();
  const before = process.cpuUsage();
  const published = job(users, items);
  const used = seconds(process.cpuUsage(before));
  const peak = process.resourceUsage().maxRSS / 1024;
  const bare = bareLoop(users, items);
  return {
    events,
    cpuSeconds: round(used),
    peakMemoryMB: Math.round(peak),
    bareLoopCpuSeconds: round(bare),
    ratio: round(used / bare),
    nsPerEvent: round((used / events) * 1e9),
    groupsReleased: published.data.length,
  };
}

function job(users, items) {
  const spend = privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 });
  return pipe(
    personalColumns({ user: users, item: items }, { unit: 'user', unitOf: 'user' }),
    dpCountUnits({ by: 'item', keys: 'discover', groupsPerUnit: 5, spend }),
    release({ id: 'throughput', period: { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' }, purpose: 'service-operation' }),
  );
}

// The best of five runs, since the loop is short: a slow run would flatter the ratio.
function bareLoop(users, items) {
  let best = Infinity;
  for (let run = 0; run < 5; run++) {
    const before = process.cpuUsage();
    let sum = 0;
    if (typeof users[0] === 'string') for (let i = 0; i < users.length; i++) sum = (sum + users[i].length + items[i].length) | 0;
    else for (let i = 0; i < users.length; i++) sum = (sum + users[i] + items[i]) | 0;
    best = Math.min(best, seconds(process.cpuUsage(before)));
    if (sum === 0.5) throw new Error('unreachable');
  }
  return best;
}

function warmUp() {
  const { users, items } = integerLog(50_000);
  for (let i = 0; i < 3; i++) job(users, items);
}

/** Users Zipf over N/10, items Zipf 1.1 over 100,000. */
function integerLog(n) {
  const random = xorshift();
  const user = zipf(Math.ceil(n / 10), 0.8, random);
  const item = zipf(100_000, 1.1, random);
  const users = new Int32Array(n);
  const items = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    users[i] = user();
    items[i] = item();
  }
  return { users, items };
}

// Every row has texts of its own, as a reader would make them: no two rows share one string object.
function stringLog(users, items) {
  return { users: Array.from(users, (id) => `user-${id}`), items: Array.from(items, (id) => `item-${id}`) };
}

function zipf(n, s, random) {
  const cumulative = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < n; i++) cumulative[i] = total += Math.pow(i + 1, -s);
  return () => {
    const at = random() * total;
    let low = 0;
    let high = n - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function xorshift() {
  let x = 2463534242;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 4294967296;
  };
}

const seconds = ({ user, system }) => (user + system) / 1e6;
const round = (x) => Number(x.toPrecision(4));
