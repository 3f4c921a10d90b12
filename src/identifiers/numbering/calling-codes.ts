// Made by tools/calling-codes.mjs from libphonenumber-js 1.13.16. Do not edit by hand.

/**
 * Every calling code, in the form of `trie.ts`; '.' where there is no such code.
 * The letter is the greatest length of national numbers ('a' = 1 digit), a capital where shorter ones exist too.
 */
export const CALLING_CODES: string =
  '.j(((((j((J((((((J.(LKIii(I((LIL(MJhLhJO(IjJKKKKj(JLLMJKM((((JN.J(L((.MMLiiJ((J(.iiI..h.i.IihhIjhhhjJIhINhhIggiHiJiIgfgiIiIhJiihI.iiiJIIhJIg' +
  'eg.....gffhiKJIIhhLLhhJhhKIIJ.JLIL.IHI.hLI.I......eKKKKhJKIhiIgKiKiGMHH.fggHgggKgIeg.JhfGIGgg.......h.......h.J.KH.JJ...L.......l.JJLL..K.k.' +
  'JHIIJHJII.JLLhKHJK.i..ihiiJ.i.';
