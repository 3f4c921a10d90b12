import { colonPass } from './colon-pass.js';
import { dotPass } from './dot-pass.js';
import { markPass, rarePass } from './mark-passes.js';
import { numberPass } from './number-pass.js';
import { tokenPass } from './token-pass.js';
import type { Sink } from './sink.js';

/**
 * Reads a text from its start to its end.
 *
 * Each pass searches one kind of anchor (`@` and what stands for it, `.` and `:` between digits, the first digit of a
 * number, long tokens), by the engine's own search: most text is never looked at unit by unit. At an anchor a verifier
 * looks a bounded way back and ahead, and what it decided is not looked at again by that pass. So the time is linear in
 * the text, and what is found depends on its neighbourhood alone.
 */
export function scan(text: string, sink: Sink): void {
  markPass(text, sink);
  colonPass(text, sink);
  dotPass(text, sink);
  numberPass(text, sink);
  tokenPass(text, sink);
  rarePass(text, sink);
}
