import { checkOneOf, checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { asPublished, auditPublished, type AuditOptions, type CrossReleaseAudit } from '../../kanon/audit/index.js';
import type { Release } from '../release/manifest.js';

export type { AuditOptions };

/**
 * Finds what a reader can work out from several releases taken together, and how to mend it.
 *
 * **When.** Before a list goes out beside others about the same people, and over everything that is out already. `release()` runs the
 * same audit on results that rules alone protect. Releases under differential privacy stand by themselves and are passed over.
 *
 * **What is found.** Nested populations (everybody minus one country), running totals, windows that overlap, parts that three or more
 * releases leave over, withheld lines that others give back, differences of zero (everybody in the wider line is in the narrower
 * one), and sums (`kSum`) over rows that no table shows. Each finding names its lines, the count or interval that follows, and the threshold it is below. Found is: a count that is certainly
 * below the threshold and narrower than the rules say by themselves, a sum that is known as well as the rules forbid. The reasoning is over whole numbers and complete for the groups that
 * are asked about (docs/auditing.md); a case too large to be complete is `undecided`, never silent.
 *
 * **Duties.** `population` and `period` must say truly what each release is about. Two releases of the same days without a declared
 * population are `undecided`, and so is a release whose `contentHash` does not fit it (`unreadable`), and one that counts another unit (`unit`). The result spells out what the rules protect: keep it inside.
 *
 * Cost: linear in the lines for lists with the same keys, about 0.1 ms a line; lists that cut the same people by different fields, of which one is one-part, take about 20 ms a key beside
 * 50 groups. No equal in R: sdcTable and GaussSuppression look at one set of linked tables at a time.
 *
 * @param releases as made by `release()` or read back from their JSON.
 * @throws {TokumeiError} `TOKUMEI_RELEASES` when it is no list; `TOKUMEI_UNDECLARED` for an unknown option.
 * @example
 * const buys = Array.from({ length: 30 }, (_, user) => ({ user, item: 'lamp', country: user < 27 ? 'UK' : 'FR' }));
 * const period = { from: '2026-11-16', to: '2026-11-22', timeZone: 'UTC' };
 * const list = pipe(personal(buys, { unit: 'user', unitOf: 'user' }), kCountUnits({ by: 'item', k: 10 }), release({ id: 'all', period, purpose: 'service-information', population: { all: true }, previous: 'first' }));
 * const uk = pipe(
 *   personal(buys.filter(({ country }) => country === 'UK'), { unit: 'user', unitOf: 'user' }),
 *   kCountUnits({ by: 'item', k: 10 }),
 *   release({ id: 'uk', period, purpose: 'service-information', population: { where: { country: 'UK' }, unitsIn: { country: 'one-part' } }, previous: 'first' }),
 * );
 * auditReleases([list, uk]).findings.map(({ kind, derived }) => [kind, derived]); // => [['difference', { from: 3, to: 3 }]]
 */
export function auditReleases(releases: readonly Release<unknown>[], options: AuditOptions = {}): CrossReleaseAudit {
  const where = 'auditReleases';
  const o = checkOptions(options, where, 'undeclared');
  const undeclared = checkOneOf(o.undeclared ?? 'undecided', where, 'undeclared', 'TOKUMEI_UNDECLARED', ['undecided', 'nested']);
  if (!Array.isArray(releases)) throw new TokumeiError('TOKUMEI_RELEASES', { where, parameter: 'releases', expected: 'a list of releases', received: releases });
  return auditPublished(asPublished(releases), { undeclared });
}
