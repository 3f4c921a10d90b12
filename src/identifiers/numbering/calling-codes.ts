// Made by tools/calling-codes.mjs from libphonenumber-js 1.13.16. Do not edit by hand.

/**
 * Every calling code: the digits before its last one, then a letter for each last digit, '.' where there is no such code.
 * The letter is the greatest length of national numbers ('a' = 1 digit), a capital where shorter ones exist too.
 */
export const CALLING_CODES: string =
  ':.j.....j.. 2:J......J.. 21:.iiI..h.i. 22:IihhIjhhhj 23:JIhINhhIgg 24:iHiJiIgfgi 25:IiIhJiihI. 26:iiiJIIhJIg 29:eg.....gff 3:LKIii.I..L ' +
  '35:hiKJIIhhLL 37:hhJhhKIIJ. 38:JLIL.IHI.h 4:IL.MJhLhJO 42:LI.I...... 50:eKKKKhJKIh 5:.IjJKKKKj. 59:iIgKiKiGMH 6:JLLMJKM... 67:H.fggHgggK ' +
  '68:gIeg.JhfGI 69:Ggg....... 80:h.......h. 8:.JN.J.L... 85:J.KH.JJ... 87:L.......l. 88:JJLL..K.k. 9:MMLiiJ..J. 96:JHIIJHJII. 97:JLLhKHJK.i ' +
  '99:..ihiiJ.i.';
