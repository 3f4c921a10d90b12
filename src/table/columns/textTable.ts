/**
 * Gives texts their codes in the order in which they are first met. Twice as fast as a Map where most texts are fresh
 * strings, since it hashes in place and touches one word for most of the misses.
 *
 * The hash is no defence against chosen texts; a table that has to look far for one gives up, and a Map takes over.
 */
export class TextTable {
  readonly texts: string[] = [];
  private slots: Int32Array = new Int32Array(1 << 10);
  private hashes: Int32Array = new Int32Array(1 << 9);
  private fallback: Map<string, number> | undefined;

  /** Whether a Map has taken over. */
  get gaveUp(): boolean {
    return this.fallback !== undefined;
  }

  /** The code of a text, a new one if it was not met before. */
  code(text: string): number {
    if (this.fallback !== undefined) return this.slow(this.fallback, text);
    const hash = hashOf(text);
    const { slots, hashes, texts } = this;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let looked = 0; looked < FAR; looked++) {
      const code = slots[slot]! - 1;
      if (code < 0) return this.insert(text, hash, slot);
      if (hashes[code] === hash && texts[code] === text) return code;
      slot = (slot + 1) & mask;
    }
    this.fallback = new Map(texts.map((known, code) => [known, code]));
    return this.slow(this.fallback, text);
  }

  private insert(text: string, hash: number, slot: number): number {
    const code = this.texts.length;
    if (code === this.hashes.length) {
      this.grow();
      return this.code(text);
    }
    this.slots[slot] = code + 1;
    this.hashes[code] = hash;
    this.texts.push(text);
    return code;
  }

  private grow(): void {
    const hashes = new Int32Array(2 * this.hashes.length);
    hashes.set(this.hashes);
    const slots = new Int32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (let code = 0; code < this.texts.length; code++) {
      let slot = hashes[code]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.slots = slots;
    this.hashes = hashes;
  }

  private slow(map: Map<string, number>, text: string): number {
    const known = map.get(text);
    if (known !== undefined) return known;
    map.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}

/** At half load a run this long does not happen by chance. */
const FAR = 256;

/** Multiply and mix over the code units, with a last mix so that the low bits depend on all. */
export function hashOf(text: string): number {
  let hash = text.length | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ text.charCodeAt(i), 0x27220a95);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
