import type { ProtectedPayload } from '../../../core/holders/protected.js';
import { canonicalJson } from '../../../hash/canonicalJson.js';
import { crossCheck } from '../../audit/crossCheck.js';
import { isAsPublished } from '../../audit/read/asPublished.js';

type CrossCheck = NonNullable<ProtectedPayload<unknown>['crossCheck']>;
type Published = Parameters<CrossCheck>[0];

/**
 * The check against earlier releases of a table that was protected together with others: what all of them tell has been looked at
 * already, more closely than the audit can. Beside any other release, or where a table went out changed or under another
 * description, the audit decides.
 *
 * @param values the lines of the tables that were protected together.
 */
export function crossCheckBeside(values: readonly unknown[]): CrossCheck {
  return (next, previous) => {
    const own = new Set(values.map(canonicalJson));
    const about = aboutOf(next);
    const isOwn = (one: Published): boolean => own.has(canonicalJson(one.data)) && aboutOf(one) === about;
    return isOwn(next) && previous.every((one) => isAsPublished(one) && isOwn(one)) ? [] : crossCheck(next, previous);
  };
}

/** Whom a release is about and which tables went with it. */
function aboutOf({ manifest }: Published): string {
  const { period, population, unit, parameters } = manifest as { readonly [name: string]: unknown };
  return canonicalJson({ period, population, unit, linked: (parameters as { readonly linked?: unknown } | undefined)?.linked });
}
