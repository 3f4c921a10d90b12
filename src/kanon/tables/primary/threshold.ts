import { HIDDEN, OPEN, PRIMARY, SHOWN, type Layer } from '../layout/problem.js';
import type { LinearSystem } from '../layout/system.js';

/** A threshold on distinct units, and what it leaves open. Every choice is checked by `checkThreshold`. */
export interface ThresholdRule {
  /** The smallest count that is published. */
  readonly k: number;
  /** Whether a count of zero is published. */
  readonly zeros: 'published' | 'suppressed';
  /** `'range'`: the attacker must not be able to exclude any value the rule allows. A number: only so wide an interval. */
  readonly protect: 'range' | number;
}

/** The rule applied: what is withheld by it, and the layer of counts with all the attacker knows. */
export interface Thresholded {
  readonly role: Uint8Array;
  readonly layer: Layer;
  /** 1 for a part of a small total: of its values only certainty is kept from the attacker, for the total's own interval limits them all. */
  readonly parted: Uint8Array;
}

/**
 * Marks the cells below the threshold, and every cell that is a part of one: a total of few people shows none of its
 * parts, not even the empty ones (but where a total of zero gives them away), since these would say where the few are not.
 *
 * The attacker is taken to know of each withheld cell by which rule: 1 to k - 1 for a small count (0 to k - 1 for a part
 * of a small total and wherever zeros are withheld), at least k for one that is withheld to protect others. Of a cell that
 * no table shows (1 in `unseen`) nobody is told anything; where it is small it is only kept from being certain.
 */
export function applyThreshold(system: LinearSystem, counts: Float64Array, rule: ThresholdRule, unseen?: Uint8Array): Thresholded {
  const { k, zeros } = rule;
  const n = counts.length;
  const role = new Uint8Array(n);
  const lower = new Float64Array(n).fill(k);
  const upper = new Float64Array(n).fill(Infinity);
  const slide = new Float64Array(n);
  const parted = new Uint8Array(n);
  const queue: number[] = [];
  for (let cell = 0; cell < n; cell++) {
    const count = counts[cell]!;
    if (unseen?.[cell] === 1) {
      role[cell] = count > 0 && count < k ? PRIMARY : HIDDEN;
      lower[cell] = 0;
      slide[cell] = role[cell] === PRIMARY ? 1 : 0;
      continue;
    }
    role[cell] = count >= k ? OPEN : count > 0 || zeros === 'suppressed' ? PRIMARY : SHOWN;
    if (role[cell] !== PRIMARY) continue;
    lower[cell] = zeros === 'suppressed' ? 0 : 1;
    upper[cell] = k - 1;
    if (count > 0) queue.push(cell);
  }
  for (let total = queue.pop(); total !== undefined; total = queue.pop()) {
    for (const part of partsOf(system, total)) {
      if (parted[part] === 1 || (counts[part] === 0 && hasShownZeroTotal(system, counts, role, part))) continue;
      if (counts[part] === 0 || unseen?.[part] === 1) queue.push(part);
      parted[part] = 1;
      if (unseen?.[part] === 1) continue;
      role[part] = PRIMARY;
      lower[part] = 0;
      upper[part] = k - 1;
    }
  }
  const down = new Float64Array(n);
  const up = new Float64Array(n);
  for (let cell = 0; cell < n; cell++) {
    if (role[cell] !== PRIMARY || unseen?.[cell] === 1) continue;
    // Who accepts published zeros accepts that a reader may find out where nobody is.
    if (parted[cell] === 1) slide[cell] = counts[cell]! > 0 || zeros === 'suppressed' ? 1 : 0;
    else if (rule.protect === 'range') {
      down[cell] = counts[cell]! - lower[cell]!;
      up[cell] = k - 1 - counts[cell]!;
    } else slide[cell] = Math.min(rule.protect, upper[cell]! - lower[cell]!);
  }
  return { role, layer: { value: counts, lower, upper, down, up, slide }, parted };
}

/**
 * Hides the zeros that share a relation with cells that could be worked out, as if these were parts of small totals,
 * and a total of zero above them too. Returns those it hid. They would have been published, so whether a reader can work
 * them out matters only for the cells that they help to hide.
 */
export function hideZeros(system: LinearSystem, { role, layer }: Pick<Thresholded, 'role' | 'layer'>, cells: readonly number[], k: number): readonly number[] {
  const { lower, upper, value } = layer;
  const hidden: number[] = [];
  const hide = (cell: number): void => {
    if (role[cell] !== SHOWN || value[cell] !== 0) return;
    hidden.push(cell);
    role[cell] = PRIMARY;
    lower[cell] = 0;
    upper[cell] = k - 1;
    forRelations(system, cell, -1, (r) => hide(system.cell[system.start[r]!]!));
  };
  for (const cell of cells) {
    forRelations(system, cell, 0, (r) => {
      for (let t = system.start[r]!; t < system.start[r + 1]!; t++) hide(system.cell[t]!);
    });
  }
  return hidden;
}

/** Calls for each relation of a cell: those it is a part of (-1), those it is the total of (1), or all (0). */
function forRelations(system: LinearSystem, cell: number, which: -1 | 0 | 1, visit: (relation: number) => void): void {
  for (let t = system.cellStart[cell]!; t < system.cellStart[cell + 1]!; t++) {
    const part = system.cellSign[t]! > 0;
    if (which === 0 || part === (which === -1)) visit(system.cellRelation[t]!);
  }
}

/** Under a total that is published as zero everybody knows the parts: there is nothing to hide. */
function hasShownZeroTotal(system: LinearSystem, counts: Float64Array, role: Uint8Array, part: number): boolean {
  for (let t = system.cellStart[part]!; t < system.cellStart[part + 1]!; t++) {
    if (system.cellSign[t]! < 0) continue;
    const total = system.cell[system.start[system.cellRelation[t]!]!]!;
    if (counts[total] === 0 && role[total] === SHOWN) return true;
  }
  return false;
}

function partsOf(system: LinearSystem, total: number): number[] {
  const parts: number[] = [];
  for (let t = system.cellStart[total]!; t < system.cellStart[total + 1]!; t++) {
    if (system.cellSign[t]! > 0) continue;
    const r = system.cellRelation[t]!;
    for (let i = system.start[r]!; i < system.start[r + 1]!; i++) if (system.sign[i]! > 0) parts.push(system.cell[i]!);
  }
  return parts;
}
