/** An event of the output, and the side on which it looked more likely than the claim allows. */
export interface AuditEvent {
  readonly kind: 'at-least' | 'at-most' | 'equal';
  readonly value: number;
  readonly likelier: 'with' | 'without';
}

export function happens(event: AuditEvent, x: number): boolean {
  return event.kind === 'at-least' ? x >= event.value : event.kind === 'at-most' ? x <= event.value : x === event.value;
}

/**
 * The event for which `ln((p1 - delta) / p0)` is largest with p1 and p0 five standard errors to the careful side (Wilson 1927).
 * Without that care the choice would fall on rare events that look extreme by luck, and the test would then find nothing.
 */
export function chooseEvent(withUnit: Float64Array, withoutUnit: Float64Array, delta: number): AuditEvent {
  const a = tallies(withUnit);
  const b = tallies(withoutUnit);
  const values = [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => x - y);
  const n = withUnit.length;
  let best = -Infinity;
  let event: AuditEvent = { kind: 'at-least', value: 0, likelier: 'with' };
  const consider = (kind: AuditEvent['kind'], value: number, hitsA: number, hitsB: number): void => {
    for (const likelier of ['with', 'without'] as const) {
      const [often, seldom] = likelier === 'with' ? [hitsA, hitsB] : [hitsB, hitsA];
      const p1 = wilson(often, n, -5);
      if (p1 <= delta) continue;
      const score = Math.log((p1 - delta) / wilson(seldom, n, 5));
      if (score > best) {
        best = score;
        event = { kind, value, likelier };
      }
    }
  };
  let belowA = 0;
  let belowB = 0;
  for (const value of values) {
    const hereA = a.get(value) ?? 0;
    const hereB = b.get(value) ?? 0;
    consider('at-least', value, n - belowA, n - belowB);
    belowA += hereA;
    belowB += hereB;
    consider('at-most', value, belowA, belowB);
    consider('equal', value, hereA, hereB);
  }
  return event;
}

function tallies(samples: Float64Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const x of samples) counts.set(x, (counts.get(x) ?? 0) + 1);
  return counts;
}

/** The end of Wilson's interval, z standard errors to that side. */
function wilson(hits: number, n: number, z: number): number {
  return (hits + (z * z) / 2 + z * Math.sqrt(hits * (1 - hits / n) + (z * z) / 4)) / (n + z * z);
}
