import { expect, test } from 'vitest';
import { CALLING_CODES } from '../../src/identifiers/numbering/calling-codes.js';
import { NUMBERING_JP } from '../../src/identifiers/numbering/jp.js';
import { trieOf } from '../../src/identifiers/numbering/trie.js';
// @ts-expect-error -- a tool without types
import { breadthFirst } from '../../tools/numbering-trie.mjs';

/** The children of a node, back as what the tools write from. */
function nested(trie: readonly number[], node = 0): unknown[] {
  return trie.slice(node, node + 10).map((next) => (next > 0 ? nested(trie, next) : next === 0 ? '.' : String.fromCharCode(-next)));
}

test('what the tools write is what the reader reads', () => {
  const inner = ['a', '.', 'b', '.', '.', '.', '.', '.', '.', 'z'];
  const root = ['.', ['.', inner, '1', '2', '3', '4', '5', '6', '7', '8'], '.', '.', 'm', '.', '.', inner, '.', 'K'];
  expect(nested(trieOf(breadthFirst(root)))).toEqual(root);
  for (const text of [CALLING_CODES, NUMBERING_JP.trie]) expect(breadthFirst(nested(trieOf(text)))).toBe(text);
});
