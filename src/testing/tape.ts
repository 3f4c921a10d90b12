import { TokumeiError } from '../core/errors.js';
import type { RandomSource } from '../random/source.js';

/** A source that plays given words, and then either stops with an error or goes on from another source. */
export interface Tape extends RandomSource {
  readonly secure: false;
  /** How many words have been read. */
  readonly read: number;
}

/** A source that hands on another one's words and keeps a copy of each. */
export interface RecordingSource extends RandomSource {
  readonly secure: false;
  readonly words: readonly number[];
}

/**
 * Plays the given words of 32 bits in order: for a test that needs one particular draw.
 *
 * @throws {TokumeiError} `TOKUMEI_TAPE` when a word is no whole number from 0 to 2^32 - 1, or, on a draw, when the words have run out.
 * @example
 * tapeRandom([7, 8]).uint32(); // => 7
 */
export function tapeRandom(words: readonly number[], then?: RandomSource): Tape {
  for (const word of words) {
    if (word >>> 0 !== word) throw new TokumeiError('TOKUMEI_TAPE', { where: 'tapeRandom', parameter: 'words', expected: 'whole numbers from 0 to 2^32 - 1', received: word });
  }
  let read = 0;
  return {
    secure: false,
    get read() {
      return read;
    },
    uint32() {
      if (read < words.length) return words[read++] as number;
      if (then === undefined) throw new TokumeiError('TOKUMEI_TAPE', { where: 'tapeRandom', message: 'has no more words' });
      read++;
      return then.uint32();
    },
  };
}

/**
 * Records what is drawn, so that the same draws can be played again on neighbouring data with {@link tapeRandom}.
 *
 * @example
 * const recorder = recordingRandom(seededRandom(1));
 * const first = recorder.uint32();
 * recorder.words[0] === first; // => true
 */
export function recordingRandom(source: RandomSource): RecordingSource {
  const words: number[] = [];
  return {
    secure: false,
    words,
    uint32() {
      const word = source.uint32();
      words.push(word);
      return word;
    },
  };
}
