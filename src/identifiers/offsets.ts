import type { Finding } from './types.js';

/** The same findings, which are in order, with `start` and `end` in code points or in bytes of UTF-8. One pass over the text. */
export function withOffsets(text: string, findings: readonly Finding[], unit: 'code-point' | 'utf8'): Finding[] {
  let at = 0;
  let count = 0;
  const to = (target: number): number => {
    const piece = text.slice(at, target);
    at = target;
    count += unit === 'utf8' ? new TextEncoder().encode(piece).length : piece.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '_').length;
    return count;
  };
  return findings.map((f) => ({ ...f, start: to(f.start), end: to(f.end) }));
}
