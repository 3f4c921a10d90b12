import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import seedrandom from 'seedrandom';

const FIRST = ['Bright', 'Calm', 'Daily', 'Easy', 'Fast', 'Green', 'Happy', 'Kind', 'Little', 'Mellow', 'Night', 'Open', 'Pocket', 'Quiet', 'River', 'Sakura', 'Tiny', 'Urban', 'Vivid', 'Wide'];
const SECOND = ['Atlas', 'Budget', 'Camera', 'Diary', 'Eki', 'Fitness', 'Garden', 'Health', 'Ideas', 'Journal', 'Kitchen', 'Letters', 'Maps', 'Notes', 'Onsen', 'Photos', 'Quiz', 'Radio', 'Stocks', 'Trains'];
const TERMS = ['ramen near me', 'weather tomorrow', 'last train', '終電 時刻', '天気 明日', '近くの ラーメン', 'photo backup', 'budget template', '花見 名所', 'quiz answers', 'onsen day trip', 'cheap flights'];

/** The catalogue of the sample service: known to everybody, so its names can be declared as public keys. */
export const catalogue: readonly string[] = FIRST.flatMap((a) => SECOND.map((b) => `${a} ${b}`));

/**
 * Writes a usage log of 20,000 users and 400 apps, the same on every machine: heavy-tailed in users and in apps, with
 * search terms as people type them, one in forty holding a mail address or a telephone number.
 */
export async function writeSampleLog(path: string, users = 20_000): Promise<void> {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  // A name of its own for each run: two at once write the same log, and neither ends up in the other's.
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    await pipeline(sampleLog(users), createWriteStream(partial));
    renameSync(partial, path);
  } finally {
    rmSync(partial, { force: true });
  }
}

function* sampleLog(users: number): Generator<string> {
  const random = seedrandom('tokumei sample log');
  const pick = zipf(catalogue.length, 1.05, random);
  yield 'time,user,app,search\n';
  for (let user = 0; user < users; user++) {
    // Pareto: most people use the service a few times, a few use it all day.
    const events = Math.min(400, Math.ceil(2.5 * Math.pow(1 - random(), -0.7)));
    let lines = '';
    for (let i = 0; i < events; i++) {
      const time = new Date(Date.UTC(2026, 10, 16) + Math.floor(random() * 7 * 86_400_000)).toISOString().slice(0, 19);
      lines += `${time}Z,u${String(user).padStart(5, '0')},${catalogue[pick()]!},"${search(random)}"\n`;
    }
    yield lines;
  }
}

function search(random: () => number): string {
  const term = TERMS[Math.floor(random() * TERMS.length)]!;
  const typed = random();
  if (typed > 0.025) return typed > 0.5 ? term : '';
  const digits = String(Math.floor(random() * 10_000)).padStart(4, '0');
  const found = [`yamada.${digits}@mail.example.jp`, `090-1234-${digits}`, `03-1234-${digits}`, `+81 90 1234 ${digits}`, `192.0.2.${Number(digits) % 256}`][Math.floor(random() * 5)]!;
  return `${term} ${random() < 0.4 ? fullWidth(found) : found}`;
}

const fullWidth = (text: string): string => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

function zipf(n: number, s: number, random: () => number): () => number {
  const cumulative: number[] = [];
  let total = 0;
  for (let i = 0; i < n; i++) cumulative.push((total += Math.pow(i + 1, -s)));
  // A fixed shuffle, so that popularity does not follow the order of the catalogue.
  const place = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [place[i], place[j]] = [place[j]!, place[i]!];
  }
  return () => {
    const at = random() * total;
    let low = 0;
    let high = n - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return place[low]!;
  };
}
