// npm run -s measure -- identifiers-speed FILE [--seconds 1] [--regions JP,US|all]
//
// Reads FILE as text and times, alternately in one process, on the same pieces of it: the scan, the scan with masking, the
// scan with pseudonyms by Node's HMAC, and a bare charCodeAt loop. Each figure is the best pass: other programs on the
// machine only ever slow a pass down. Prints one line of JSON; rates in MB of UTF-8 and in millions of UTF-16 units a second.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** Pieces of about 64 kB, cut at line ends: what a service hands over at a time. */
function piecesOf(text) {
  const pieces = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + 65_536);
    const line = text.indexOf('\n', end);
    end = line < 0 || line - end > 4096 ? end : line + 1;
    // A fresh flat string per piece, of one byte per unit where the text allows it.
    pieces.push(JSON.parse(JSON.stringify(text.slice(at, end))));
    at = end;
  }
  return pieces;
}

export async function run(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { seconds: { type: 'string', default: '1' }, regions: { type: 'string' } },
  });
  const [file] = positionals;
  if (file === undefined) throw new Error('usage: measure -- identifiers-speed FILE [--seconds S] [--regions JP,US|all]');
  const { compileFinder, treat, mask, pseudonym, allRegions } = await import('tokumei/identifiers');
  const { randomBytes } = await import('node:crypto');
  const { nodeHmacSha256 } = await import('tokumei/node');
  const codes = values.regions?.split(',');
  const options = codes === undefined ? {} : { regions: codes[0] === 'all' ? allRegions : allRegions.filter((r) => codes.includes(r.code)) };

  const text = readFileSync(file, 'utf8');
  const pieces = piecesOf(text);
  const units = pieces.reduce((n, p) => n + p.length, 0);
  const bytes = Buffer.byteLength(text);

  const find = compileFinder(options);
  const tasks = { scan: (piece) => find(piece).length };
  if (treat !== undefined && mask !== undefined) {
    const all = mask({ keepLast: 2 });
    const masked = treat({ 'mail-address': mask({ keepDomain: true }), 'device-address': all, 'telephone-number': all, 'mobile-or-ip-phone': all }, options);
    tasks.scanAndMask = (piece) => masked(piece).length;
  }
  const fresh = {}; // made anew for every pass, so that no pass lives off the cache of the one before
  if (treat !== undefined && pseudonym !== undefined) {
    const key = randomBytes(32);
    fresh.scanAndPseudonym = () => {
      const p = pseudonym({ key, context: 'bench', mac: nodeHmacSha256 });
      const named = treat({ 'mail-address': p, 'device-address': p, 'telephone-number': p, 'mobile-or-ip-phone': p }, options);
      return (piece) => named(piece).length;
    };
    tasks.scanAndPseudonym = undefined;
  }
  tasks.charCodeAt = (piece) => {
    let sum = 0;
    for (let i = 0; i < piece.length; i++) sum += piece.charCodeAt(i);
    return sum;
  };

  const best = Object.fromEntries(Object.keys(tasks).map((name) => [name, Number.POSITIVE_INFINITY]));
  const until = process.hrtime.bigint() + BigInt(Math.round(Number(values.seconds) * 1e9)) * BigInt(Object.keys(tasks).length);
  let sink = 0;
  for (let round = 0; round < 3 || process.hrtime.bigint() < until; round++) {
    for (const name of Object.keys(tasks)) {
      const task = tasks[name] ?? fresh[name]();
      const start = process.hrtime.bigint();
      for (const piece of pieces) sink += task(piece);
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      if (seconds < best[name]) best[name] = seconds;
    }
  }
  const round3 = (x) => Math.round(x * 1000) / 1000;
  const result = {
    bytes,
    units,
    findings: pieces.reduce((n, p) => n + find(p).length, 0),
    megabytesPerSecond: Object.fromEntries(Object.entries(best).map(([k, s]) => [k, Math.round(bytes / s / 1e5) / 10])),
    megaunitsPerSecond: Object.fromEntries(Object.entries(best).map(([k, s]) => [k, Math.round(units / s / 1e5) / 10])),
    scanToCharCodeAt: round3(best.charCodeAt / best.scan),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if (sink === Number.POSITIVE_INFINITY) process.stderr.write('unreachable');
  return result;
}

if (process.argv[1]?.endsWith('bench/identifiers-speed.mjs')) await run(process.argv.slice(2));
