/** Keeps the last few things that were made for a number. Only for what follows from public parameters alone. */
export function remember<K, T>(known: Map<K, T>, key: K, make: () => T): T {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    // A Map keeps the order of insertion: the oldest goes.
    if (known.size >= 32) known.delete(known.keys().next().value as K);
    known.set(key, value);
  }
  return value;
}
