const PAIRS: readonly string[] = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) => letter(byte >> 4) + letter(byte & 15));

/**
 * Bytes as letters from `g` to `v`, two for each byte: hexadecimal in an alphabet without digits and without `a` to `f`.
 *
 * No part of it can be read as a telephone number, an IP or MAC address or a serial number, whatever stands beside
 * it. The same as SQL's `translate(encode(mac, 'hex'), '0123456789abcdef', 'ghijklmnopqrstuv')`.
 */
export function lettersOf(bytes: Uint8Array, count: number = bytes.length): string {
  let out = '';
  for (let i = 0; i < count; i++) out += PAIRS[bytes[i] as number];
  return out;
}

/** The bytes of {@link lettersOf}, or undefined where the text was not made by it. */
export function bytesOfLetters(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < text.length; i++) {
    const nibble = text.charCodeAt(i) - 103;
    if (nibble < 0 || nibble > 15) return undefined;
    bytes[i >> 1] = ((bytes[i >> 1] as number) << 4) | nibble;
  }
  return bytes;
}

function letter(nibble: number): string {
  return String.fromCharCode(103 + nibble);
}
