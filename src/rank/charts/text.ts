/** A key as text for people: tuples are joined, and what XML cannot hold or what turns the direction of writing is replaced. */
export function keyText(key: unknown): string {
  const text = Array.isArray(key) ? key.map(partText).join(' / ') : partText(key);
  return cleanText(text);
}

const partText = (part: unknown): string => (part === null ? '(none)' : String(part));

/**
 * Discovered keys are hostile text: control characters break SVG, lone surrogates break UTF-8, and marks of direction
 * can make one key look like another. Each becomes U+FFFD. Escaping for HTML stays with the renderer.
 */
export const cleanText = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff]/gu, '\ufffd');

/** Lines of at most about `pixels` in a font of `size`; Vega does not wrap titles by itself. */
export function wrapText(text: string, pixels: number, size: number): string[] {
  const most = Math.max(8, Math.floor(pixels / (size * 0.56)));
  const lines: string[] = [];
  let line = '';
  let length = 0;
  // Words keep together; text without spaces, as in Japanese, breaks anywhere.
  for (const word of text.split(/(?<=\s)|(?=[\u3000-\u9fff\uac00-\ud7af\uff00-\uff60])/u)) {
    const wide = [...word].reduce((sum, char) => sum + (char >= '\u2e80' ? 1.8 : 1), 0);
    if (length > 0 && length + wide > most) {
      lines.push(line.trimEnd());
      line = '';
      length = 0;
    }
    line += word;
    length += wide;
  }
  return [...lines, line.trimEnd()];
}
