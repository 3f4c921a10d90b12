import { SipHasher, type SipKey } from '../../hash/siphash.js';

/**
 * A column as small whole numbers: equal values have equal codes, -1 stands for a row that takes no part.
 *
 * Codes are an accident of the order of rows and never decide anything that is published; whatever has to choose
 * between values hashes or compares their content.
 */
export interface Coded {
  readonly codes: Int32Array;
  /** All codes are below this. */
  readonly size: number;
  /** Set where it is known that no code is -1. */
  readonly whole?: true;
  /** The value behind a code: a number, text, truth value, null, bigint, or a tuple of these. */
  content(code: number): Content;
}

export type Scalar = string | number | bigint | boolean | null;
export type Content = Scalar | readonly Scalar[];

// Types have tags of their own, so that 1, '1', true and null hash apart.
const tagOf = (value: Scalar): number =>
  value === null ? 1 : typeof value === 'string' ? 2 : typeof value === 'number' ? 3 : typeof value === 'bigint' ? 4 : 5;

/** Where hashes are kept: that of code c in `made[width * c + at]`. 0 stands for "not yet made"; a hash that is 0 is made again each time, which harms nobody. */
export interface HashesKept {
  readonly made: Int32Array;
  readonly width: number;
  readonly at: number;
}

/** 32 bits of the content hash of each value of one column, made when it is first asked for. */
export class ContentHashes {
  private readonly kept: HashesKept;
  private readonly hasher: SipHasher;
  private readonly content: (code: number) => Content;

  constructor(size: number, content: (code: number) => Content, key: SipKey, kept: HashesKept = { made: new Int32Array(size), width: 1, at: 0 }) {
    this.content = content;
    this.hasher = new SipHasher(key);
    this.kept = kept;
  }

  of(code: number): number {
    const { made, width, at } = this.kept;
    const hash = made[width * code + at]!;
    return hash !== 0 ? hash : (made[width * code + at] = hashContent(this.hasher, this.content(code)).lo);
  }
}

/** Leaves the hash of a value in the hasher. A tuple is hashed as the text of its fields' hashes: a fixed length each, so no two tuples are confused. */
export function hashContent(hasher: SipHasher, content: Content): SipHasher {
  if (!Array.isArray(content)) {
    scalarHash(hasher, content as Scalar);
    return hasher;
  }
  let joined = '';
  for (const part of content as readonly Scalar[]) {
    scalarHash(hasher, part);
    joined += String.fromCharCode(hasher.hi & 0xffff, hasher.hi >>> 16, hasher.lo & 0xffff, hasher.lo >>> 16);
  }
  hasher.text(6, joined);
  return hasher;
}

function scalarHash(hasher: SipHasher, value: Scalar): void {
  if (typeof value === 'number' && Number.isSafeInteger(value)) hasher.integer(tagOf(value), value);
  else hasher.text(tagOf(value), String(value));
}

/** A total order of contents that knows nothing of codes. Settles ties of hashes. */
export function compareContent(a: Content, b: Content): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = compareScalar(a[i] as Scalar, b[i] as Scalar);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  return compareScalar(a as Scalar, b as Scalar);
}

function compareScalar(a: Scalar, b: Scalar): number {
  const tag = tagOf(a) - tagOf(b);
  if (tag !== 0) return tag;
  return a! < b! ? -1 : a! > b! ? 1 : 0;
}
