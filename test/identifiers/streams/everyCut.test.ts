import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keep, label, mask, remove, surrogate, treat, treatChunks, treatStream, type TreatmentPolicy } from '../../../src/identifiers/index.js';
import { CONTEXT_WINDOW, MAX_IDENTIFIER_LENGTH } from '../../../src/identifiers/limits.js';
import { streamEngine, type StreamEngine } from '../../../src/identifiers/streams/engine.js';
import { hostileText } from '../treat/hostile.js';

const HOLD = MAX_IDENTIFIER_LENGTH + CONTEXT_WINDOW;

/** Policies by name; made anew for each run, because some remember. */
const policies: readonly (readonly [string, () => TreatmentPolicy])[] = [
  ['label and mask', () => ({ 'mail-address': mask({ keepDomain: true }), others: label() })],
  ['surrogate', () => ({ others: surrogate() })],
  ['remove', () => ({ others: remove() })],
];

const starter = (policy: TreatmentPolicy): (() => StreamEngine) => streamEngine(policy, {}, 'test');

function streamed(engine: StreamEngine, pieces: readonly string[]): string {
  return pieces.map((piece) => engine.push(piece)).join('') + engine.finish();
}

const cutAt = (text: string, cuts: readonly number[]): string[] => {
  const places = [0, ...[...cuts].sort((a, b) => a - b), text.length];
  return places.slice(1).map((to, i) => text.slice(places[i], to));
};

/** Long enough that most of it leaves before the end: several times what is held back. */
const longText = fc.array(hostileText, { minLength: 1, maxLength: 40 }).chain((parts) => {
  const body = parts.join(' ');
  return fc.record({ before: fc.nat({ max: 3 }), filler: fc.constantFrom('plain text ', 'あいうえお、', '1', '1-', '1.', 'a.', 'a@', ':', '😀', '090-1234-') }).map(({ before, filler }) => filler.repeat(Math.ceil((before * HOLD) / filler.length)) + body + filler.repeat(Math.ceil((2 * HOLD) / filler.length)) + body);
});

