import { auditPublished } from './auditPublished.js';
import type { Finding } from './findings.js';
import { asPublished } from './read/asPublished.js';
import type { PublishedLike } from './read/declared.js';

/**
 * What `release()` asks a result whose guarantee does not survive comparison: what could be derived from it together
 * with earlier releases. Says which fields of which releases, and neither a key nor a figure.
 */
export function crossCheck(next: PublishedLike, given: readonly PublishedLike[]): readonly string[] {
  const previous = asPublished(given);
  const { findings, undecided } = auditPublished([...previous, next]);
  const id = String((next.manifest as { readonly id?: unknown }).id);
  const words = new Map<string, number>();
  let before: ReadonlySet<string> | undefined;
  for (const finding of findings) {
    const { kind, lines, group } = finding;
    // What earlier releases give away by themselves is out already; withholding this one would not bring it back.
    if (!lines.some(({ release }) => release === id)) {
      before ??= new Set(auditPublished(previous).findings.map(idOf));
      if (before.has(idOf(finding))) continue;
    }
    const named = [...new Set([...group.inAll, ...group.inNone, ...lines].filter(({ release }) => release !== id).map(({ release }) => release)), id];
    const fields = [...new Set(lines.flatMap(({ by }) => by))].map((field) => `'${field}'`).join(', ');
    const text = `${fields === '' ? 'the total' : `field ${fields}`} of ${named.join(' with ')} (${kind})`;
    words.set(text, (words.get(text) ?? 0) + 1);
  }
  for (const { releases, reason, mend } of undecided) {
    if (releases.includes(id) || reason === 'unreadable') words.set(`${releases.join(' with ')} cannot be compared (${reason}): ${mend}`, 1);
  }
  return [...words.keys()];
}

const idOf = ({ kind, measure, group, derived }: Finding): string => JSON.stringify([kind, measure, group, derived]);
