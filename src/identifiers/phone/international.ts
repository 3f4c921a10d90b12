import { CALLING_CODES } from '../numbering/calling-codes.js';
import { type Trie, trieOf } from '../numbering/trie.js';
import { note, phoneCandidate, type Sink } from '../scan/sink.js';
import { isDigit, unitAt } from '../scan/units.js';
import type { Finding } from '../types.js';
import { inContext } from './context.js';
import { boundary, type Groups, spacesOnly } from './groups.js';
import { CLOSE } from './separators.js';

let codes: Trie | undefined;

/** Calling codes whose national numbers may begin with 0 (Italy, Ivory Coast …). */
const ZERO_STAYS = ' 39 47 225 226 229 241 242 378 379 687 ';

/** Shorter national numbers are not believed for a plus alone. */
const SHORTEST = 6;

/**
 * A number with a calling code, after `+` (skip 0), `00` (skip 2), `010`, `011` or `0011` as a group of its own (skip 3 or 4;
 * what is dialled to leave Japan, North America and Australia): the longest run of groups that has one of the lengths of
 * that code.
 */
export function international(text: string, start: number, skip: number, g: Groups, sink: Sink): Finding | undefined {
  codes ??= trieOf(CALLING_CODES);
  let node = 0;
  let from = skip === 0 && g.digit[0] === 0 ? 1 : skip; // +060 for +60
  while (from < g.size && (node = codes[node + (g.digit[from++] as number)] as number) > 0);
  if (node >= 0 || (skip > 2 && g.sum[1] !== from)) return undefined;
  const code = Number(g.digits(skip, from));
  // The greatest length of national numbers; a capital where shorter ones exist too.
  const longest = -node & 31;
  const fixed = node < -96;
  // +44 (0)20 …, +44 020 …: the trunk prefix is written but not dialled.
  let zero = 0;
  if (g.digit[from] === 0) {
    const alone = boundary(g, from + 1);
    zero = Number(!ZERO_STAYS.includes(` ${code} `) || (alone > 0 && ((g.sep[alone + 1] ?? 0) & CLOSE) !== 0));
  }
  for (let k = g.n - 1; k >= 0; k--) {
    const to = g.sum[k] as number;
    const length = to - from - zero;
    if (length < SHORTEST && length !== longest) return undefined;
    if (fixed ? length !== longest && length + zero !== longest : length > longest) continue;
    const end = g.end[k] as number;
    const line = sink.national?.classify(code, g, from + zero, to);
    // Without a plus, after a digit and a space: the tail of something longer, as a bank account.
    let score = skip === 0 ? 0.92 : k === 0 || (unitAt(text, start - 1) === 0x20 && isDigit(unitAt(text, start - 2))) ? 0.35 : 0.55;
    if (line) score += skip === 0 ? 0.05 : 0.1;
    if (length < 8) score -= 0.2;
    note(sink, `phone:+${code}`);
    score = inContext(text, start, end, score, spacesOnly(g, k), sink);
    return phoneCandidate(line?.kind ?? 'unspecified', start, end, `+${code}${g.digits(from + zero, to)}`, score, '', line?.region);
  }
  return undefined;
}
