// A weekly chart with movement and what it costs: tsx examples/ranking-weekly.ts [LOG with time,user,item]
import Table from 'cli-table3';
import { personal, pipe, privacyBudget, publicKeys, rankGroups, release } from 'tokumei';
import { optimalEpsilon } from 'tokumei/dp';
import { bumpChart, listOf, movements, type PublishedList } from 'tokumei/rank';
import { escapeHtml } from 'tokumei/publish';
import { renderSvg } from './support/chart.js';
import { byWeek, readEvents } from './support/eventsByWeek.js';
import { writeFiles } from './support/writeFiles.js';

const TOP = 10;
const BOUND = 3;
const WEEKLY = { epsilon: 1, delta: 1e-6 };

const weeks = byWeek(await readEvents(process.argv[2]));
// The catalogue of the shop is public. Here it is read off the log, as a stand-in for the shop's own list.
const catalogue = publicKeys([...new Set(weeks.flatMap(({ events }) => events.map(({ item }) => item)))].sort());

const lists: PublishedList<string>[] = weeks.map(({ from, to, events }) => {
  if (events.length === 0) return { period: `${from} to ${to}`, rows: null };
  const published = pipe(
    personal(events, { unit: 'user', unitOf: 'user', fields: ['item'] }),
    rankGroups({ by: 'item', top: TOP, keys: catalogue, groupsPerUnit: BOUND, spend: privacyBudget({ unit: 'user', ...WEEKLY }) }),
    release({ id: `items-${from}`, period: { from, to, timeZone: 'UTC' }, purpose: 'service-information', allow: [] }),
  );
  return listOf(published as never) as PublishedList<string>;
});

const chart = movements(lists);
const last = chart.findLast(({ rows }) => rows !== null)!;
const table = new Table({ head: ['rank', 'item', 'movement', 'last', 'peak', 'streak', 'weeks'], style: { head: [], border: [] } });
for (const row of last.rows!) table.push([row.rank ?? '–', row.key, row.movement, row.previous ?? '–', row.peak, row.streak, row.periods]);
console.log(`Week ${last.period}, against ${last.since}\n${table.toString()}`);

// What the series costs one person who is in every week of it. Laplace counts on declared keys spend no delta.
const count = lists.filter(({ rows }) => rows !== null).length;
const total = (releases: number): string => `${releases} weeks: epsilon ${(releases * WEEKLY.epsilon).toFixed(0)} by adding up, ${optimalEpsilon({ epsilon: WEEKLY.epsilon, count: releases, totalDelta: 1e-6 }).toFixed(1)} at delta 1e-6 by optimal composition`;
console.log(`${total(count)}\n${total(52)} (a year)`);

const short = chart.map((list) => ({ ...list, period: list.period.slice(5, 10) }));
const draw = (width: number): Promise<string> => renderSvg(bumpChart(short, { title: 'Items by users, week by week', subtitle: `epsilon ${WEEKLY.epsilon} for each person and week; grey: same, or not told from noise`, places: TOP, width }));
const [narrow, wide] = await Promise.all([draw(340), draw(900)]);
const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml('Items by users, week by week')}</title>
<style>body{margin:0}svg{max-width:100%;height:auto}.w{display:none}@media(min-width:48rem){.w{display:block}.n{display:none}}</style><div class="n">${narrow}</div><div class="w">${wide}</div></html>\n`;
console.log(`Written: ${writeFiles('examples/out', { 'weekly.html': html }).join(', ')}`);
