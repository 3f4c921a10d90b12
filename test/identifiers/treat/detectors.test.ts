import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findIdentifiers, label, mask, remove, treat, type Finding, type TextDetector } from '../../../src/identifiers/index.js';
import { streamEngine } from '../../../src/identifiers/streams/engine.js';
import { hostileText } from './hostile.js';

const code = (name: string): unknown => expect.objectContaining({ code: `TOKUMEI_${name}` });

/** Finds every occurrence of a word, for the given class. */
function words(word: string, cls: Finding['class'], reach: number = word.length): TextDetector {
  return {
    name: word,
    before: 0,
    after: reach,
    find: (text) => {
      const found: Finding[] = [];
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        found.push({ class: cls, kind: 'listed', start: at, end: at + word.length, canonical: word, score: 1, flags: ['listed'] });
      }
      return found;
    },
  };
}

describe("detectors of the caller's own", () => {
  const detectors = [words('-1234-', 'device-address'), words('a@', 'telephone-number'), words('0', 'mail-address')];

  test('overlap with the built-in ones and with each other: nothing of any of them stays', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const treatment of [label(), mask(), remove()]) {
          const out = treat({ others: treatment }, { detectors })(text);
          expect(findIdentifiers(out, { detectors })).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('one that finds every replacement is given up, and nothing is handed on', () => {
    for (const word of ['[', ']', '*']) expect(() => treat({ others: mask() }, { detectors: [words(word, 'device-address')] })(`x ${word} a@b.jp`)).toThrow(code('TREAT_UNSTABLE'));
  });

  test('one that throws lets nothing through', () => {
    const broken: TextDetector = { ...words('x', 'device-address'), find: () => { throw new Error('broken'); } };
    expect(() => treat({}, { detectors: [broken] })('a@b.jp')).toThrow();
  });

  test('streams hold back as much as a detector states', () => {
    const long = 'secret '.repeat(300).trim();
    const text = `${'x'.repeat(3000)}${long}${'y'.repeat(9000)}`;
    const stream = (reach: number): string => {
      const engine = streamEngine({}, { detectors: [words(long, 'device-address', reach)] }, 'test')();
      let out = '';
      for (let at = 0; at < text.length; at += 100) out += engine.push(text.slice(at, at + 100));
      return out + engine.finish();
    };
    expect(stream(long.length)).toBe(treat({}, { detectors: [words(long, 'device-address')] })(text));
    expect(() => stream(10)).toThrow(code('STREAM_REACH'));
  });
});
