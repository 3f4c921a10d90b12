import type { Finding } from './types.js';

/** The same findings with `start` and `end` in code points or in bytes of UTF-8. One pass over the text. */
export function withOffsets(text: string, findings: readonly Finding[], unit: 'code-point' | 'utf8'): Finding[] {
  let at = 0;
  let count = 0;
  const to = (target: number): number => {
    while (at < target) {
      const code = text.codePointAt(at) as number;
      at += code > 0xffff ? 2 : 1;
      count += unit === 'code-point' ? 1 : code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    }
    return count;
  };
  return findings.map((f) => ({ ...f, start: to(f.start), end: to(f.end) }));
}
