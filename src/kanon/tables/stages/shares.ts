/** Who contributes what to each cell: those of cell c stand from `start[c]` to `start[c + 1]`. Personal data: never handed out. */
export interface Shares {
  readonly start: Int32Array;
  readonly unit: Int32Array;
  readonly amount: Float64Array;
}

/** Takes shares in any order and sorts them by cell. */
export class ShareList {
  private readonly cells: number[] = [];
  private readonly units: number[] = [];
  private readonly amounts: number[] = [];

  add(cell: number, unit: number, amount: number): void {
    this.cells.push(cell);
    this.units.push(unit);
    this.amounts.push(amount);
  }

  sorted(cells: number): Shares {
    const start = new Int32Array(cells + 1);
    for (const cell of this.cells) start[cell + 1]!++;
    for (let cell = 0; cell < cells; cell++) start[cell + 1]! += start[cell]!;
    const next = start.slice(0, cells);
    const unit = new Int32Array(this.units.length);
    const amount = new Float64Array(this.units.length);
    this.cells.forEach((cell, i) => {
      const at = next[cell]!++;
      unit[at] = this.units[i]!;
      amount[at] = this.amounts[i]!;
    });
    return { start, unit, amount };
  }
}