describe.each(policies)('%s', (_, make) => {
  test('one cut anywhere: the output is that of the whole text', () => {
    fc.assert(
      fc.property(longText, (text) => {
        const whole = treat(make())(text);
        // Every cut of a text of this length is too slow to repeat for many texts: every 197th, shifted by its length.
        for (let cut = text.length % 197; cut <= text.length; cut += 197) expect(streamed(starter(make())(), cutAt(text, [cut])) === whole, `cut at ${cut}`).toBe(true);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  test('many cuts, empty pieces among them', () => {
    fc.assert(
      fc.property(longText, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 }), (text, shares) => {
        const pieces = cutAt(text, shares.map((share) => Math.floor(share * text.length)));
        expect(streamed(starter(make())(), pieces) === treat(make())(text)).toBe(true);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});

test('every single cut and unit by unit, on a text with every kind of border in it', () => {
  const labelled = 'version 192.0.2.17 IMEI 490154203237518 注文番号 0312345678 1-1-03-1234-5678 x03-1234-5678';
  const text = `😀 yamada@example.com 😀${'x'.repeat(HOLD - 40)}tel ０９０－１２３４－５６７８、192.0.2.17 2001:db8:1:2::5 😀${'い'.repeat(HOLD)}a..b.@docomo.ne.jp 00:00:5e:00:53:01 \ud83d\n${labelled}${'z '.repeat(HOLD / 2)}`;
  const policy = { others: mask({ keepDomain: true, keepLast: 2 }) };
  const whole = treat(policy)(text);
  const start = starter(policy);
  for (let cut = 0; cut <= text.length; cut++) expect(streamed(start(), cutAt(text, [cut])) === whole, `cut at ${cut}`).toBe(true);
  expect(streamed(start(), [...Array(text.length).keys()].map((i) => text.charAt(i)))).toBe(whole);
});

test('never more than the longest finding and its context stay behind, and no piece ends in half a pair', () => {
  // With everything kept, what has come out is as long as what it stands for.
  const start = starter({ others: keep() });
  fc.assert(
    fc.property(longText, fc.integer({ min: 40, max: 700 }), (text, size) => {
      const engine = start();
      let given = 0;
      for (let at = 0; at < text.length; at += size) {
        const taken = Math.min(text.length, at + size);
        const out = engine.push(text.slice(at, taken));
        given += out.length;
        expect(taken - given).toBeLessThanOrEqual(HOLD + 1);
        const inPair = /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(given - 1, given + 1));
        expect(inPair && out !== '').toBe(false);
      }
      expect(given + engine.finish().length).toBe(text.length);
    }),
    { numRuns: 30, endOnFailure: true },
  );
});

test.each(['a@b.co', 'a@b.co@', '1:2:3:4:5:6:7:8:', '::1', '090-1234-5678', '0312 345678 ', '090 1234 0678 ', '192.0.2.1.', 'IMEI 490154203237518 ', ' a1 at b.cc at c.dd'])('an endless row of %s is treated like the whole', (piece) => {
  const text = piece.repeat(Math.ceil((4 * HOLD) / piece.length));
  const whole = treat({})(text);
  for (const size of [97, 4096]) {
    const engine = starter({})();
    let out = '';
    for (let at = 0; at < text.length; at += size) out += engine.push(text.slice(at, at + size));
    expect(out + engine.finish() === whole).toBe(true);
  }
});

test('a limit on findings is for the whole stream', () => {
  const text = `a@b.jp ${'x '.repeat(2 * HOLD)}`.repeat(3);
  const run = (maxFindings: number): string => {
    const engine = streamEngine({}, { maxFindings }, 'test')();
    return engine.push(text) + engine.finish();
  };
  expect(run(3)).toBe(treat({})(text));
  expect(() => run(2)).toThrow(expect.objectContaining({ code: 'TOKUMEI_FINDINGS_LIMIT' }));
});

describe('web streams and iterables', () => {
  const text = `to yamada@example.com ${'.'.repeat(3000)} or 090-1234-5678`;
  const expected = treat({})(text);

  test('treatStream', async () => {
    for (const size of [1, 7, 1000, 5000]) {
      const pieces = cutAt(text, Array.from({ length: Math.floor(text.length / size) }, (_, i) => (i + 1) * size));
      const input = new ReadableStream<string>({
        start(controller) {
          for (const piece of pieces) controller.enqueue(piece);
          controller.close();
        },
      });
      let out = '';
      for await (const piece of input.pipeThrough(treatStream({})) as unknown as AsyncIterable<string>) out += piece;
      expect(out).toBe(expected);
    }
  });

  test('treatChunks, for several inputs one after another', async () => {
    const clean = treatChunks({});
    for (let round = 0; round < 2; round++) {
      const out: string[] = [];
      for await (const piece of clean(cutAt(text, [3, 15, 2000]))) out.push(piece);
      expect(out.join('')).toBe(expected);
      expect(out).not.toContain('');
    }
  });

  test('two streams of one policy at the same time do not mix', async () => {
    const clean = treatChunks({});
    const [a, b] = [clean([text.slice(0, 2500), text.slice(2500)]), clean(['x', text])];
    let outA = '';
    let outB = '';
    for (;;) {
      const [stepA, stepB] = [await a.next(), await b.next()];
      if (!stepA.done) outA += stepA.value;
      if (!stepB.done) outB += stepB.value;
      if (stepA.done === true && stepB.done === true) break;
    }
    expect(outA).toBe(expected);
    expect(outB).toBe(treat({})(`x${text}`));
  });

  test('a piece that is no text ends the stream, and what is held back never comes out', async () => {
    const input = new ReadableStream({
      start(controller) {
        controller.enqueue('held back: nothing secret');
        controller.enqueue(new Uint8Array([97]));
        controller.close();
      },
    });
    const out: string[] = [];
    const read = async (): Promise<void> => {
      for await (const piece of input.pipeThrough(treatStream({})) as unknown as AsyncIterable<string>) out.push(piece);
    };
    await expect(read()).rejects.toThrow(expect.objectContaining({ code: 'TOKUMEI_STREAM_CHUNK' }));
    expect(out).toEqual([]);
  });

  test('an abort ends treatChunks with its reason, and what is held back never comes out', async () => {
    const control = new AbortController();
    const out: string[] = [];
    const read = async (): Promise<void> => {
      for await (const piece of treatChunks({}, { signal: control.signal })(['a'.repeat(5000), 'b'.repeat(5000), 'c'])) {
        out.push(piece);
        control.abort(new Error('enough'));
      }
    };
    await expect(read()).rejects.toThrow('enough');
    expect(out.join('')).toMatch(/^a+$/);
  });

  test('a fault of the source goes on, and nothing after it', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield 'tel 090-1234-';
      throw new Error('line cut');
    }
    const out: string[] = [];
    const read = async (): Promise<void> => {
      for await (const piece of treatChunks({})(broken())) out.push(piece);
    };
    await expect(read()).rejects.toThrow('line cut');
    expect(out).toEqual([]);
  });

  test('policy and options are checked before any piece is read', () => {
    expect(() => treatStream({ mail: label() } as never)).toThrow(expect.objectContaining({ code: 'TOKUMEI_TREAT_POLICY' }));
    expect(() => treatChunks({}, null as never)).toThrow(expect.objectContaining({ code: 'TOKUMEI_OPTIONS' }));
    expect(() => treatStream({}, { recheck: 'never' as 'auto' })).toThrow(expect.objectContaining({ code: 'TOKUMEI_TREAT_RECHECK' }));
  });
});
