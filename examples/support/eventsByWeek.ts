import { existsSync } from 'node:fs';
import seedrandom from 'seedrandom';
import { readLog } from './readLog.js';

export interface Event {
  readonly time: string;
  readonly user: string;
  readonly item: string;
}

/** The events of a log with columns time, user and item; or, without one, a made-up shop of 30 weeks. */
export async function readEvents(path: string | undefined): Promise<Event[]> {
  if (path === undefined) return madeUp();
  if (!existsSync(path)) throw new Error('no such log');
  const events: Event[] = [];
  for await (const row of readLog(path, { columns: ['time', 'user', 'item'] })) events.push(row as unknown as Event);
  return events;
}

/** Weeks from Monday to Sunday in UTC, the first that of the earliest event; a week without events is there and empty. */
export function byWeek(events: readonly Event[]): { readonly from: string; readonly to: string; readonly events: Event[] }[] {
  const day = 86_400_000;
  const monday = (time: number): number => Math.floor((time - 4 * day) / (7 * day)) * 7 * day + 4 * day;
  const first = monday(events.reduce((least, { time }) => Math.min(least, Date.parse(time)), Infinity));
  const weeks: { from: string; to: string; events: Event[] }[] = [];
  const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
  for (const event of events) {
    const at = (monday(Date.parse(event.time)) - first) / (7 * day);
    while (weeks.length <= at) weeks.push({ from: iso(first + weeks.length * 7 * day), to: iso(first + (weeks.length * 7 + 6) * day), events: [] });
    weeks[at]!.events.push(event);
  }
  return weeks;
}

function madeUp(): Event[] {
  const random = seedrandom('tokumei weekly shop');
  const start = Date.UTC(2026, 3, 6);
  const events: Event[] = [];
  for (let week = 0; week < 30; week++) {
    for (let user = 0; user < 1200; user++) {
      // Item 12 comes into fashion in week 10; the others keep their popularity.
      const item = random() < (week >= 10 ? 0.12 : 0.01) ? 12 : Math.floor(40 * random() ** 2.2);
      events.push({ time: new Date(start + (week * 7 + random() * 7) * 86_400_000).toISOString(), user: `u${week}-${user}`, item: `item ${String(item).padStart(2, '0')}` });
    }
  }
  return events;
}
