import { TokumeiError } from '../core/errors.js';
import type { RandomSource } from './source.js';

/** One call of getRandomValues gives at most 65,536 bytes; small calls cost as much as calls of 1 KiB. */
const FIRST_WORDS = 256;
const MOST_WORDS = 16_384;

class PlatformRandom implements RandomSource {
  readonly secure = true;
  readonly #words = new Uint32Array(MOST_WORDS);
  #at = 0;
  #end = 0;
  #next = FIRST_WORDS;
  #discarding = false;

  uint32(): number {
    if (this.#at === this.#end) this.#refill();
    const at = this.#at++;
    const words = this.#words;
    const word = words[at] as number;
    // A word that was used must not be readable later: noise that is known can be subtracted.
    words[at] = 0;
    return word;
  }

  #refill(): void {
    const fresh = this.#words.subarray(0, this.#next);
    const crypto = globalThis.crypto as Crypto | undefined;
    if (typeof crypto?.getRandomValues !== 'function') {
      throw new TokumeiError('TOKUMEI_RANDOM_SOURCE', { where: 'secureRandom', message: 'this platform has no crypto.getRandomValues' });
    }
    try {
      crypto.getRandomValues(fresh);
    } catch {
      fresh.fill(0);
    }
    // Four zero words in a row have probability 2^-128: the platform's generator failed or is a stand-in that does nothing.
    if (!(fresh[0] || fresh[1] || fresh[2] || fresh[3])) {
      throw new TokumeiError('TOKUMEI_RANDOM_SOURCE', { where: 'secureRandom', message: 'crypto.getRandomValues gave no random bits' });
    }
    this.#at = 0;
    this.#end = this.#next;
    this.#next = Math.min(this.#next * 4, MOST_WORDS);
    if (!this.#discarding) {
      this.#discarding = true;
      void Promise.resolve().then(() => this.#discard());
    }
  }

  #discard(): void {
    this.#words.fill(0, this.#at, this.#end);
    this.#at = this.#end = 0;
    this.#next = FIRST_WORDS;
    this.#discarding = false;
  }

  static {
    Object.freeze(PlatformRandom.prototype);
  }
}

let platform: PlatformRandom | undefined;

/**
 * The platform's cryptographic generator, buffered: what every mechanism uses unless told otherwise.
 *
 * Bits come from `globalThis.crypto.getRandomValues` alone. Words are fetched in blocks (1 KiB at first, up to 64 KiB
 * within one synchronous run), each is wiped when it is used, and what is left of a block is wiped as soon as the
 * synchronous run ends. So no unused bits wait in memory while the program waits: a V8 start-up snapshot, a worker or a
 * container checkpoint made between two tasks carries none, and two copies of a process do not draw the same noise.
 * What cannot be detected from JavaScript: a virtual machine or process copied in the middle of a synchronous run, and a
 * kernel generator that was itself copied or never seeded.
 *
 * Cost: about 5 ns a word in bulk; about 5 µs for the first word after each turn of the event loop.
 *
 * @throws {TokumeiError} `TOKUMEI_RANDOM_SOURCE`, on the first draw, where the platform has no working generator.
 * @example
 * secureRandom().secure; // => true
 */
export function secureRandom(): RandomSource {
  // Frozen, object and prototype: a spy left behind by a test must not become the generator of a service.
  if (platform === undefined) {
    platform = new PlatformRandom();
    Object.freeze(platform);
  }
  return platform;
}

/** Whether a source is this library's own view of the platform's generator, and not an object that only says so. */
export function isSecureRandom(source: RandomSource): boolean {
  return platform !== undefined && source === platform;
}
