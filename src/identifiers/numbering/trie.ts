/** A trie of digits: ten entries a node, from 0 on the root's; below 0 a leaf, else where the next node begins; 0 is nothing. */
export type Trie = readonly number[];

/** Reads a trie from text: ten signs a node, the nodes breadth first; '(' leads to the next node, '.' to nothing, any other sign is a leaf (less its code). */
export function trieOf(text: string): Trie {
  let node = 0;
  return Array.from(text, (sign) => (sign === '(' ? (node += 10) : sign === '.' ? 0 : -sign.charCodeAt(0)));
}
