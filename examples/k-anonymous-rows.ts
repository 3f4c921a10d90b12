// Rows about people, generalized until each combination of what others may know stands for at least five of them.
import { personal, pipe } from 'tokumei';
import { applyPlan, hierarchyFromCsv, intervalHierarchy, searchPlan } from 'tokumei/kanon';

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

// The plan is chosen on private data: it stays with the operator.
const { plan, nodes, looks } = (
  await searchPlan(records, {
    quasiIdentifiers: { age: { hierarchy: age }, city: { hierarchy: city } },
    models: [{ model: 'k-anonymity', k: 5 }, { model: 'distinct-l-diversity', l: 2, sensitive: 'illness' }],
    suppressionLimit: 0.02,
    objective: { measure: 'loss' },
  })
).figures;

console.log(`levels ${JSON.stringify(plan.steps[0])}, ${looks} of ${nodes} nodes looked at, proven optimal: ${plan.check.provenOptimal}`);
console.log(`loss ${plan.check.score.toFixed(4)}, ${plan.check.classes} classes, ${plan.check.suppressedRows} rows suppressed, smallest class ${plan.check.smallestClass}`);
for (const { model, worst } of plan.check.models) console.log(`${model}: worst class ${worst}`);

// A stage from Personal to Protected, for these rows or for next month's; release() is the way out.
const rows = pipe(records, applyPlan(plan, { hierarchies: { age, city }, release: ['illness'] }));
console.log(rows.guarantee);
