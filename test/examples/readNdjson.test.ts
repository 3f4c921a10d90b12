import { expect, test } from 'vitest';
import { readNdjson } from '../../examples/support/readNdjson.js';

async function read(...chunks: string[]): Promise<{ line: number; record: object }[]> {
  const found: { line: number; record: object }[] = [];
  for await (const row of readNdjson((async function* () { yield* chunks; })())) found.push(row);
  return found;
}

test('a line break of two signs may be cut between two chunks, an object anywhere', async () => {
  const whole = '{"a":"é"}\r\n\r\n{"b":2}\r{"c":3}\n';
  const expected = [{ line: 1, record: { a: 'é' } }, { line: 3, record: { b: 2 } }, { line: 4, record: { c: 3 } }];
  for (let at = 0; at <= whole.length; at++) expect(await read(whole.slice(0, at), whole.slice(at))).toEqual(expected);
  expect(await read(...whole)).toEqual(expected);
});

test('a file without line breaks is not taken into memory whole', async () => {
  let chunks = 0;
  const endless = async function* (): AsyncGenerator<string> {
    for (; ; chunks++) yield ' '.repeat(1 << 20);
  };
  const reading = async (): Promise<void> => {
    for await (const _ of readNdjson(endless()));
  };
  await expect(reading()).rejects.toThrow('line 1: longer than 16777216 characters; one JSON object a line was expected');
  expect(chunks).toBeLessThan(20);
});

test.each([
  ['{"a":1,}', 8], ['{"a" 1}', 6], ['{a:1}', 2], ['{"a":tru }', 9], ['{"a":01}', 7], ['{"a":-}', 7], ['{"a":1.}', 8], ['{"a":"x\ty"}', 8], ['{"a":"\\q"}', 8], ['{"a":"\\u12G4"}', 11],
  ['{"a":1}}', 8], ['{"a":[1,2}', 10], ['{"a":1', 7], ['{"a":"x', 8], ['{', 2], ['NaN', 1], [`{"long":"${'x'.repeat(500)}","a":]}`, 516],
])('%s is not JSON from column %i on', async (text, column) => {
  await expect(read(text)).rejects.toThrow(`line 1, column ${column}: not valid JSON`);
});
