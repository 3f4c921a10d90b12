/** Distinct units by group, the slow and obvious way. Rows without a unit take no part; a missing key is null. */
export function naiveUnitCounts(rows: readonly { readonly u: unknown; readonly g: unknown }[]): Map<unknown, number> {
  const units = new Map<unknown, Set<unknown>>();
  for (const { u, g } of rows) {
    if (u === null || u === undefined || u === '') continue;
    const key = g === undefined ? null : g;
    if (!units.has(key)) units.set(key, new Set());
    units.get(key)!.add(u);
  }
  return new Map([...units].map(([key, set]) => [key, set.size]));
}
