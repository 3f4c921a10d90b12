/**
 * A trie of digits as text, in the form that src/identifiers/numbering/trie.ts reads: ten signs a node, the nodes breadth first, '(' for
 * each child that is a node. `root` is an array of ten children: arrays, or signs.
 */
export function breadthFirst(root) {
  const nodes = [root];
  let text = '';
  for (const node of nodes) {
    for (const child of node) {
      if (Array.isArray(child)) nodes.push(child);
      text += Array.isArray(child) ? '(' : child;
    }
  }
  return text;
}
