// Sales of each shop, published with differential privacy: customers, orders, sums, means, medians.  tsx examples/dp-aggregates.ts
import Table from 'cli-table3';
import { personal, pipe, privacyBudget, release } from 'tokumei';
import { dpCountRows, dpCountUnits, dpMean, dpQuantiles, dpSum, publicKeys } from 'tokumei/dp';
import { verifyManifest } from 'tokumei/publish';

interface Order {
  readonly customer: string;
  readonly shop: string;
  readonly yen: number;
}

// Everything here is decided before a look at the orders: the shops, what one person may count, and how much it may cost.
const shops = publicKeys(['ginza', 'nara', 'otaru', 'ueno', 'yanaka']);
const bounds = { by: 'shop', keys: shops, groupsPerUnit: 2 } as const; // a person counts in two shops at the most
const prices = { ...bounds, value: 'yen', lower: 0, upper: 10_000, rowsPerGroup: 4 } as const;
const budget = privacyBudget({ unit: 'customer', epsilon: 2, delta: 1e-7 }).split({ customers: 0.15, orders: 0.15, sums: 0.2, means: 0.2, medians: 0.3 });

const orders = personal(madeUpOrders(40_000), { unit: 'customer', unitOf: 'customer', fields: ['shop', 'yen'] });
const period = { from: '2026-11-16', to: '2026-11-22', timeZone: 'Asia/Tokyo' };
const publish = (what: string) => release({ id: `shops-${what}-2026-w47`, period, purpose: 'service-information' });

const customers = pipe(orders, dpCountUnits({ ...bounds, spend: budget.customers }), publish('customers'));
const counts = pipe(orders, dpCountRows({ ...bounds, rowsPerGroup: 4, spend: budget.orders }), publish('orders'));
const sums = pipe(orders, dpSum({ ...bounds, value: 'yen', lower: 0, upper: 20_000, step: 1, spend: budget.sums }), publish('sums'));
const means = pipe(orders, dpMean({ ...prices, spend: budget.means }), publish('means'));
const medians = pipe(orders, dpQuantiles({ ...prices, ranks: [0.5, 0.9], spend: budget.medians }), publish('medians'));

const yen = (x: number): string => Math.round(x).toLocaleString('en');
const range = ([low, high]: readonly [number, number]): string => `${yen(low)}–${yen(high)}`;
const table = new Table({ head: ['shop', 'customers', 'orders', 'sum', 'mean', '95 %', 'median', '95 %', '9 in 10 below'], style: { head: [], border: [] } });
customers.data.forEach(({ key, count }, i) => {
  const mean = means.data[i]!;
  const [median, ninth] = medians.data[i]!.quantiles;
  table.push([key as string, yen(count!), yen(counts.data[i]!.count!), yen(sums.data[i]!.sum!), yen(mean.mean!), range(mean.interval), yen(median!), range(medians.data[i]!.intervals[0]!), yen(ninth!)]);
});
console.log(table.toString());

const all = [customers, counts, sums, means, medians];
for (const { manifest } of all) console.log(`${manifest.id}: epsilon ${manifest.guarantee.epsilon.toFixed(2)}; ${manifest.notCovered.join('; ')}`);
console.log(all.every((published) => verifyManifest(published).valid) ? 'Every manifest adds up: noise, budget and bounds belong together.' : 'A manifest is wrong.');

/** Orders of a made-up chain: most customers order once or twice, a few every day. */
function madeUpOrders(count: number): Order[] {
  let state = 20261116;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const names = shops.keys as readonly string[];
  return Array.from({ length: count }, () => {
    const customer = Math.floor(15_000 * random() ** 1.5);
    const favourite = (customer * 7) % names.length;
    const shop = names[random() < 0.7 ? favourite : Math.floor(names.length * random() ** 2)]!;
    return { customer: `c${customer}`, shop, yen: Math.round(400 + 6000 * random() ** 3) };
  });
}
