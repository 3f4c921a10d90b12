// What a reader can work out of a published table. Written apart from the library, to check it: nothing here is shared with it.
// A model is { truth, withheld, lower, upper, relations: [{ total, parts, union }] }: whole numbers by cell, 1 where withheld, and
// what the reader knows of a withheld cell beforehand. The truth serves as a point to start from and never as knowledge.

const TINY = 1e-9;

/** The least and the largest value of withheld cells over the reals, and whether a whole-numbered table shows each. Sums only. */
export function linearReader(model, known = new Set()) {
  const { truth, withheld, lower, upper, relations } = model;
  const cells = [];
  const column = new Map();
  for (let cell = 0; cell < truth.length; cell++) {
    if (withheld[cell] !== 1 || known.has(cell)) continue;
    column.set(cell, cells.length);
    cells.push(cell);
  }
  const n = cells.length;
  const low = cells.map((cell) => lower[cell] - truth[cell]);
  const high = cells.map((cell) => upper[cell] - truth[cell]);
  let rows = [];
  let basic = [];
  let pivots = 0;
  // A whole-numbered table found on the way to one cell shows as much of every other cell that it moves.
  const rises = new Float64Array(n);
  const falls = new Float64Array(n);
  reduce();

  function note(d) {
    for (let j = 0; j < n; j++) if (!Number.isFinite(d[j]) || Math.abs(d[j] - Math.round(d[j])) > 1e-6) return;
    let mirrored = true;
    for (let j = 0; j < n; j++) if (-d[j] < low[j] - 1e-6 || -d[j] > high[j] + 1e-6) mirrored = false;
    for (let j = 0; j < n; j++) {
      const change = Math.round(d[j]);
      rises[j] = Math.max(rises[j], change, mirrored ? -change : 0);
      falls[j] = Math.max(falls[j], -change, mirrored ? change : 0);
    }
  }

  function reduce() {
    rows = [];
    basic = [];
    pivots = 0;
    for (const { total, parts } of relations) {
      const row = new Float64Array(n);
      if (column.has(total)) row[column.get(total)] -= 1;
      for (const part of parts) if (column.has(part)) row[column.get(part)] += 1;
      rows.push(row);
    }
    // Gauss and Jordan: each row keeps one column that no other has.
    let done = 0;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at];
      const pivot = row.findIndex((entry) => Math.abs(entry) > TINY);
      if (pivot < 0) continue;
      rows[done] = row;
      basic[done] = pivot;
      eliminate(done, pivot, rows.length);
      done++;
    }
    rows.length = done;
  }

  function eliminate(at, pivot, end) {
    const row = rows[at];
    const scale = row[pivot];
    for (let j = 0; j < n; j++) row[j] /= scale;
    for (let i = 0; i < end; i++) {
      if (i === at || rows[i] === row) continue;
      const factor = rows[i][pivot];
      if (Math.abs(factor) < TINY) continue;
      for (let j = 0; j < n; j++) {
        if (row[j] === 0) continue;
        const entry = rows[i][j] - factor * row[j];
        rows[i][j] = Math.abs(entry) < TINY ? 0 : entry;
      }
      rows[i][pivot] = 0;
    }
  }

  /** Moves one cell as far as it goes, or as far as `enough`. Returns the whole move. */
  function push(cell, sign, enough) {
    // Rounding errors add up from pivot to pivot.
    if (pivots > 200) reduce();
    const p = column.get(cell);
    const d = new Float64Array(n);
    const rowOf = new Int32Array(n).fill(-1);
    basic.forEach((j, i) => (rowOf[j] = i));
    const limitLow = low.slice();
    const limitHigh = high.slice();
    if (sign > 0) limitHigh[p] = Math.min(high[p], enough);
    else limitLow[p] = Math.max(low[p], -enough);
    let stalled = 0;
    for (let step = 0; step < 20_000; step++) {
      // The column that helps most; where that leads nowhere for long the first one, which cannot go in circles (Bland).
      let best = 0;
      let entering = -1;
      let way = 0;
      const own = rowOf[p];
      for (let j = 0; j < n && (stalled < 50 || entering < 0); j++) {
        if (rowOf[j] >= 0) continue;
        const gain = sign * (j === p ? 1 : own < 0 ? 0 : -rows[own][j]);
        if (Math.abs(gain) <= Math.max(best, 1e-7)) continue;
        if (gain > 0 && d[j] < limitHigh[j] - TINY) [entering, way, best] = [j, 1, gain];
        else if (gain < 0 && d[j] > limitLow[j] + TINY) [entering, way, best] = [j, -1, -gain];
      }
      if (entering < 0) {
        note(d);
        return d;
      }
      let most = way > 0 ? limitHigh[entering] - d[entering] : d[entering] - limitLow[entering];
      let leaving = -1;
      for (let i = 0; i < rows.length; i++) {
        const rate = -rows[i][entering] * way;
        if (Math.abs(rate) < 1e-7) continue;
        const b = basic[i];
        const room = rate > 0 ? (limitHigh[b] - d[b]) / rate : (limitLow[b] - d[b]) / rate;
        if (room < most - TINY || (leaving >= 0 && room < most + TINY && b < basic[leaving])) [most, leaving] = [Math.max(0, room), i];
      }
      if (most === Infinity) {
        d[p] = sign * Infinity;
        return d;
      }
      stalled = most > TINY ? 0 : stalled + 1;
      d[entering] += way * most;
      for (let i = 0; i < rows.length; i++) d[basic[i]] -= rows[i][entering] * way * most;
      if (leaving < 0) continue;
      rowOf[basic[leaving]] = -1;
      basic[leaving] = entering;
      rowOf[entering] = leaving;
      eliminate(leaving, entering, rows.length);
      pivots++;
    }
    throw new Error('the linear reader did not come to an end');
  }

  return {
    /** How far a cell can be from its true value in a direction, at most `enough`; `whole` says that whole numbers reach it. */
    reach(cell, sign, enough) {
      if (!column.has(cell)) return { reach: 0, whole: true };
      if ((sign > 0 ? rises : falls)[column.get(cell)] >= enough) return { reach: enough, whole: true };
      const d = push(cell, sign, enough);
      return { reach: Math.max(0, sign * d[column.get(cell)]), whole: d.every((x) => !Number.isFinite(x) || Math.abs(x - Math.round(x)) < 1e-6) };
    },
  };
}
