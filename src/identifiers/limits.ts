/**
 * How far the scanner looks, in UTF-16 units. Streams hold back by these figures and nothing else, so they are a
 * promise of the scanner, kept by property tests on hostile text:
 *
 * 1. no finding is longer than {@link MAX_IDENTIFIER_LENGTH}. The longest candidate is a mail address: two local parts
 *    of 96 units (a return path names the person in the first), `@` and a domain of 255;
 * 2. whether a finding is reported at `start` to `end`, and with which values, depends only on the text from
 *    `start - CONTEXT_WINDOW` to `end + CONTEXT_WINDOW`. A candidate is decided by what stands within 256 units of it
 *    (the rest of a domain is what reaches furthest), and competes with those that overlap it, by their own spans: so the
 *    window is the longest candidate and 256 more.
 */
export const MAX_IDENTIFIER_LENGTH = 512;

/** See {@link MAX_IDENTIFIER_LENGTH}. */
export const CONTEXT_WINDOW = 768;

/** How far single verifiers look: well within the figures above. Here, in a file without imports, bundlers put the figures in their places. */
export const MAX_LOCAL = 96;
export const MAX_DOMAIN = 255;
/** Words are read so far before and after a candidate. */
export const WINDOW_BEFORE = 40;
export const WINDOW_AFTER = 16;
/** Groups and digits of a telephone number. */
export const MAX_GROUPS = 10;
export const MAX_DIGITS = 24;
/** Eight groups, and a port behind them. */
export const MAX_IPV6_GROUPS = 9;
/** The shortest token of hexadecimal digits that is worth a look, and the longest: looking at every eleventh unit misses none. */
export const SHORTEST_TOKEN = 11;
export const LONGEST_TOKEN = 40;
