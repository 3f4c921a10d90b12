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
  /** The value behind a code: a number, text, truth value, null, bigint, or a tuple of these. */
  content(code: number): Content;
}

export type Scalar = string | number | bigint | boolean | null;
export type Content = Scalar | readonly Scalar[];

// Types have tags of their own, so that 1, '1', true and null hash apart.
const tagOf = (value: Scalar): number =>
  value === null ? 1 : typeof value === 'string' ? 2 : typeof value === 'number' ? 3 : typeof value === 'bigint' ? 4 : 5;

/** Content hashes of the values of one column, each made when it is first asked for. */
export class ContentHashes {
  readonly hi: Int32Array;
  readonly lo: Int32Array;
  singleHi = 0;
  singleLo = 0;
  private readonly known: Uint8Array;
  private readonly hasher: SipHasher;
  private readonly content: (code: number) => Content;

  constructor(size: number, content: (code: number) => Content, key: SipKey) {
    this.content = content;
    this.hasher = new SipHasher(key);
    this.hi = new Int32Array(size);
    this.lo = new Int32Array(size);
    this.known = new Uint8Array(size);
  }

  /** Hashes one value without keeping the result: for values that are met once. */
  single(code: number): void {
    hashContent(this.hasher, this.content(code));
    this.singleHi = this.hasher.hi;
    this.singleLo = this.hasher.lo;
  }

  /** Makes sure that `hi[code]` and `lo[code]` hold the hash. */
  prepare(code: number): void {
    if (this.known[code] === 1) return;
    hashContent(this.hasher, this.content(code));
    this.hi[code] = this.hasher.hi;
    this.lo[code] = this.hasher.lo;
    this.known[code] = 1;
  }
}

/** A tuple is hashed as the text of its fields' hashes: a fixed length each, so no two tuples are confused. */
function hashContent(hasher: SipHasher, content: Content): void {
  if (!Array.isArray(content)) {
    const scalar = content as Scalar;
    hasher.text(tagOf(scalar), String(scalar));
    return;
  }
  let joined = '';
  for (const part of content as readonly Scalar[]) {
    hasher.text(tagOf(part), String(part));
    joined += String.fromCharCode(hasher.hi & 0xffff, hasher.hi >>> 16, hasher.lo & 0xffff, hasher.lo >>> 16);
  }
  hasher.text(6, joined);
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
