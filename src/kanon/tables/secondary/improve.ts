import { jitter } from './jitter.js';
import type { Pattern } from './pattern.js';
import type { Requirement } from './requirements.js';

/** Protects every requirement that is not met yet, one after the other, with one group of
 * efforts after the other until a move is found. Returns those for which no move was found. */
export function protectAll(pattern: Pattern, requirements: Iterable<Requirement>, price: Float64Array, efforts: readonly (readonly number[])[]): Requirement[] {
  const failed: Requirement[] = [];
  for (const requirement of requirements) {
    if (!pattern.meets(requirement) && !efforts.some((together) => pattern.protect(requirement, price, together))) failed.push(requirement);
  }
  return failed;
}

/** Publishes every cell that turns out not to be needed, in the given order, until the work allowed is used up. */
export function prune(pattern: Pattern, order: readonly number[], maxWork: number): void {
  const end = pattern.work + maxWork;
  for (const cell of order) {
    if (pattern.work > end) return;
    const shaken = pattern.publish(cell);
    if (!shaken.every((requirement) => pattern.meets(requirement))) pattern.withhold(cell);
  }
}

/**
 * Takes a few secondary cells back, protects anew at shaken prices, prunes, and keeps the pattern where it is no
 * dearer: time and again until the work allowed or the patience with fruitless rounds is used up. Ends with the cheapest pattern it saw.
 */
export function improve(pattern: Pattern, maxWork: number, patience: number, efforts: readonly number[]): void {
  const { cost } = pattern.problem;
  const random = jitter();
  const total = (cells: readonly number[]): number => cells.reduce((sum, cell) => sum + cost[cell]!, 0);
  let best = pattern.snapshot();
  const end = pattern.work + maxWork;
  for (let idle = 0; best.secondary.length > 1 && pattern.work < end && idle < patience; idle++) {
    const share = random() < 0.15 ? 1 : Math.min(0.5, (2 + 6 * random()) / best.secondary.length);
    const open = new Set<Requirement>();
    for (const cell of best.secondary) if (random() < share) for (const requirement of pattern.publish(cell)) open.add(requirement);
    const price = cost.map((c) => c * (0.7 + 0.6 * random()));
    const failed = protectAll(pattern, shuffled([...open], random), price, [efforts]).length > 0;
    if (!failed) prune(pattern, shuffled(pattern.secondary(), random), Infinity);
    const gain = failed ? -1 : total(best.secondary) - total(pattern.secondary());
    if (gain > 1e-9) idle = 0;
    if (gain >= 0) best = pattern.snapshot();
    else pattern.restore(best);
  }
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list.map((item) => [random(), item] as const).sort((a, b) => a[0] - b[0]).map(([, item]) => item);
}

/** Publishes what no witness moves. */
export function publishUnneeded(pattern: Pattern, met: ReadonlySet<Requirement>): void {
  const needed = new Uint8Array(pattern.withheld.length);
  for (const requirement of met) for (const { cells } of pattern.witnessesOf(requirement)) for (let i = 0; i < cells.length; i++) needed[cells[i]!] = 1;
  for (const cell of pattern.secondary()) if (needed[cell] === 0) pattern.publish(cell);
}

/** Cells that few requirements need come first: they are the likeliest to turn out not to be needed. */
export const byUse = (pattern: Pattern): number[] => pattern.secondary().sort((a, b) => pattern.usersOf(a) - pattern.usersOf(b) || b - a);
