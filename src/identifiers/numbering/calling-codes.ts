// Made by tools/calling-codes.mjs from libphonenumber-js 1.13.16. Do not edit by hand.

/** Every calling code, followed by the lengths of its national numbers as letters ('a' = 1 digit). */
export const CALLING_CODES: string =
  '1gj 7jn 20hij 27efghij 30jkl 31efghijk 32hi 33i 34i 36hi 39fghijkl 40fi 41il 43defghijklm 44gij 45h 46fghijl 47eh 48fghij 49defghijklmno 51hi 52j ' +
  '53fghj 54jk 55hijk 56ijk 57hjk 58j 60hij 61efghijl 62ghijklmnopq 63fhijklm 64efghij 65hjk 66hijm 81hijklmnopq 82efhijklmn 84ghij 86ghijkl 90gjlm ' +
  '91hijklm 92hijkl 93i 94i 95fghij 98defgj 211i 212i 213hi 216h 218i 220gi 221i 222h 223h 224hi 225j 226h 227h 228h 229j 230ghj 231ghi 232h 233hi ' +
  '234jklmn 235h 236h 237hi 238g 239g 240i 241gh 242i 243ghij 244i 245gi 246g 247ef 248g 249i 250hi 251i 252fghi 253h 254ghij 255i 256i 257h 258hi 260i ' +
  '261i 262i 263gij 264hi 265gi 266h 267ghj 268hi 269g 290de 291g 297g 298f 299f 350h 351i 352defghijk 353ghij 354gi 355fghi 356h 357h 358efghijkl ' +
  '359fghil 370h 371h 372ghj 373h 374h 375fghijk 376fhi 377hi 378hj 380ij 381fghijkl 382hi 383hijkl 385ghi 386efgh 387hi 389h 420ijkl 421fgi 423gi 500e ' +
  '501gk 502hk 503ghk 504hk 505h 506hj 507ghjk 508fi 509h 590i 591hi 592g 593hijk 594i 595fghijk 596i 597fg 598defghijklm 599gh 670gh 672f 673g 674g ' +
  '675gh 676eg 677eg 678eg 679gk 680g 681fi 682e 683dg 685efgj 686eh 687f 688efg 689fhi 690defg 691g 692g 850hj 852efghik 853gh 855hij 856hij 880fghij ' +
  '886ghijk 960gj 961gh 962hi 963hi 964hij 965gh 966ij 967ghi 968ghi 970hij 971efghijkl 972ghijkl 973h 974ghik 975gh 976hij 977hjk 992i 993h 994i 995i ' +
  '996ij 998i 800h 808h 870il 878l 881ij 882ghijkl 883hijkl 888k 979i';
