import { checkInteger, checkOptions } from '../../../../core/checks.js';
import { TokumeiError } from '../../../../core/errors.js';
import type { Finding } from '../../../types.js';
import type { StatefulTreatment } from '../../types.js';
import { blockFor } from './blocks.js';

/** Options of {@link surrogate}. */
export interface SurrogateOptions {
  /** How many different identifiers are remembered before the treatment throws. A million by default. */
  readonly max?: number;
}

/**
 * Puts a made-up identifier of the same kind in place of the finding: `user1@example.com`, `060-2000-0000`.
 *
 * When to use: test data and demonstrations, where a program must still read an address or a number. Values come
 * from ranges for documentation (RFC 2606, 3849, 5737, 9542) or from ranges that are assigned to nobody. The same
 * identifier gives the same surrogate for as long as this treatment is used; a new one starts anew.
 *
 * Surrogates are counted in the order in which identifiers first appear, so that a row's output depends on the
 * rows before it: not accepted before a differentially private aggregate, as its type says. Two rows with the same
 * person stay linked. Kinds without a range of their own (`meid`, carrier ids) become numbered labels; Japanese
 * numbers other than mobile and IP phones get a fixed line's shape, foreign ones the unassigned country code +999.
 *
 * The treated text is scanned again, because surrogates carry no brackets: what has been glued to a neighbour is starred.
 *
 * @throws {TokumeiError} `TOKUMEI_SURROGATE_MAX` for a `max` out of range; the treatment throws
 * `TOKUMEI_SURROGATE_EXHAUSTED` when more than `max` identifiers were met, or a range has no value left.
 * @example
 * treat({ 'mail-address': surrogate() })('a@corp.jp wrote to b@corp.jp and a@corp.jp');
 * // => 'user1@example.com wrote to user2@example.com and user1@example.com'
 */
/* @__NO_SIDE_EFFECTS__ */
export function surrogate(options: SurrogateOptions = {}): StatefulTreatment {
  const { max = 1_000_000 } = checkOptions(options, 'surrogate', 'max');
  checkInteger(max, 'surrogate', 'max', 'TOKUMEI_SURROGATE_MAX', 1, 10_000_000);
  const given = new Map<string, string>();
  const own = new Set<string>();
  const used = new Map<string, number>();
  return {
    name: 'surrogate',
    scope: 'across-rows',
    edges: 'open',
    settings: { max },
    replace: (finding) => {
      const identity = `${finding.class} ${finding.canonical}`;
      const known = given.get(identity);
      if (known !== undefined) return known;
      const block = blockFor(finding);
      const n = used.get(block.name) ?? 0;
      if (given.size >= max || n >= block.size) {
        throw new TokumeiError('TOKUMEI_SURROGATE_EXHAUSTED', { where: 'surrogate', message: 'more different identifiers than max or than the range holds; nothing is handed on' });
      }
      used.set(block.name, n + 1);
      const made = block.at(n);
      given.set(identity, made);
      own.add(plain(made));
      return made;
    },
    isOwn: (finding: Finding) => own.has(plain(finding.canonical)),
  };
}

/** One spelling for a surrogate as written and for the scanner's canonical value of it. */
function plain(value: string): string {
  return value.replace(/^\+81/, '0').replace(/-/g, '');
}
