/**
 * The law of a privacy loss on the grid `step * (first + i)`, never better than the true one: its hockey-stick divergence
 * lies on or above the true one at every epsilon and on it at the points of the grid.
 */
export interface GridLaw {
  readonly step: number;
  readonly first: number;
  /** P[loss = step (first + i)], under the data with the unit. */
  readonly masses: Float64Array;
  /** P[loss = Infinity]. */
  readonly infinite: number;
}

/**
 * Collects atoms and pieces of a loss onto a grid, "connecting the dots" (V. Doroshenko, B. Ghazi, P. Kamath, R. Kumar,
 * P. Manurangsi, "Connect the dots: tighter discrete approximations of privacy loss distributions" (2022)): what lies
 * between two points of the grid is divided over both so that its mass under both data sets is kept.
 */
export class GridBuilder {
  readonly #step: number;
  readonly #first: number;
  readonly #masses: Float64Array;
  #infinite = 0;

  constructor(step: number, lowest: number, highest: number) {
    this.#step = step;
    this.#first = Math.floor(lowest / step) - 1;
    this.#masses = new Float64Array(Math.ceil(highest / step) + 2 - this.#first);
  }

  /** Mass at one loss. A loss within rounding of a point of the grid is put there. */
  atom(loss: number, mass: number): void {
    const position = loss / this.#step;
    const nearest = Math.round(position);
    if (Math.abs(position - nearest) <= 4e-16 * Math.max(1, Math.abs(position)) * 4) {
      this.#add(nearest, mass);
      return;
    }
    const below = Math.floor(position);
    const above = (mass * Math.expm1(-(loss - below * this.#step))) / Math.expm1(-this.#step);
    this.#add(below + 1, above);
    this.#add(below, mass - above);
  }

  /** Mass spread over losses by a density (with respect to the loss), which is smooth at the scale `smooth`. */
  density(from: number, to: number, smooth: number, density: (loss: number) => number): void {
    const step = this.#step;
    for (let cell = Math.floor(from / step); cell * step < to; cell++) {
      const low = Math.max(from, cell * step);
      const high = Math.min(to, (cell + 1) * step);
      const pieces = Math.ceil((high - low) / smooth);
      let mass = 0;
      let above = 0;
      for (let i = 0; i < pieces; i++) {
        const middle = low + ((i + 0.5) * (high - low)) / pieces;
        const half = (0.5 * (high - low)) / pieces;
        for (let j = 0; j < 6; j++) {
          const node = (j < 3 ? -1 : 1) * (nodes[j % 3] as number) * half;
          const weight = half * (weights[j % 3] as number) * density(middle + node);
          mass += weight;
          above -= weight * Math.expm1(cell * step - middle - node);
        }
      }
      above /= -Math.expm1(-step);
      this.#add(cell + 1, above);
      this.#add(cell, mass - above);
    }
  }

  /** Mass that is charged in full. */
  infinity(mass: number): void {
    this.#infinite += mass;
  }

  finish(): GridLaw {
    return { step: this.#step, first: this.#first, masses: this.#masses, infinite: this.#infinite };
  }

  #add(index: number, mass: number): void {
    const i = index - this.#first;
    this.#masses[i] = (this.#masses[i] as number) + Math.max(0, mass);
  }
}

/** Gauss's rule with 6 points. */
const nodes = [0.2386191860831969, 0.6612093864662645, 0.9324695142031521] as const;
const weights = [0.467913934572691, 0.3607615730481386, 0.1713244923791704] as const;
