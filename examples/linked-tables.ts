// Two tables of the same customers that share the city, protected as one: what one withholds the other does not give away.
import { personal, pipe, release } from 'tokumei';
import { hierarchy, japaneseCell, kTables } from 'tokumei/kanon';

const city = hierarchy({ Kanto: ['Tokyo', 'Chiba'], Kinki: ['Osaka', 'Kobe'] }, { total: 'Japan' });
const month = hierarchy([10, 11, 12], { total: 'quarter' });
const item = hierarchy(['tea', 'rice', 'salt'], { total: 'all items' });
const places = ['Tokyo', 'Chiba', 'Osaka', 'Kobe'];
const orders = Array.from({ length: 160 }, (_, id) => ({ id, city: places[id < 4 ? 3 : (id * 11) % 3] ?? 'Tokyo', month: 10 + (Math.floor(id / 3) % 3), item: ['tea', 'rice', 'salt'][Math.floor(((id * 37) % 100) / 45)] ?? 'tea' }));
const records = personal(orders, { unit: 'customer', unitOf: 'id' });
const description = { period: { from: '2026-10-01', to: '2026-12-31', timeZone: 'Asia/Tokyo' }, purpose: 'statistical-service' } as const;

// Each table by itself might withhold other cities than its neighbour, and a reader of both would have them all.
const { months, items } = pipe(records, kTables({ tables: { months: { by: ['city', 'month'], groups: { city, month } }, items: { by: ['city', 'item'], groups: { city, item } } }, k: 5 }));
const first = release({ id: 'months-2026-q4', ...description, previous: 'first' })(months);
const second = release({ id: 'items-2026-q4', ...description, previous: [first] })(items);
for (const { data } of [first, second]) {
  for (const place of city.labels) {
    const line = data.filter(({ key }) => key[0] === place).map((cell) => japaneseCell(cell).padStart(6));
    console.log(String(place).padEnd(8), line.join(''));
  }
  console.log();
}
