const FIRST = 103;

/**
 * Bytes as letters from `g` to `v`, two for each byte: hexadecimal in an alphabet without digits and without `a` to `f`.
 *
 * No part of it can be read as a telephone number, an IP or MAC address or a serial number, whatever stands beside
 * it. The same as SQL's `translate(encode(mac, 'hex'), '0123456789abcdef', 'ghijklmnopqrstuv')`.
 */
export function lettersOf(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += String.fromCharCode(FIRST + (byte >> 4), FIRST + (byte & 15));
  return out;
}

/** {@link lettersOf} for many values of one size between the same two texts, each made in one piece. */
export class LetterFrame {
  readonly #codes: number[];
  readonly #at: number;
  readonly #size: number;

  constructor(before: string, size: number, after: string) {
    this.#codes = [...`${before}${'g'.repeat(size * 2)}${after}`].map((letter) => letter.charCodeAt(0));
    this.#at = before.length;
    this.#size = size;
  }

  /** The first bytes, as many as the frame is for. */
  around(bytes: Uint8Array): string {
    const codes = this.#codes;
    let at = this.#at;
    for (let i = 0; i < this.#size; i++) {
      const byte = bytes[i] as number;
      codes[at++] = FIRST + (byte >> 4);
      codes[at++] = FIRST + (byte & 15);
    }
    return String.fromCharCode.apply(null, codes);
  }
}

/** The bytes of {@link lettersOf}, or undefined where the text was not made by it. */
export function bytesOfLetters(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < text.length; i++) {
    const nibble = text.charCodeAt(i) - FIRST;
    if (nibble < 0 || nibble > 15) return undefined;
    bytes[i >> 1] = ((bytes[i >> 1] as number) << 4) | nibble;
  }
  return bytes;
}
