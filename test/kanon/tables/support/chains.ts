import { between } from './between.js';
import { generator, type Shape } from './bench.js';

export interface Row {
  readonly shop: string;
  readonly g: string;
  readonly h: string;
  readonly v: number;
}

/** What each shop contributes to each cell, by going over all rows for every cell. */
export function contributions(rows: readonly Row[], { keys }: Shape, groups: Readonly<Record<string, unknown>>, by: readonly ('g' | 'h')[]): Map<string, number>[] {
  const leavesOf = (tree: unknown, label: string): readonly string[] => {
    const all = Array.isArray(tree) ? tree as string[] : Object.values(tree as Record<string, string[]>).flat();
    return label === 'total' ? all : Array.isArray(tree) ? [label] : ((tree as Record<string, string[]>)[label] ?? [label]);
  };
  return keys.map((key) => {
    const shops = new Map<string, number>();
    for (const row of rows) {
      if (by.every((field, d) => leavesOf(groups[field], key[d]!).includes(row[field]))) shops.set(row.shop, (shops.get(row.shop) ?? 0) + row.v);
    }
    return shops;
  });
}

/** A shop in many groups, others beside it in some, the rest in groups of many. */
export function chains(seed: number): { rows: Row[]; by: readonly ('g' | 'h')[]; groups: Record<string, never> } {
  const random = generator(seed);
  const names = ['A', 'B', 'C', 'D', 'E', 'F'];
  const groups = { g: random() < 0.5 ? names : { left: names.slice(0, 3), right: names.slice(3) }, h: ['p', 'q'] } as never as Record<string, never>;
  const amount = (): number => between(random, 1, 200);
  const rows: Row[] = [];
  const h = (): string => (random() < 0.8 ? 'p' : 'q');
  for (const g of names) {
    const kind = random();
    if (kind < 0.7) rows.push({ shop: 'chain', g, h: h(), v: amount() });
    if (kind > 0.5) rows.push({ shop: between(random, 0, 2) === 0 ? 'other' : `only ${g}`, g, h: h(), v: amount() });
    if (kind > 0.8) for (let i = 0; i < 8; i++) rows.push({ shop: `many ${g}${i}`, g, h: h(), v: amount() });
  }
  return { rows, by: random() < 0.6 ? ['g'] : ['g', 'h'], groups };
}
