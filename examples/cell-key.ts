// Tables that agree with each other: the same cell has the same noise wherever it stands.
import { personal, pipe, publicKeys, release, where } from 'tokumei';
import { cellKeyCounts, controlledRounding, perturbationTable } from 'tokumei/kanon';

const wards = ['north', 'south', 'harbour'];
const ages = ['under 40', '40 and over'];
const people = Array.from({ length: 1200 }, (_, at) => ({ person: at, ward: wards[(at * 7) % 11 < 8 ? at % 2 : 2] ?? 'north', age: ages[(at * at) % 5 < 3 ? 0 : 1] ?? 'under 40' }));
const records = personal(people, { unit: 'person', unitOf: 'person' });

// Drawn once and kept: another secret would give other noise, and two of them an average.
const secret = crypto.getRandomValues(new Uint8Array(32));
const noise = perturbationTable({ maximumNoise: 4, variance: 2, forbiddenUpTo: 2 });
const publish = { period: { from: '2026-11-01', to: '2026-11-30', timeZone: 'Asia/Tokyo' }, purpose: 'statistical-service', previous: 'first' } as const;

const cross = pipe(
  records,
  cellKeyCounts({ by: ['ward', 'age'], keys: publicKeys(wards.flatMap((ward) => ages.map((age) => [ward, age] as const))), secret, noise }),
  release({ ...publish, id: 'ward-by-age', population: { all: true, unitsIn: { ward: 'one-part', age: 'one-part' } } }),
);
const young = pipe(
  records,
  where((row) => row.age === 'under 40', { name: 'under 40' }),
  cellKeyCounts({ by: 'ward', keys: publicKeys(wards), secret, noise }),
  release({ ...publish, id: 'ward-under-40', population: { where: { age: 'under 40' }, unitsIn: { age: 'one-part', ward: 'one-part' } } }),
);

for (const { key, count } of young.data) {
  const same = cross.data.find((line) => line.key[0] === key && line.key[1] === 'under 40')?.count;
  console.log(`${String(key).padEnd(8)} ${String(count).padStart(4)} in its own table, ${String(same).padStart(4)} in the cross`);
}
console.log(cross.manifest.guarantee, cross.manifest.accuracy['count']);

// Rounding with totals that add up, for numbers that are public already.
const { cells, rowTotals, columnTotals, total } = controlledRounding([[12, 7, 31], [4, 18, 9]], { base: 5 });
cells.forEach((row, at) => console.log(row.join('\t'), '\t', rowTotals[at]));
console.log(columnTotals.join('\t'), '\t', total);
