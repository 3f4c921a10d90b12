// Privacy models worked out from their definitions on plain lists of values: slow, and sharing nothing with the library.
export type Row = Readonly<Record<string, string>>;

export function classesBy(rows: readonly Row[], fields: readonly string[]): Map<string, Row[]> {
  const classes = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(fields.map((field) => row[field]));
    classes.set(key, [...(classes.get(key) ?? []), row]);
  }
  return classes;
}

export function shares(values: readonly string[]): Map<string, number> {
  const out = new Map<string, number>();
  for (const value of values) out.set(value, (out.get(value) ?? 0) + 1 / values.length);
  return out;
}

const share = (of: Map<string, number>, value: string): number => of.get(value) ?? 0;

export const naive = {
  distinct: (values: readonly string[]): number => new Set(values).size,
  entropy: (values: readonly string[]): number => Math.exp([...shares(values).values()].reduce((sum, q) => sum - q * Math.log(q), 0)),
  recursive(values: readonly string[], l: number): number {
    const counts = [...shares(values).values()].map((q) => q * values.length).sort((a, b) => b - a);
    const rest = counts.slice(l - 1).reduce((sum, count) => sum + count, 0);
    return rest === 0 ? Infinity : counts[0]! / rest;
  },
  equal(values: readonly string[], all: readonly string[]): number {
    const [q, p] = [shares(values), shares(all)];
    return [...p.keys()].reduce((sum, value) => sum + Math.abs(share(q, value) - share(p, value)), 0) / 2;
  },
  ordered(values: readonly string[], all: readonly string[], order: readonly string[]): number {
    const [q, p] = [shares(values), shares(all)];
    const line = order.filter((value) => p.has(value));
    let sum = 0;
    for (let i = 1; i < line.length; i++) sum += Math.abs(line.slice(0, i).reduce((ahead, value) => ahead + share(q, value) - share(p, value), 0));
    return line.length > 1 ? sum / (line.length - 1) : 0;
  },
  /** Level by level: what the children of a node have too much and too little moves there, at the height of the node. */
  tree(values: readonly string[], all: readonly string[], rows: readonly (readonly string[])[]): number {
    const [q, p] = [shares(values), shares(all)];
    const height = rows[0]!.length - 1;
    let excess = new Map(rows.map((row) => [row[0]!, share(q, row[0]!) - share(p, row[0]!)]));
    let cost = 0;
    for (let level = 1; level <= height; level++) {
      const above = new Map<string, number>();
      const plus = new Map<string, number>();
      const minus = new Map<string, number>();
      for (const [child, amount] of excess) {
        const parent = rows.find((row) => row[level - 1] === child)![level]!;
        above.set(parent, (above.get(parent) ?? 0) + amount);
        if (amount > 0) plus.set(parent, (plus.get(parent) ?? 0) + amount);
        else minus.set(parent, (minus.get(parent) ?? 0) - amount);
      }
      for (const parent of above.keys()) cost += (level / height) * Math.min(plus.get(parent) ?? 0, minus.get(parent) ?? 0);
      excess = above;
    }
    return cost;
  },
  alpha: (values: readonly string[]): number => Math.max(...shares(values).values()),
  beta(values: readonly string[], all: readonly string[]): number {
    const [q, p] = [shares(values), shares(all)];
    return Math.max(0, ...[...p].map(([value, overall]) => (share(q, value) - overall) / overall));
  },
  enhancedHolds(values: readonly string[], all: readonly string[], beta: number): boolean {
    const [q, p] = [shares(values), shares(all)];
    return [...p].every(([value, overall]) => (share(q, value) - overall) / overall <= Math.min(beta, -Math.log(overall)) + 1e-9);
  },
  delta(values: readonly string[], all: readonly string[]): number {
    const [q, p] = [shares(values), shares(all)];
    return Math.max(...[...q].map(([value, own]) => Math.abs(Math.log2(own / share(p, value)))));
  },
};
