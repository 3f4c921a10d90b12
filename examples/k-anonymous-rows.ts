// Rows about people, generalized until each combination of what others may know stands for at least five of them.
import { personal, pipe } from 'tokumei';
import { anonymityReport, applyPlan, hierarchyFromCsv, intervalHierarchy, qualityReport, riskReport, searchPlan } from 'tokumei/kanon';
import { release } from 'tokumei/publish';

const cities = ['Tokyo', 'Yokohama', 'Osaka', 'Kobe'];
const visits = Array.from({ length: 500 }, (_, at) => ({
  patient: `p${at}`,
  age: 20 + ((at * 37) % 61),
  city: cities[(at * at) % 4] ?? 'Tokyo',
  illness: ['cold', 'influenza', 'none'][at % 3] ?? 'none',
}));

const age = intervalHierarchy({ from: 0, to: 119, widths: [5, 10, 20] });
const city = hierarchyFromCsv('Tokyo;Kanto;*\nYokohama;Kanto;*\nOsaka;Kansai;*\nKobe;Kansai;*', { attribute: 'city' });

const records = personal(visits, { unit: 'patient', unitOf: 'patient' });

// How bad is it? Reports are exact figures about private data: they stay with the operator.
const risk = riskReport(records, { quasiIdentifiers: ['age', 'city'], threshold: 0.2 }).figures;
console.log(`as they are: highest risk ${risk.prosecutor.highest}, ${(100 * risk.prosecutor.atRisk).toFixed(1)} % of the rows above 0.2, most telling: ${risk.separation[0]?.fields.join(' and ')}`);

// So does the plan, which is chosen on private data.
const { plan, nodes, looks } = (
  await searchPlan(records, {
    quasiIdentifiers: { age: { hierarchy: age }, city: { hierarchy: city } },
    models: [{ model: 'k-anonymity', k: 5 }, { model: 'distinct-l-diversity', l: 2, sensitive: 'illness' }],
    suppressionLimit: 0.02,
    objective: { measure: 'loss' },
  })
).figures;
console.log(`levels ${JSON.stringify(plan.steps[0])}, ${looks} of ${nodes} nodes looked at, proven optimal: ${plan.check.provenOptimal}`);
for (const { model, worst, worstClass } of plan.check.models) console.log(`${model}: ${worst} in the worst class, ${JSON.stringify(worstClass?.key)}`);
const quality = qualityReport(records, plan, { hierarchies: { age, city } }).figures;
console.log(`lost of age ${(100 * (quality.fields['age']?.loss ?? 0)).toFixed(1)} %, of city ${(100 * (quality.fields['city']?.loss ?? 0)).toFixed(1)} %, ${quality.suppressed} rows suppressed`);

// A stage from Personal to Protected, for these rows or for next month's.
const rows = pipe(records, applyPlan(plan, { hierarchies: { age, city }, release: ['illness'] }));
const published = release({
  id: 'visits-2026',
  period: { from: '2026-01-01', to: '2026-12-31', timeZone: 'Asia/Tokyo' },
  purpose: 'statistical-service',
  population: { all: true },
  previous: 'first',
})(rows);
console.log(published.manifest.guarantee);

// What anybody can check: read the released rows as if they were somebody else's.
const again = personal(published.data.map((row, at) => ({ ...row, at })), { unit: 'row', unitOf: 'at' });
const check = anonymityReport(again as never, { quasiIdentifiers: ['age', 'city'] as never, models: [{ model: 'k-anonymity', k: 5 }] }).figures;
console.log(`released: ${check.rows} rows in ${check.classes} classes, the smallest of ${check.smallestClass}`);
