// A table of users with totals, a table of sales, and a ranking over the first: exact figures, and nothing small in them.
import { personal, pipe, release, toRanking } from 'tokumei';
import { hierarchy, japaneseCell, kSum, kTable, operatorReport } from 'tokumei/kanon';

const cities = ['Tokyo', 'Tokyo', 'Tokyo', 'Chiba', 'Osaka', 'Osaka', 'Kobe'];
const apps = ['maps', 'mail', 'news', 'chess'];
const uses = Array.from({ length: 900 }, (_, at) => {
  const user = at % 300;
  return { user, city: user === 7 ? 'Naha' : (cities[(user * 5) % 7] ?? 'Tokyo'), app: apps[Math.floor(((at * 37) % 100) ** 2 / 2501)] ?? 'maps', yen: 10 + ((at * at) % 90) };
});

const description = { period: { from: '2026-10-01', to: '2026-10-31', timeZone: 'Asia/Tokyo' }, purpose: 'statistical-service', previous: 'first' } as const;
const records = personal(uses, { unit: 'user', unitOf: 'user' });
const city = hierarchy({ Kanto: ['Tokyo', 'Chiba'], Kinki: ['Osaka', 'Kobe'], Okinawa: ['Naha'] }, { total: 'Japan' });

// A user of several apps is in several groups and once in the total.
const table = pipe(records, kTable({ by: ['city', 'app'], groups: { city, app: apps }, k: 10, overlapping: 'app' }));
const { data } = pipe(table, release({ id: 'users-2026-10', ...description }));
for (const place of city.labels) {
  const line = data.filter(({ key }) => key[0] === place).map((cell) => japaneseCell(cell).padStart(6));
  console.log(String(place).padEnd(8), line.join(''));
}
console.log('for the operator alone:', operatorReport(table)?.figures);

const sales = pipe(records, kSum({ by: 'city', groups: { city }, value: 'yen', k: 10, concentration: { rule: 'p-percent', p: 10 } }), release({ id: 'sales-2026-10', ...description }));
for (const { key, sum, state } of sales.data) console.log(String(key).padEnd(8), state === 'suppressed' ? 'x' : sum);

const ranking = pipe(records, kTable({ by: 'app', groups: { app: hierarchy(apps, { total: false }) }, k: 10 }), toRanking(), release({ id: 'ranking-2026-10', ...description }));
for (const { rank, key, count } of ranking.data) console.log(rank ?? '-', key, count ?? 'x');
