import { fold } from '../scan/units.js';
import { CLOSE, type Groups, OPEN } from './groups.js';

/** Takes the opening bracket of `(03) 1234-5678` into the span. */
export function leftOf(text: string, at: number, g: Groups): number {
  return at > 0 && fold(text.charCodeAt(at - 1)) === 0x28 && closes(g) ? at - 1 : at;
}

/** A closing bracket comes before any opening one. */
export function closes(g: Groups): boolean {
  for (let k = 1; k < g.n; k++) {
    const sep = g.sep[k] as number;
    if ((sep & CLOSE) !== 0) return true;
    if ((sep & OPEN) !== 0) return false;
  }
  return false;
}
