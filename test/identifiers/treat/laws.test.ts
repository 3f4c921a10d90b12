import { aessiv } from '@noble/ciphers/aes.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byKind, countOnly, findIdentifiers, generalise, keep, label, mask, pseudonym, remove, revealTokens, surrogate, token, treat, type Finding, type Treatment } from '../../../src/identifiers/index.js';
import { hostileText } from './hostile.js';

const key = Uint8Array.from({ length: 32 }, (_, i) => i);
const closed: readonly (readonly [string, () => Treatment])[] = [
  ['label', () => label()],
  ['mask', () => mask()],
  ['mask keeping', () => mask({ keepDomain: true, keepLast: 4 })],
  ['generalise', () => generalise()],
  ['pseudonym', () => pseudonym({ key, context: 'test' })],
  ['token', () => token({ cipher: aessiv, keys: { k1: key }, current: 'k1', context: 'test' })],
  ['byKind', () => byKind({ ipv4: generalise(), mobile: mask() })],
];
const open: readonly (readonly [string, () => Treatment])[] = [
  ['remove', () => remove()],
  ['surrogate', () => surrogate()],
  ['byKind with remove', () => byKind({ pc: remove(), mobile: surrogate() })],
];
const runs = { numRuns: 400 * Number(process.env['TOKUMEI_RUNS'] ?? 1) };

/** The treated text and the places in it that a treatment wrote. */
function treatedWithPlaces(text: string, treatment: Treatment): { out: string; places: readonly (readonly [number, number])[] } {
  let out = '';
  let at = 0;
  const places: [number, number][] = [];
  for (const finding of findIdentifiers(text)) {
    out += text.slice(at, finding.start);
    const start = out.length;
    out += treatment.replace(finding, text.slice(finding.start, finding.end));
    places.push([start, out.length]);
    at = finding.end;
  }
  return { out: out + text.slice(at), places };
}

describe.each(closed)('%s', (_, make) => {
  test('is closed: every replacement begins with [ and ends with ], and holds no line break', () => {
    const treatment = make();
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const finding of findIdentifiers(text)) expect(treatment.replace(finding, text.slice(finding.start, finding.end))).toMatch(/^\[.*\]$/);
      }),
      runs,
    );
  });

  test('after treatment no finding touches or covers anything that was written in place of one', () => {
    const treatment = make();
    fc.assert(
      fc.property(hostileText, (text) => {
        const { out, places } = treatedWithPlaces(text, treatment);
        expect(treat({ others: treatment })(text)).toBe(out);
        for (const finding of findIdentifiers(out)) {
          for (const [start, end] of places) expect(finding.end < start || finding.start > end || finding.end === start || finding.start === end, JSON.stringify({ text, out, finding })).toBe(true);
        }
      }),
      runs,
    );
  });

  test("with recheck 'always' nothing is found any more", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(findIdentifiers(treat({ others: make() }, { recheck: 'always' })(text))).toEqual([]);
      }),
      runs,
    );
  });

  test('treating twice is treating once', () => {
    const stage = treat({ others: make() }, { recheck: 'always' });
    fc.assert(
      fc.property(hostileText, (text) => {
        const once = stage(text);
        expect(stage(once)).toBe(once);
      }),
      runs,
    );
  });
});

describe.each(open)('%s', (_, make) => {
  test('after treatment nothing is found but its own surrogates', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const treatment = make();
        const out = treat({ others: treatment })(text);
        const left = findIdentifiers(out).filter((finding) => !(treatment.isOwn?.(finding) ?? false));
        expect(left, JSON.stringify({ text, out })).toEqual([]);
      }),
      runs,
    );
  });
});

test('what is outside the findings stays, unit by unit', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const parts: string[] = [];
      let at = 0;
      for (const { start, end } of findIdentifiers(text)) {
        parts.push(text.slice(at, start));
        at = end;
      }
      parts.push(text.slice(at));
      expect(treat({ others: { ...label(), replace: () => '[#]' } })(text)).toBe(parts.join('[#]'));
    }),
    runs,
  );
});

test('no part of what was found is in a label, a pseudonym or a token', () => {
  const stages = [label(), pseudonym({ key, context: 'test' }), token({ cipher: aessiv, keys: { k1: key }, current: 'k1', context: 'test' })];
  fc.assert(
    fc.property(hostileText, (text) => {
      for (const finding of findIdentifiers(text)) {
        for (const stage of stages) {
          const body = stage.replace(finding, text.slice(finding.start, finding.end)).replace(`[${finding.class}`, '');
          expect(body).toMatch(/^(?::k1)?(?::[g-v]+)?\]$/);
        }
      }
    }),
    runs,
  );
});

test('keep and countOnly hand the text on as it is, and countOnly counts what findIdentifiers finds', () => {
  fc.assert(
    fc.property(fc.array(hostileText, { maxLength: 4 }), (texts) => {
      const tally = countOnly();
      const expected: Finding[] = [];
      for (const text of texts) {
        expect(treat({ others: keep() })(text)).toBe(text);
        expect(treat({ others: tally })(text)).toBe(text);
        expected.push(...findIdentifiers(text));
      }
      const { found, classes } = tally.report().figures;
      expect(found).toBe(expected.length);
      for (const finding of expected) {
        expect(classes[finding.class]?.[finding.kind]).toBe(expected.filter((f) => f.class === finding.class && f.kind === finding.kind).length);
      }
    }),
    runs,
  );
});

test('tokens open to the canonical values, in order', () => {
  const options = { cipher: aessiv, keys: { k1: key }, context: 'test' };
  fc.assert(
    fc.property(hostileText, (text) => {
      // UTF-8 has no bytes for half a pair: such an address is opened with U+FFFD in its place.
      fc.pre(!/\p{Surrogate}/u.test(text));
      const canonical = { ...label(), replace: (finding: Finding) => finding.canonical };
      expect(revealTokens(options)(treat({ others: token({ ...options, current: 'k1' }) })(text))).toBe(treat({ others: canonical })(text));
    }),
    runs,
  );
});
