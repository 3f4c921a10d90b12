// Lists of a shop that are harmless two by two, and what a reader gets out of three.
import { kCountUnits, personal, pipe, release, type Release } from 'tokumei';
import { auditReleases, type Population } from 'tokumei/publish';

const items = ['lamp', 'sofa', 'mug', 'clock', 'rug', 'vase', 'desk', 'chair'];
const buys = Array.from({ length: 1200 }, (_, at) => {
  const customer = at % 600;
  const place = (customer * 37) % 100;
  return { customer, item: items[(customer * customer + 3 * Math.floor(at / 600) + Math.floor(customer / 10)) % items.length] ?? 'lamp', country: place < 60 ? 'UK' : place < 95 ? 'FR' : 'DE' };
});
const period = { from: '2026-11-16', to: '2026-11-22', timeZone: 'Europe/London' };

function list(id: string, rows: typeof buys, population: Population, previous: readonly Release<unknown>[] | 'first'): Release<unknown> {
  return pipe(
    personal(rows, { unit: 'customer', unitOf: 'customer' }),
    kCountUnits({ by: 'item', k: 10 }),
    release({ id, period, purpose: 'service-information', population, previous }),
  );
}

const ofCountry = (country: string, previous: readonly Release<unknown>[] | 'first'): Release<unknown> =>
  list(country, buys.filter((row) => row.country === country), { where: { country }, unitsIn: { country: 'one-part' } }, previous);

const all = list('everybody', buys, { all: true }, 'first');
const uk = ofCountry('UK', [all]);
console.log(`${uk.manifest.id} goes out beside ${all.manifest.id}`);

// The third one is refused: the message names releases and fields, not keys or figures.
try {
  ofCountry('FR', [all, uk]);
} catch (error) {
  console.log((error as Error).message);
}

// What the operator sees. Keep it inside.
const { findings } = auditReleases([all, uk, ofCountry('FR', 'first')]);
for (const { kind, derived, lines } of findings) {
  console.log(`${kind} ${derived.from === derived.to ? derived.from : `${derived.from} to ${derived.to}`}: ${lines.map(({ release: id, key }) => `${id}/${String(key)}`).join(' minus ')}`);
}
console.log(`${findings[0]?.meaning}; to mend it: ${findings[0]?.mend}`);

// Without the list of everybody, the two countries share nobody.
console.log(`${ofCountry('FR', [uk]).manifest.id} goes out beside ${uk.manifest.id} alone`);
