/**
 * A fixed sequence of numbers from 0 to 1 for trying things in varied order. Nothing is hidden by it: the same table
 * has the same pattern in every run, which users of tables expect.
 */
export function jitter(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
