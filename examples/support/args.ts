import { parseArgs } from 'node:util';
import { UsageError } from './usageError.js';

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
  /** A file with one key a line, or 'discover'; undefined for the sample, whose keys are known. */
  readonly keys: string | undefined;
  readonly integers: readonly string[];
  readonly separator: string;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly out: string;
}

export const USAGE = `npm run example                                     the sample log, made on the first run
npm run example -- LOG --unit COL --by COL --epsilon E --groups-per-unit L --keys FILE|discover
                       [--top 20] [--delta D] [--from DAY --to DAY --time-zone Asia/Tokyo]
                       [--integers COL,COL] [--separator ';'|tab] [--out DIR]

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
  const need = <T>(name: keyof typeof values, fallback: T): string | T => {
    const value = values[name] as string | undefined;
    if (value !== undefined && value !== '') return value;
    if (own) throw new UsageError(`--${name} is needed for a log of your own`);
    return fallback;
  };
  const unit = need('unit', 'user');
  const by = need('by', 'app');
  if (by === unit) throw new UsageError('--by and --unit are the same column: people are counted by something else than themselves');
  const integers = values.integers === undefined ? [] : values.integers.split(',');
  if (!integers.every((column) => column === unit || column === by)) throw new UsageError('--integers can name the columns of --unit and --by, and no other');
  const from = day(values.from ?? (own ? today : '2026-11-16'), 'from');
  const to = day(values.to ?? (own ? today : '2026-11-22'), 'to');
  if (from > to) throw new UsageError('--from must not be later than --to');
  return {
    log,
    unit,
    by,
    top: whole(values.top ?? '20', 'top', 1),
    epsilon: positive(need('epsilon', '1'), 'epsilon'),
    delta: values.delta === undefined && own ? 0 : atLeastZero(values.delta ?? '1e-6', 'delta'),
    groupsPerUnit: whole(need('groups-per-unit', '5'), 'groups-per-unit', 1),
    keys: need('keys', undefined),
    integers,
    separator: separator(values.separator ?? ','),
    from,
    to,
    timeZone: timeZone(values['time-zone'] ?? (own ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'Asia/Tokyo')),
    out: values.out ?? 'examples/out',
  };
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { unit: text, by: text, top: text, epsilon: text, delta: text, 'groups-per-unit': text, keys: text, integers: text, separator: text, from: text, to: text, 'time-zone': text, out: text },
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

function day(text: string, name: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // The 30th of February would be read as a day in March.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
  throw new UsageError(`--${name} must be a day as YYYY-MM-DD, got ${JSON.stringify(text)}`);
}

function timeZone(name: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch {
    throw new UsageError(`--time-zone must be a name such as Asia/Tokyo, got ${JSON.stringify(name)}`);
  }
}

function separator(text: string): string {
  const sign = text === 'tab' ? '\t' : text;
  if (/^[^"\r\n\p{L}\p{N}]$/u.test(sign)) return sign;
  throw new UsageError(`--separator must be one sign such as ';', or the word tab, got ${JSON.stringify(text)}`);
}
