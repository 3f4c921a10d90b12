import type { Problem } from '../layout/problem.js';
import type { Requirement } from './requirements.js';
import type { Wanted } from './search.js';
import type { Witness } from './witness.js';

/** From so many cells of a sum a search may set out. */
const MOST_STARTS = 3;

/** Where to begin: at the cell itself; of several whose sum is meant at those with the most room, while the others stay. */
export function startsOf({ layer, cell, knows, together }: Requirement, { layers }: Problem, direction: 1 | -1): readonly Pick<Wanted, 'cell' | 'knows'>[] {
  if (together.length === 0) return [{ cell, knows }];
  const { value, lower, upper } = layers[layer]!;
  const room = (at: number): number => (direction === 1 ? upper[at]! - value[at]! : value[at]! - lower[at]!);
  const rest = new Set([...knows, ...together]);
  // Where there is no limit, the smallest: it is the least of a help elsewhere.
  const order = [...together].sort((a, b) => (room(a) === room(b) ? value[a]! - value[b]! : room(b) - room(a)));
  return order.slice(0, MOST_STARTS).map((start) => ({ cell: start, knows: rest }));
}

/** The ways to meet a requirement: one direction has one way for each start; a distance may go up, down, or half and half. */
export function waysTo(requirement: Requirement, problem: Problem, find: (wanted: Wanted) => Witness | undefined): (readonly Witness[])[] {
  const { direction, need, layer } = requirement;
  const starts = { up: startsOf(requirement, problem, 1), down: startsOf(requirement, problem, -1) };
  const look = (side: 1 | -1, start: number, far: number): Witness | undefined => find({ ...requirement, ...(side === 1 ? starts.up : starts.down)[start]!, direction: side, need: far });
  const ways: (readonly Witness[])[] = [];
  const { value, lower, upper } = problem.layers[layer]!;
  const cells = requirement.together.length === 0 ? [requirement.cell] : requirement.together;
  const fall = cells.reduce((sum, cell) => sum + value[cell]! - lower[cell]!, 0);
  const rise = cells.reduce((sum, cell) => sum + upper[cell]! - value[cell]!, 0);
  for (let start = 0; start < starts.up.length; start++) {
    if (direction !== 0) {
      const witness = look(direction, start, need);
      if (witness !== undefined) ways.push([witness]);
      continue;
    }
    for (const up of new Set([Math.min(need, rise), Math.max(0, need - fall), Math.min(rise, Math.ceil(need / 2))])) {
      if (need - up > fall) continue;
      const rising = up === 0 ? [] : [look(1, start, up)];
      const falling = up === need || rising.includes(undefined) ? [] : [look(-1, start, need - up)];
      const all = [...rising, ...falling];
      if (all.every((witness): witness is Witness => witness !== undefined)) ways.push(all as readonly Witness[]);
    }
  }
  return ways;
}
