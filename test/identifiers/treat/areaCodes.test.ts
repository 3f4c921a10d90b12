import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { areaDigits } from '../../../src/identifiers/treat/treatments/generalise/areaCodesJp.js';
import { testWithShared } from '../../support/shared.js';

test.each([
  ['312345678', '3'],
  ['612345678', '6'],
  ['422412345', '422'],
  ['428212345', '428'],
  ['426123456', '42'],
  ['429312345', '4'],
  ['499812345', '4998'],
  ['126712345', '1267'],
  ['117123456', '11'],
])('0%s has the area code 0%s', (national, area) => {
  expect(national.slice(0, areaDigits(national))).toBe(area);
});

/** `123[2-46]` as the prefixes that it stands for. */
function prefixesOf(pattern: string): string[] {
  let out = [''];
  for (const [, set, digit] of pattern.matchAll(/\[([^\]]*)\]|(\d)/g)) {
    const digits = digit ?? [...set!.matchAll(/(\d)-(\d)|(\d)/g)].map(([, a, b, one]) => one ?? '0123456789'.slice(Number(a), Number(b) + 1)).join('');
    out = out.flatMap((prefix) => [...digits].map((d) => prefix + d));
  }
  return out;
}

testWithShared("agrees with libphonenumber's table of ranges", 'data/identifiers/jp_ranges.csv', (file) => {
  let compared = 0;
  for (const line of readFileSync(file, 'utf8').split('\n').slice(1)) {
    const columns = line.split(';').map((c) => c.trim());
    const area = /^"fixed_(\d)/.exec(columns[6] ?? '')?.[1];
    if (area === undefined) continue;
    for (const prefix of prefixesOf(columns[0]!)) {
      for (const rest of ['000000000', '555555555', '999999999']) {
        expect(areaDigits((prefix + rest).slice(0, 9)), prefix).toBe(Number(area));
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(2000);
});
