import { contentHash } from '../../../hash/contentHash.js';
import { record, type PublishedLike } from './declared.js';

/** Nothing that an audit could read: it names the place in the list and says `unreadable`. */
const UNREADABLE: PublishedLike = { data: undefined, manifest: {} };

/** Whether data and manifest are those that `release()` gave this hash: lines left out, or other days, would make an audit blind. */
export function isAsPublished(release: unknown): boolean {
  try {
    const { data, manifest } = release as PublishedLike;
    return record(manifest) !== undefined && (manifest as { readonly contentHash?: unknown }).contentHash === contentHash(data, manifest);
  } catch {
    // No release at all, or an object whose members cannot be read.
    return false;
  }
}

/** The releases that readers have; in the place of one that was changed since, one that cannot be read. */
export const asPublished = (releases: readonly PublishedLike[]): readonly PublishedLike[] => releases.map((one) => (isAsPublished(one) ? one : UNREADABLE));
