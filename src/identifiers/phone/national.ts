import type { WordList } from '../context/words.js';
import type { Sink } from '../scan/sink.js';
import type { Finding } from '../types.js';
import type { Groups } from './groups.js';

/** What a number is in the plan of a region. */
export interface Line {
  readonly region: string;
  /** `mobile`, `fixed-line`, `fixed-or-mobile` … */
  readonly kind: string;
}

/** National numbers of regions other than Japan: comes with the first region's table, so that nobody else carries it. */
export interface NationalFinder {
  /** Words that its scores need beyond the common ones. */
  readonly words: WordList;
  /** Where a number may begin: matches up to its first digit. */
  readonly pattern: RegExp;
  /** The surest national number in the groups read from `at`, whatever its score. */
  find(text: string, at: number, g: Groups, sink: Sink): Finding | undefined;
  /** The line behind a calling code and the national digits `from` to `to`; undefined when no table knows the number. */
  classify(callingCode: number, g: Groups, from: number, to: number): Line | undefined;
}
