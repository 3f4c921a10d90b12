import { expect, test } from 'vitest';
import { allRegions, compileFinder } from '../../src/identifiers/index.js';

/** One unit of text per anchor, made so that each place starts work and none ends it. */
const HOSTILE = [
  '@', 'a@', 'a@a.', 'a@b.cc@', '.@', '"a@', 'a=b+c=', '＠', 'ー@', '総務部@', ' at ', 'a at b.', 'a at b.cc at ', 'a-at-a-dot-', 'a-at-a-ドット-', ' dot ', 'a dot b dot ', '[at]', '(at)a', '(a)', 'の(a)', 'のa ', '03＿', '1::1:', 'あっと', '★a', '%40', '%2B', '&#64;', 'a-', '-', '--', '0-', '0 ', '00 ', '1 ', '12 34 ', '090-',
  '０', '〇', '〇一', '+', '+1', '+81 ', '(0', '0(', ')', '8', '81', '.', '1.', '1.1.1.', '1.2.3.4', '255.', ':', '::', 'a:', '1:', 'ff:', '::1', 'abcd:', '1:2:3:4:5:6:7:8:', 'aa-', 'a1b2.', 'abcd.', 'f', 'a1', '123456', '89', 'ser1', '12345678-', 'MAC ', 'DCMGUID', 'PHONE',
  'sip:0@', 'x', ' ', '\n', '電話', '番号', 'number ', 'phoneNumber', '\ud83d', '\ud83d\ude00', 'a.a.a.', 'xn--', '例え.', 'の', '/', '=',
];

const japan = compileFinder();
const world = compileFinder({ regions: allRegions.filter((r) => ['JP', 'US', 'DE', 'FR', 'GB', 'IN'].includes(r.code)) });

/** CPU time of the fastest of a few runs, in milliseconds: other work on the machine only ever adds to it. */
function cost(find: (text: string) => unknown, text: string, runs: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    const before = process.cpuUsage();
    find(text);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/**
 * Doubles whose second half took more than 2.3 times the time, at this size and at twice this size, in all of up to eight tries. A
 * heap that has to grow makes one doubling look dear on a busy machine, at one size; work that grows faster than the text is dear at all.
 */
function growing(find: (text: string) => unknown, pieces: readonly string[], size: number, floor: number): string[] {
  return pieces.flatMap((piece) => {
    const text = (length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
    find(text(8192)); // let the engine compile first
    let ratio = 0;
    for (let tried = 0; tried < 8; tried++) {
      const runs = 2 ** Math.min(tried >> 1, 3);
      const larger = tried % 2 === 0 ? size : 2 * size;
      const whole = cost(find, text(larger), runs);
      // Where both are too quick to be told apart there is nothing to grow.
      ratio = whole < floor ? 0 : whole / cost(find, text(larger / 2), runs);
      if (ratio <= 2.3) break;
    }
    return ratio > 2.3 ? [`${JSON.stringify(piece)}: ${ratio.toFixed(2)}`] : [];
  });
}

test('twice the text takes at most 2.3 times the time, for every anchor', () => {
  expect(growing(japan, HOSTILE, 131_072, 3)).toEqual([]);
});

test('the same up to one megabyte, for the anchors that cost most', () => {
  expect(growing(japan, ['@', 'a@', 'ー@', ' at ', '0 ', '00 ', '1.1.1.', '::1', '1:', 'aa-', '★a', '〇一'], 1_048_576, 10)).toEqual([]);
});

test('the same with the plans of six regions', () => {
  expect(growing(world, ['0 ', '1 ', '12 34 ', '123-', '1(', '1.', '+1', '00 ', '090-1234-5678 ', 'call 1 ', '206 342 8631 ', '8', '(0)'], 65_536, 3)).toEqual([]);
});
