import { LogError } from './logError.js';

const LONGEST = 1 << 24;

/** The objects of an NDJSON text with their line numbers; blank lines are passed over. */
export async function* readNdjson(chunks: AsyncIterable<string>): AsyncGenerator<{ readonly line: number; readonly record: Readonly<Record<string, unknown>> }> {
  let line = 0;
  for await (const text of lines(chunks)) {
    line++;
    if (text.length > LONGEST) throw new LogError(`line ${line}: longer than ${LONGEST} characters; one JSON object a line was expected`);
    if (text.trim() === '') continue;
    const record = parse(text, line);
    if (typeof record !== 'object' || record === null || Array.isArray(record)) throw new LogError(`line ${line}, column 1: not a JSON object; one object a line was expected`);
    yield { line, record: record as Record<string, unknown> };
  }
}

// Not node:readline, which raises an error of its input where no caller can catch it.
async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    // A carriage return at the end may be the first half of a line break.
    const parts = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = parts.pop()!;
    yield* parts;
    if (rest.length > LONGEST) break;
  }
  yield rest;
}

function parse(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LogError(`line ${line}, column ${columnOf(text)}: not valid JSON`);
  }
}

/** Where a text stops being JSON, from 1: the end of its longest beginning that could still become JSON. */
function columnOf(text: string): number {
  let good = 0;
  let broken = text.length + 1;
  while (broken - good > 1) {
    const middle = (good + broken) >> 1;
    if (couldGoOn(text.slice(0, middle))) good = middle;
    else broken = middle;
  }
  return broken;
}

// The engine names the place in some of its messages only, but always tells a text that ends too early from a wrong sign.
function couldGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const place = /at position (\d+)/.exec(message)?.[1];
    return place === undefined ? message.startsWith('Unexpected end') : Number(place) >= beginning.length;
  }
}
