/**
 * Where random bits come from. Every sampler takes one as its last argument.
 *
 * `secure` is true only for the platform's cryptographic generator; `release()` refuses results
 * that were made with any other source.
 */
export interface RandomSource {
  readonly secure: boolean;
  /** A uniform whole number from 0 to 2^32 - 1. */
  uint32(): number;
}
