import { parseArgs } from 'node:util';

/** What the main example was asked to do. */
export interface Job {
  /** The caller's own log; undefined for the sample. */
  readonly log: string | undefined;
  readonly unit: string;
  readonly by: string;
  readonly top: number;
  readonly epsilon: number;
  readonly delta: number;
  readonly groupsPerUnit: number;
  /** A file with one key a line, or 'discover'. */
  readonly keys: string;
  readonly integers: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly out: string;
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `npm run example                                     the sample log, made on the first run
npm run example -- LOG --unit COL --by COL --epsilon E --groups-per-unit L --keys FILE|discover
                       [--top 20] [--delta D] [--from DAY --to DAY --time-zone Asia/Tokyo]
                       [--integers COL,COL] [--out DIR]

LOG is CSV or NDJSON (.ndjson, .jsonl), plain or .gz. --keys FILE holds one public key a line;
'discover' publishes only keys that enough people share and needs --delta.
--from and --to say which days the log is from (YYYY-MM-DD); without them the manifest states today.`;

/** @throws {UsageError} before anything is read */
export function readArgs(argv: readonly string[]): Job {
  const { values, positionals } = parse(argv);
  const [log, ...more] = positionals;
  if (more.length > 0) throw new UsageError('one log at a time');
  const own = log !== undefined;
  const today = new Date().toISOString().slice(0, 10);
  const need = (name: keyof typeof values, fallback: string): string => {
    const value = values[name] as string | undefined;
    if (value !== undefined) return value;
    if (own) throw new UsageError(`--${name} is needed for a log of your own`);
    return fallback;
  };
  return {
    log,
    unit: need('unit', 'user'),
    by: need('by', 'app'),
    top: whole(values.top ?? '20', 'top', 1),
    epsilon: positive(need('epsilon', '1'), 'epsilon'),
    delta: values.delta === undefined && own ? 0 : atLeastZero(values.delta ?? '1e-6', 'delta'),
    groupsPerUnit: whole(need('groups-per-unit', '5'), 'groups-per-unit', 1),
    keys: need('keys', 'catalogue'),
    integers: values.integers === undefined ? [] : values.integers.split(','),
    from: values.from ?? (own ? today : '2026-11-16'),
    to: values.to ?? (own ? today : '2026-11-22'),
    timeZone: values['time-zone'] ?? (own ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'Asia/Tokyo'),
    out: values.out ?? 'examples/out',
  };
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { unit: text, by: text, top: text, epsilon: text, delta: text, 'groups-per-unit': text, keys: text, integers: text, from: text, to: text, 'time-zone': text, out: text },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function number(text: string, name: string, accept: (value: number) => boolean, wanted: string): number {
  const value = Number(text);
  if (text.trim() !== '' && accept(value)) return value;
  throw new UsageError(`--${name} must be ${wanted}, got ${JSON.stringify(text)}`);
}
const positive = (text: string, name: string): number => number(text, name, (v) => Number.isFinite(v) && v > 0, 'a number above 0');
const atLeastZero = (text: string, name: string): number => number(text, name, (v) => v >= 0 && v < 1, 'a number from 0 to below 1');
const whole = (text: string, name: string, min: number): number => number(text, name, (v) => Number.isSafeInteger(v) && v >= min, `a whole number from ${min} on`);
