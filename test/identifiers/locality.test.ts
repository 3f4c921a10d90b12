import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allRegions, compileFinder, denyList, detector, type Finding } from '../../src/identifiers/index.js';
import { CONTEXT_WINDOW, MAX_IDENTIFIER_LENGTH } from '../../src/identifiers/limits.js';
import { hostileText } from './treat/hostile.js';

const runs = (n: number): { numRuns: number } => ({ numRuns: n * Number(process.env['TOKUMEI_RUNS'] ?? 1) });

const own = [
  denyList(['090-1234', '.com', 'a', 'aa', '@ex'], { class: 'device-address' }),
  detector({ name: 'own', class: 'telephone-number', anchors: ['12'], before: 3, after: 6, verify: (w, at) => (/\d{2,6}/.exec(w.slice(at))?.index === 0 ? { start: Math.max(0, at - 2), end: at + 2, score: 0.6 } : undefined) }),
];
const finders: readonly (readonly [string, (text: string) => Finding[]])[] = [
  ['Japan', compileFinder()],
  ['six regions', compileFinder({ regions: allRegions.filter((r) => ['JP', 'US', 'DE', 'FR', 'GB', 'IN'].includes(r.code)) })],
  ['own detectors and a deny list', compileFinder({ detectors: own })],
];

/** Rows of one piece, where what is found at one place could lead to the next without end; and any text in between. */
const row = fc.tuple(
  fc.constantFrom('a@b.co', 'a@', '@a.', 'a.b@c.dd@', '1:2:3:4:5:6:7:8:', '1:', '::1', 'ff:', '090-1234-5678', '090 1234 5678 ', '0312 345678 ', '03 ', '0 ', '1 ', '12 ', '0', '+81 90 1234 5678 ', '+1', '1.1.1.', '1.', '-', 'aa-', 'a1', 'f', '０３', '〇九', ' at ', 'a1 at b.cc at ', 'a★b.cc★', '0081 ', '206 342 8631 ', '0049 ', 'a=b+c=', '"a', '(', 'x'),
  fc.integer({ min: 1, max: 120 }),
).map(([piece, times]) => piece.repeat(times));
const text = fc.array(fc.oneof(row, hostileText), { minLength: 1, maxLength: 10 }).map((parts) => parts.join(''));

test.each(finders)('%s: no finding is longer than promised, findings are sorted and do not overlap', (_, find) => {
  fc.assert(
    fc.property(text, (t) => {
      let at = 0;
      for (const { start, end, canonical, score } of find(t)) {
        expect(start >= at && end > start && end - start <= MAX_IDENTIFIER_LENGTH && end <= t.length && canonical !== '' && score >= 0.5 && score <= 1, JSON.stringify([t, start, end])).toBe(true);
        at = end;
      }
    }),
    runs(400),
  );
});

test.each(finders)('%s: text far away changes nothing', (_, find) => {
  fc.assert(
    fc.property(text, text, text, fc.nat({ max: 5 }), (before, middle, after, pad) => {
      const near = `${before}${middle}${after}`;
      // What is compared lies more than a window from both ends of the shorter text.
      const more = 'f0'.repeat(pad) + near + '.a1'.repeat(pad);
      const shift = 2 * pad;
      const inside = (f: Finding): boolean => f.start >= CONTEXT_WINDOW && f.end <= near.length - CONTEXT_WINDOW;
      const a = find(near).filter(inside);
      const b = find(more).map((f) => ({ ...f, start: f.start - shift, end: f.end - shift })).filter(inside);
      expect(b).toEqual(a);
    }),
    runs(250),
  );
});

test.each(finders)('%s: a cut of the text shows what the whole shows there', (_, find) => {
  fc.assert(
    fc.property(text, text, text, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, c, where) => {
      const whole = a + b + c;
      const cut = Math.floor(where * whole.length);
      const rest = find(whole.slice(cut)).map((f) => ({ ...f, start: f.start + cut, end: f.end + cut }));
      const far = (f: Finding): boolean => f.start >= cut + CONTEXT_WINDOW;
      expect(rest.filter(far)).toEqual(find(whole).filter(far));
    }),
    runs(250),
  );
});
