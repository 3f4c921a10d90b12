import type { Manifest } from 'tokumei/publish';

/** What a reader has to know, from the release's own manifest: what was really done, not what was asked for. */
export function describeRelease({ by, unit, period, bounds, guarantee }: Manifest): string {
  const { groupsPerUnit } = bounds;
  const bound = groupsPerUnit === undefined ? '' : ` Each ${unit} counts in at most ${groupsPerUnit}.`;
  const cost = guarantee.kind === 'differential-privacy' ? ` Epsilon ${guarantee.epsilon}, delta ${guarantee.delta} for each ${unit}.` : '';
  return `Distinct ${unit}s by ${by.join(' and ')}, ${period.from} to ${period.to} (${period.timeZone}).${bound}${cost}`;
}

/** The figure on both sides of a count that holds it with the confidence of the manifest; undefined where none is published. */
export function halfWidth({ accuracy }: Manifest): number | undefined {
  return (accuracy['count'] as { readonly halfWidth?: number } | undefined)?.halfWidth;
}

/** How sure the places are. */
export function certainty({ accuracy }: Manifest): string {
  const { confidence, comparison } = accuracy['rankIntervals'] as { readonly confidence: number; readonly comparison: string };
  return `with ${confidence * 100} % confidence${comparison === 'simultaneous' ? ', all together' : ''}`;
}
