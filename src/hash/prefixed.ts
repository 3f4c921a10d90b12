/** Bytes, and views of their beginnings that are made once for each length: making one costs more than hashing it. */
export class Prefixed {
  readonly bytes: Uint8Array;
  readonly #views: Uint8Array[] = [];

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  first(length: number): Uint8Array {
    return (this.#views[length] ??= this.bytes.subarray(0, length));
  }
}
