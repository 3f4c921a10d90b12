import type { Derived } from './deriveFamily.js';
import type { Finding, LineRef } from './findings.js';
import type { Declared } from './read/declared.js';
import type { AuditCell } from './read/regions.js';

/** What is said of a derivation: what it is about, and what would take it away. */
export interface Words {
  readonly measure: string;
  readonly meaning: string;
  readonly mend: string;
}

/** A derivation about places in a list of cells, told in lines of releases. */
export function findingOf(found: Derived, cells: readonly AuditCell[], ids: ReadonlyMap<number, Declared>, certainty: Finding['certainty'], words: Words): Finding {
  const refer = ({ release, key, shown }: AuditCell): LineRef => {
    const { id, by } = ids.get(release)!;
    return { release: id, by, ...(key === undefined ? {} : { key }), shown };
  };
  const at = (places: readonly number[]): readonly AuditCell[] => places.map((place) => cells[place]!);
  const needed = at([...new Set([...found.inAll, ...found.inNone, ...found.needs])].filter((place) => found.needs.includes(place)));
  return {
    kind: found.kind,
    measure: words.measure,
    group: { inAll: at(found.inAll).map(refer), inNone: at(found.inNone).map(refer) },
    derived: { from: found.from, to: found.to },
    k: found.k,
    lines: needed.flatMap(({ through, ...cell }) => [refer(cell), ...(through === undefined ? [] : [refer(through)])]),
    certainty,
    meaning: words.meaning,
    mend: words.mend,
  };
}
