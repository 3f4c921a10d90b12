/**
 * How far the scanner looks, in UTF-16 units. Streams hold back by these figures and nothing else, so they are a
 * promise of the scanner, kept by property tests on hostile text:
 *
 * 1. no finding is longer than {@link MAX_IDENTIFIER_LENGTH};
 * 2. whether a finding is reported at `start` to `end`, and with which values, depends only on the text from
 *    `start - CONTEXT_WINDOW` to `end + CONTEXT_WINDOW`: also what is looked up around a candidate (labels, words,
 *    the rest of a run of digits or dots) stays within that distance, and so do the candidates that compete with it.
 */
export const MAX_IDENTIFIER_LENGTH = 512;

/** See {@link MAX_IDENTIFIER_LENGTH}. */
export const CONTEXT_WINDOW = 640;
