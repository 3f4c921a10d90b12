/** Separators between groups of digits, one bit each. */
export const DASH = 1;
export const STOP = 2;
export const SPACE = 4;
export const SLASH = 8;
export const OPEN = 16;
export const CLOSE = 32;
/** `_ · ・ 〜 ～ ~`: seen between the groups of Japanese numbers, rare enough to weigh less. */
export const MIDDLE = 64;
