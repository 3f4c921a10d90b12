/** A small seeded generator (mulberry32) for corpora: the same seed gives the same sentences on every machine. */
export interface Dice {
  readonly int: (below: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  /** Each `#` becomes a digit. */
  readonly fill: (pattern: string) => string;
}

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return {
    int,
    pick: (list) => list[int(list.length)]!,
    fill: (pattern) => pattern.replace(/#/g, () => String(int(10))),
  };
}
