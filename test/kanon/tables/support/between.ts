export const between = (random: () => number, a: number, b: number): number => a + Math.floor(random() * (b - a + 1));
