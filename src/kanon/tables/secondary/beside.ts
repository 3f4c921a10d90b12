import { TokumeiError } from '../../../core/errors.js';
import type { GroupRow } from '../../../core/table.js';
import type { CrossReleaseAudit, Finding } from '../../audit/findings.js';

/** Lines are tried to be shown again up to so many times: each try is an audit. */
const MOST_TRIES = 60;

type Audit<K> = (lines: readonly GroupRow<K>[]) => CrossReleaseAudit;

/**
 * Withholds lines of one release until an audit finds nothing that it takes part in, and shows again what is not needed.
 *
 * @param zerosShown whether nobody is shown as 0. Then what is withheld is known not to be 0, and a 0 is never withheld.
 * @throws {TokumeiError} `TOKUMEI_CROSS_RELEASE` where nothing is left to withhold, or the audit cannot tell.
 */
export function withholdBeside<K>(given: readonly GroupRow<K>[], zerosShown: boolean, id: string, audit: Audit<K>, where: string): { readonly lines: readonly GroupRow<K>[]; readonly withheld: number } {
  const place = new Map(given.map(({ key }, at) => [JSON.stringify(key), at]));
  const hidden = new Set<number>();
  const lines = (): readonly GroupRow<K>[] => given.map((line, at) => (hidden.has(at) ? { key: line.key, state: 'suppressed', count: null } : line));
  const mayGo = (at: number): boolean => !hidden.has(at) && given[at]!.state === 'value' && !(zerosShown && given[at]!.count === 0);
  const about = (): readonly Finding[] => {
    const { findings, undecided } = audit(lines());
    const open = undecided.find(({ releases, reason }) => releases.includes(id) || reason === 'unreadable');
    if (open !== undefined) throw refused(where, `${open.releases.join(' with ')} cannot be compared (${open.reason}): ${open.mend}`);
    return findings.filter(({ lines: needed }) => needed.some(({ release }) => release === id));
  };
  for (let found = about(); found.length > 0; found = about()) {
    // The lines of each finding that can go; one of them is enough.
    const open = found.map(({ lines: needed }) => needed.flatMap(({ release, key, shown }) => (release === id && shown && key !== undefined ? [place.get(JSON.stringify(key)) ?? -1] : [])).filter((at) => at >= 0 && mayGo(at)));
    if (open.some((ways) => ways.length === 0)) throw refused(where, 'what follows from earlier releases and this one does not go away by withholding lines of this one: publish coarser, or not');
    for (let left = open; left.length > 0; ) {
      const uses = new Map<number, number>();
      for (const ways of left) for (const at of ways) uses.set(at, (uses.get(at) ?? 0) + 1);
      const [most] = [...uses].sort(([a, m], [b, n]) => n - m || given[a]!.count! - given[b]!.count! || a - b)[0]!;
      hidden.add(most);
      left = left.filter((ways) => !ways.includes(most));
    }
  }
  for (const at of [...hidden].sort((a, b) => given[b]!.count! - given[a]!.count!).slice(0, MOST_TRIES)) {
    hidden.delete(at);
    if (about().length > 0) hidden.add(at);
  }
  return { lines: lines(), withheld: hidden.size };
}

const refused = (where: string, message: string): TokumeiError => new TokumeiError('TOKUMEI_CROSS_RELEASE', { where, message });
