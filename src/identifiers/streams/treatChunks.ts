import { checkOptions } from '../../core/checks.js';
import type { TreatOptions } from '../treat/compile.js';
import type { NoOtherNames, TreatmentPolicy } from '../treat/policy.js';
import { streamEngine } from './engine.js';

/** Options of {@link treatChunks}. */
export interface TreatChunksOptions extends TreatOptions {
  /** Aborting ends the output with the signal's reason; what is held back never comes out. */
  readonly signal?: AbortSignal;
}

/**
 * {@link treatStream} for async iterables (and plain ones): a Node stream with an encoding, a generator, a response that is
 * read piece by piece. What is given back can be used for one input after another.
 *
 * @throws {TokumeiError} as `treatStream`, the last two from the iteration.
 * @example
 * const clean = treatChunks({ 'mail-address': label() });
 * let out = '';
 * for await (const piece of clean(['to yamada@exam', 'ple.com'])) out += piece;
 * out; // => 'to [mail-address]'
 */
/* @__NO_SIDE_EFFECTS__ */
export function treatChunks<const P extends TreatmentPolicy>(
  policy: P & NoOtherNames<P>,
  options: TreatChunksOptions = {},
): (pieces: AsyncIterable<string> | Iterable<string>) => AsyncGenerator<string, void, undefined> {
  const start = streamEngine(policy, withoutSignal(checkOptions(options, 'treatChunks')), 'treatChunks');
  return async function* (pieces) {
    const engine = start();
    options.signal?.throwIfAborted();
    for await (const piece of pieces) {
      options.signal?.throwIfAborted();
      const out = engine.push(piece);
      if (out !== '') yield out;
    }
    options.signal?.throwIfAborted();
    const rest = engine.finish();
    if (rest !== '') yield rest;
  };
}

function withoutSignal({ signal: _, ...options }: TreatChunksOptions): TreatOptions {
  return options;
}
