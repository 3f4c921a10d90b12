import { TokumeiError } from '../../core/errors.js';
import type { DifferentialPrivacy, Guarantee } from '../../core/guarantee.js';
import { openProtected, type Protected, type ProtectedPayload } from '../../core/holders/protected.js';
import { VERSION } from '../../core/version.js';
import { closeRanks } from './closeRanks.js';
import { contentHash } from '../../hash/contentHash.js';
import { guardData, guardManifest, type GuardOptions } from './guard/guard.js';
import type { Manifest, Release } from './manifest.js';
import { jsonCopy } from './plain.js';
import { checkRelease, type CheckedRelease, type Previous, type ReleaseDescription } from './options.js';

/**
 * Publishes a protected result: checks every outgoing string for identifiers and adds the manifest. The only way out.
 *
 * **Guarantee.** That of the result, unchanged. For anything but differential privacy, which alone survives
 * comparison, `previous` is required and what a reader could derive from all of them is refused (see `auditReleases`); so is a
 * release that cannot be compared, because nobody declared whom it is about (`population`).
 *
 * **Duties.** Releases about the same people add up; `cumulative: 'not tracked'` in the manifest says that nobody
 * has added them here. What was refused is not published and its budget stays spent.
 *
 * @throws {TokumeiError} `TOKUMEI_NOT_PROTECTED` for records, plain data or a report; `TOKUMEI_NOT_SECURE` for what a
 * seeded source has touched; `TOKUMEI_IDENTIFIER_IN_OUTPUT`; `TOKUMEI_PREVIOUS`, `TOKUMEI_CROSS_RELEASE`;
 * `TOKUMEI_RELEASE_ID`, `TOKUMEI_PERIOD`, `TOKUMEI_POPULATION_DECLARED`, `TOKUMEI_PURPOSE`, `TOKUMEI_ON_IDENTIFIER`, `TOKUMEI_ALLOW` for options.
 */
/* @__NO_SIDE_EFFECTS__ */
export function release(options: ReleaseDescription & Previous): <T, G extends Guarantee>(result: Protected<T, G>) => Release<T, G>;
export function release(options: ReleaseDescription): <T, G extends DifferentialPrivacy>(result: Protected<T, G>) => Release<T, G>;
export function release(options: ReleaseDescription & Partial<Previous>): <T, G extends Guarantee>(result: Protected<T, G>) => Release<T, G> {
  const checked = checkRelease(options);
  return (result) => {
    const payload = openProtected(result, 'release');
    if (!payload.secure) {
      throw new TokumeiError('TOKUMEI_NOT_SECURE', {
        where: 'release',
        message: 'the result was made with a seeded or recorded source of randomness, whose noise can be taken away again; tests read it with reveal() from tokumei/testing',
      });
    }
    return publish(result.guarantee, payload, checked);
  };
}

function publish<T, G extends Guarantee>(guarantee: G, payload: ProtectedPayload<T>, o: CheckedRelease): Release<T, G> {
  const { statement } = payload;
  const guard: GuardOptions = { onIdentifier: o.onIdentifier, allow: o.allow, finder: o.finder, by: statement.by };
  const data = deepFreeze(closeRanks(payload.value, guardData(payload.value, guard), statement));
  const body: Omit<Manifest<G>, 'contentHash'> = {
    manifestVersion: 1,
    id: o.id,
    period: o.period,
    ...(o.population === undefined ? {} : { population: o.population }),
    purpose: o.purpose,
    unit: statement.unit,
    guarantee,
    by: statement.by,
    measures: statement.measures,
    keys: statement.keys,
    bounds: statement.bounds,
    mechanism: statement.mechanism,
    parameters: statement.parameters,
    steps: statement.steps,
    accuracy: statement.accuracy,
    notCovered: statement.notCovered,
    guard: { onIdentifier: o.onIdentifier, allow: o.allow, regions: o.finder.regions },
    cumulative: 'not tracked',
    library: { name: 'tokumei', version: VERSION },
  };
  guardManifest(body, guard);
  checkPrevious(guarantee, payload, data, body, o);
  // A plain copy, so that nothing the caller holds can change what is published, and what is hashed is what is written.
  const plain = jsonCopy(body) as typeof body;
  const manifest = deepFreeze({ ...plain, contentHash: contentHash(data, plain) } as Manifest<G>);
  return Object.freeze({ data, manifest });
}

function checkPrevious<T>(guarantee: Guarantee, payload: ProtectedPayload<T>, data: T, manifest: object, o: CheckedRelease): void {
  if (guarantee.kind === 'differential-privacy') return;
  if (o.previous === undefined) {
    throw new TokumeiError('TOKUMEI_PREVIOUS', {
      where: 'release',
      parameter: 'previous',
      expected: "given for everything but differential privacy: the releases about the same people, or 'first'",
    });
  }
  if (o.previous === 'first') return;
  if (payload.crossCheck === undefined) {
    throw new TokumeiError('TOKUMEI_CROSS_RELEASE', { where: 'release', message: 'this result brings no check against previous releases, so it can be published only as the first' });
  }
  const derivable = payload.crossCheck({ data, manifest }, o.previous);
  if (derivable.length > 0) {
    throw new TokumeiError('TOKUMEI_CROSS_RELEASE', { where: 'release', message: `together with previous releases a reader could derive what the rules protect: ${derivable.join('; ')}` });
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}
