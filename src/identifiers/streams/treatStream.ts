import type { TreatOptions } from '../treat/compile.js';
import type { NoOtherNames, TreatmentPolicy } from '../treat/policy.js';
import { streamEngine } from './engine.js';

/**
 * {@link treat} for text that arrives in pieces, as a Web `TransformStream`: the pieces of the output, put together,
 * are what `treat` gives for the whole text, wherever the input was cut, also within an address or a surrogate pair.
 *
 * When to use: logs, uploads, the answer of a language model. Bytes go through `new TextDecoderStream()` first.
 *
 * Held back: at most `MAX_IDENTIFIER_LENGTH + CONTEXT_WINDOW` UTF-16 units, once for each pass (there are six with
 * `remove`, `surrogate` and detectors of the caller's own, else one). That much must be seen after a place before it is
 * certain that no identifier covers it; it comes out at the latest when the input ends. On an error or an abort it
 * never comes out.
 *
 * Cost: one scan of each piece together with what is held back and as much before it; pieces of 16 kB and more cost
 * about the same as the whole text at once.
 *
 * @throws {TokumeiError} as `treat`. The stream fails with what `treat` throws, with `TOKUMEI_STREAM_CHUNK` for a piece
 * that is no text, and with `TOKUMEI_STREAM_REACH` when a detector breaks the limits it stated.
 * @example
 * const input = new Blob(['to yamada@exam', 'ple.com']).stream().pipeThrough(new TextDecoderStream());
 * const output = input.pipeThrough(treatStream({ 'mail-address': label() }));
 * await new Response(output.pipeThrough(new TextEncoderStream())).text(); // => 'to [mail-address]'
 */
/* @__NO_SIDE_EFFECTS__ */
export function treatStream<const P extends TreatmentPolicy>(policy: P & NoOtherNames<P>, options: TreatOptions = {}): TransformStream<string, string> {
  const engine = streamEngine(policy, options, 'treatStream')();
  return new TransformStream<string, string>({
    transform(piece, controller) {
      const out = engine.push(piece);
      if (out !== '') controller.enqueue(out);
    },
    flush(controller) {
      const out = engine.finish();
      if (out !== '') controller.enqueue(out);
    },
  });
}
