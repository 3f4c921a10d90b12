// Made by tools/numbering-regions.mjs from libphonenumber-js 1.13.16. Do not edit by hand.
import type { NumberingRegion } from '../../phone/region.js';
import { region } from '../../phone/region.js';

/** EG, +20. */
export const NUMBERING_EG: NumberingRegion = /* @__PURE__ */ region('EG', 20, '0', '27 28 36 37 434 38', '', 'f13[23]f|(15|57)(f|g)|(2a|3|4[05-8]|5[05]|6[24-689]|8[2468]|9[235-7])g;m1[0-25]h;t800g;p900g');
/** ZA, +27. */
export const NUMBERING_ZA: NumberingRegion = /* @__PURE__ */ region('ZA', 27, '0', '33 34 332 333 433 334 434', '', 'f(2(0330|4302)|52087)0c|(1[0-8]|2[1-378]|3[1-69]|4a|5[1346-8])g;m(1(3492[0-25]|4495[0235]|549(20|5[01]))|4[34]492[01])c|8[1-4](c|d|e|f|g)|(2[27]|47|54)4950c|(1(049[2-4]|9[12]b)|(50[0-2]|[67]b)b|8(5c|7(08[67]|158|28[5-9]|310)))d|(1[6-8]|28|3[2-69]|4[025689]|5[36-8])4920c|(12|[2-5]1)492d;t80g;p(86[2-9]|9[0-2]a)f;u861(f|g);v87(08[0-589]|15[0-79]|28[0-4]|31[1-9])d|87([02][0-79]|1[0-46-9]|3[02-9]|[4-9]a)e;s860f');
/** SS, +211. */
export const NUMBERING_SS: NumberingRegion = /* @__PURE__ */ region('SS', 211, '0', '433', '', 'f1[89]g;m(12|9[1257-9])g');
/** MA, +212. */
export const NUMBERING_MA: NumberingRegion = /* @__PURE__ */ region('MA', 212, '0', '55 37 22222', '', 'f5((18|4[0679]|5[03])a|2([0-25-79]a|3[1-578]|4[02-46-8]|8[0235-9])|3([0-47]a|5[02-9]|6[02-8]|8[014-9]|9[3-9]))e;m(6([0-79]a|8[0-247-9])|7([016-8]a|2[0-8]|3[01]|5[0-5]))f;t80[0-7]f;p89g;v(592(4[0-2]|93)|80[89]b)d');
/** EH, +212. */
export const NUMBERING_EH: NumberingRegion = /* @__PURE__ */ region('EH', 212, '0', '55 37 22222', '', 'f528[89]e;m(6([0-79]a|8[0-247-9])|7([016-8]a|2[0-8]|3[01]|5[0-5]))f;t80[0-7]f;p89g;v(592(4[0-2]|93)|80[89]b)d');
/** DZ, +213. */
export const NUMBERING_DZ: NumberingRegion = /* @__PURE__ */ region('DZ', 213, '0', '3222 3322 4222', '', 'f9619e|([1-3]a|4[013-689])f;m5(4[0-29]|6[0-4])f|(55|6a|7[7-9])g;t800f;p80[3-689]1e;v98[23]f;s80[12]1e');
/** TN, +216. */
export const NUMBERING_TN: NumberingRegion = /* @__PURE__ */ region('TN', 216, '', '', '233', 'f81200c|(3[0-2]|7a)f;m3(001|[12]40)d|(([259]a|4[0-8])a|3(1[1-35]|6[0-4]|91))e;t8010d;p88f;s8[12]10d');
/** LY, +218. */
export const NUMBERING_LY: NumberingRegion = /* @__PURE__ */ region('LY', 218, '0', '37', '', 'f(2(0[56]|[1-6]a|7[124579]|8[124])|3(1a|2[2356])|4([17]a|2[1-357]|5[2-4]|8[124])|5([1347]a|2[1-469]|5[13-5]|8[1-4])|6([1-479]a|5[2-57]|8[1-5])|7([13]a|2[13-79])|8([124]a|5[124]|84))f;m9[1-6]g');
/** GM, +220. */
export const NUMBERING_GM: NumberingRegion = /* @__PURE__ */ region('GM', 220, '', '', '34 234', 'f(4([23]b|4(1[024679]|(4([237-9]a|4[14-9])|8[0-389]a)a|5(5(3a|4[0-7])|[67]b)))|5(5(3a|4[0-7])|6[67]a|7(1[04]|2[035]|3[58]|48))|8[0-389]b)c|44[6-9]d;m(([23679]a|4[015]|8((3[35]|6[68]|99)a|7([27]a|4[015])))a|5([0-489]a|56))d|8[4-7]e');
/** SN, +221. */
export const NUMBERING_SN: NumberingRegion = /* @__PURE__ */ region('SN', 221, '', '', '3222 2322', 'f3([026]a|3[89])f;m7([015-8]a|21|90)f;t800f;p88[4689]f;v(39|93)g;s81[02468]f');
/** MR, +222. */
export const NUMBERING_MR: NumberingRegion = /* @__PURE__ */ region('MR', 222, '', '', '2222', 'f(25[08]|35a|45[1-7])e;m[2-4][0-46-9]f;t800e');
/** ML, +223. */
export const NUMBERING_ML: NumberingRegion = /* @__PURE__ */ region('ML', 223, '', '', '2222', 'f2(07[0-8]|12[67])d|(2(02|1[4-689])|4(0[0-4]|4[1-69]))e;m2(0(01|79)|17a)d|(5[0-3]|[679]a|8[2-59])f;t80f');
/** GN, +224. */
export const NUMBERING_GN: NumberingRegion = /* @__PURE__ */ region('GN', 224, '', '', '2222 3222', 'f3(0(24|3[12]|4[1-35-7]|5[13]|6[189]|[78]1|9[1478])|1b)d;m6[0-356]g;v722f');
/** CI, +225. */
export const NUMBERING_CI: NumberingRegion = /* @__PURE__ */ region('CI', 225, '', '', '2215 2224', 'f2([15]c|7(2(0[23]|1[2357]|2[245]|3[45]|4[3-5])|3(06|1[69]|[2-6]7)))e;m0[157]h');
/** BF, +226. */
export const NUMBERING_BF: NumberingRegion = /* @__PURE__ */ region('BF', 226, '', '', '2222', 'f2(0(49|5[23]|6[5-7]|9[016-9])|4(4[569]|5[4-6]|6[5-7]|7[0179])|5([34]a|50|6[5-8]))d;m(0[1-7]|4[4-6]|5[0-8]|[67]a)f');
/** NE, +227. */
export const NUMBERING_NE: NumberingRegion = /* @__PURE__ */ region('NE', 227, '', '', '233 2222', 'f2(0(20|3[1-8]|4[13-5]|5[14]|6[14578]|7[1-578])|1(4[145]|5[14]|6[14-68]|7[169]|88))d;m(23|7[0467]|[89]a)f;t08f;p09f');
/** TG, +228. */
export const NUMBERING_TG: NumberingRegion = /* @__PURE__ */ region('TG', 228, '', '', '2222', 'f2(2[2-7]|3[23]|4[45]|55|6[67]|77)e;m(7[0-389]|9[0-36-9])f');
/** BJ, +229. */
export const NUMBERING_BJ: NumberingRegion = /* @__PURE__ */ region('BJ', 229, '', '', '22222', 'f012g;m01(2[5-9]|[4-69]a)f');
/** MU, +230. */
export const NUMBERING_MU: NumberingRegion = /* @__PURE__ */ region('MU', 230, '', '', '34 44 55', 'f(2([0346-8]a|1[0-8])|4([013568]a|2[0-24-8]|71|90)|54([3-5]a|71)|6b|8(14|3[129]))d;m5(4(2[1-389]|7[1-9])|87[15-8])d|(5(2[5-9]|4[3-689]|[57]a|8[0-689]|9[0-8])|7(0[0-7]|3[013]))e;t802g|80[0-2]d;p30e;g219d;v3(20|9a)d');
/** LR, +231. */
export const NUMBERING_LR: NumberingRegion = /* @__PURE__ */ region('LR', 231, '0', '233 333 334', '', 'f2g;m(((22|33)0|555|7(6[01]|7a)|88a)a|4(240|[67]))e|[56]f;p332(02|[34]a)d');
/** SL, +232. */
export const NUMBERING_SL: NumberingRegion = /* @__PURE__ */ region('SL', 232, '0', '36', '', 'f22[2-4][2-9]d;m(25|3[0-5]|66|7a|8[08]|9[09])f');
/** GH, +233. */
export const NUMBERING_GH: NumberingRegion = /* @__PURE__ */ region('GH', 233, '0', '45 334', '', 'f3(181[0-5]|285[0-7]|3810)d|3(0([237-9]a|60)|[167](2[0-6]|7a|80)|2(2[0-5]|7a|8[0-4])|3(2[0-3]|7a|80)|4(2[013-9]|3[01]|7a|80)|5(2[0-7]|7a|80)|8(2[0-2]|7a|80)|9([28]0|7a))e;m(2([0346-9]a|5[67])|5([03-7]a|9[1-9]))f;t800(e|f)');
/** NG, +234. */
export const NUMBERING_NG: NumberingRegion = /* @__PURE__ */ region('NG', 234, '0', '433 434 524 444 445 455 456', '', 'f20([1259]a|3[013-9]|4[1-8]|6[024-689]|7[1-79]|8[2-9])f;m(702[0-24-9]|819[01])f|(7(0[13-9]|[12]a)|8(0[1-9]|1[0-8])|9(0[1-9]|1[0-6]))g;t800(g|h|i|j|k);u700(g|h|i|j|k)');
/** TD, +235. */
export const NUMBERING_TD: NumberingRegion = /* @__PURE__ */ region('TD', 235, '', '', '2222', 'f22([37-9]0|5[0-5]|6[89])d;m(3[01]|[69]a|77|8[5-7])f');
/** CF, +236. */
export const NUMBERING_CF: NumberingRegion = /* @__PURE__ */ region('CF', 236, '', '', '2222', 'f(2[12]|61)f;m7[02-7]f;p8776d');
/** CM, +237. */
export const NUMBERING_CM: NumberingRegion = /* @__PURE__ */ region('CM', 237, '', '', '2222 12222', 'f2(22|33)f;m(24[23]|6([25-9]a|4[0-2]))f;t88(f|g)');
/** CV, +238. */
export const NUMBERING_CV: NumberingRegion = /* @__PURE__ */ region('CV', 238, '', '', '322', 'f2(2[1-7]|3[0-8]|4[12]|5[1256]|6a|7[1-3]|8[1-5])d;m(36|5[1-37-9]|9a)e;t800d;v(3[3-5]|4[356])e');
/** ST, +239. */
export const NUMBERING_ST: NumberingRegion = /* @__PURE__ */ region('ST', 239, '', '', '34', 'f22e;m900[5-9]c|9(0[1-9]|[89]a)d');
/** GQ, +240. */
export const NUMBERING_GQ: NumberingRegion = /* @__PURE__ */ region('GQ', 240, '', '', '333 36', 'f33[0-24-9]a[46]d|3(33|5a)a[7-9]d;m(222|55a)f;t80a[1-9]e;p90a[1-9]e');
/** GA, +241. */
export const NUMBERING_GA: NumberingRegion = /* @__PURE__ */ region('GA', 241, '', '', '1222 2222', 'f[01]1f;m((0[2-7]|7[467])a|6(0[0-4]|10|[256]a))e|[2-7]f');
/** CG, +242. */
export const NUMBERING_CG: NumberingRegion = /* @__PURE__ */ region('CG', 242, '', '', '144 234', 'f222[1-589]e;m026(1[0-5]|6[6-9])d|0([14-6]b|2(40|5[5-8]|6[07-9]))e;p80[0-2]f');
/** CD, +243. */
export const NUMBERING_CD: NumberingRegion = /* @__PURE__ */ region('CD', 243, '0', '323 35 324 334 433 3233', '', 'f((12|573)b|276)e|[1-6]f;m88e|(8[0-79]|9[016-9])g');
/** AO, +244. */
export const NUMBERING_AO: NumberingRegion = /* @__PURE__ */ region('AO', 244, '', '', '333', 'f2a([0134][25-9]|[25-9]a)e;m9[1-79]g');
/** GW, +245. */
export const NUMBERING_GW: NumberingRegion = /* @__PURE__ */ region('GW', 245, '', '', '34 333', 'f443f;m9(5a|6[569]|77)f;v40e');
/** IO, +246. */
export const NUMBERING_IO: NumberingRegion = /* @__PURE__ */ region('IO', 246, '', '', '34', 'f37e;m38e');
/** AC, +247. */
export const NUMBERING_AC: NumberingRegion = /* @__PURE__ */ region('AC', 247, '', '', '', 'f6d;m[2-47]d;u(0[1-9]|[1589]a)d');
/** SC, +248. */
export const NUMBERING_SC: NumberingRegion = /* @__PURE__ */ region('SC', 248, '', '', '133', 'f4[2-46]e;m2[125-8]e;t800[08]c;p85e;v971d|(64|95)e');
/** SD, +249. */
export const NUMBERING_SD: NumberingRegion = /* @__PURE__ */ region('SD', 249, '0', '334', '', 'f1(5a|8[35-7])f;m(1[0-2]|9[0-3569])g');
/** RW, +250. */
export const NUMBERING_RW: NumberingRegion = /* @__PURE__ */ region('RW', 250, '0', '433', '2222 333', 'f(06|2[23568]a)f;m7[237-9]g;t800f;p900f');
/** ET, +251. */
export const NUMBERING_ET: NumberingRegion = /* @__PURE__ */ region('ET', 251, '0', '334', '', 'f(11([124]b|3([0-79]a|8[0-7])|5([02-9]a|1[0-57-9])|6([02-79]a|1[0-57-9]|8[0-8]))|2(2(11[1-9]|22[0-7]|33a|44[1467]|66[1-68])|5(11[124-6]|33[2-8]|44[1467]|55[14]|66[1-3679]|77[124-79]|880))|3(3(11[0-46-8]|(22|55)[0-6]|33[0134689]|44[04]|66[01467])|4(44[0-8]|55[0-69]|66[0-3]|77[1-5]))|4(6(119|22[0-24-7]|33[1-5]|44[13-69]|55[14-689]|660|88[1-4])|7((11|22)[1-9]|33[13-7]|44[13-6]|55[1-689]))|5(7(227|55[05]|(66|77)[14-8])|8(11[149]|22[013-79]|33[0-68]|44[013-8]|550|66[1-5]|77a)))d;m(7([03]a|1[0-8]|2[1-35-79]|77|86|99)|(8[01]|9a)a)f');
/** SO, +252. */
export const NUMBERING_SO: NumberingRegion = /* @__PURE__ */ region('SO', 252, '0', '', '24 6 16 25 26 27 17 234', 'f(1a|2[0-79]|3[0-46-8]|4[0-7]|5[57-9])e|([134]a|8[125])d;m((15|(3[59]|4[89]|6a|7[0-35-9]|8[08])a|9(0a|[2-9]))a|2(4a|8))e|([67]b|904)e');
/** DJ, +253. */
export const NUMBERING_DJ: NumberingRegion = /* @__PURE__ */ region('DJ', 253, '', '', '2222', 'f2(1[2-5]|7[45])e;m77f');
/** KE, +254. */
export const NUMBERING_KE: NumberingRegion = /* @__PURE__ */ region('KE', 254, '0', '35 36 37 46 433 434', '', 'f(4[245]|5[1-79]|6[01457-9])(e|f|g)|(4[136]|5[08]|62)g|([24]0|66)(f|g);m(1(0[0-8]|[18]a|2[014]|3[05-9]|4[0-6])|7b)f;t800[02-8](e|f);p900[02-9]e');
/** TZ, +255. */
export const NUMBERING_TZ: NumberingRegion = /* @__PURE__ */ region('TZ', 255, '0', '424 334 433', '27', 'f2[2-8]g;m(6[0-35-9]|7a)g;t80[08]f;p90g;v41g;s8(40|6[01])f');
/** UG, +256. */
export const NUMBERING_UG: NumberingRegion = /* @__PURE__ */ region('UG', 256, '0', '55 46 37', '', 'f20((24[09]|30[67])a|6(00[0-2]|30[0-4]))c|(20([017]a|2[5-9]|3[1-4]|5[0-4]|6[15-9])|[34]c)e;m7(28|34)0e|7([014-8]a|2[01467]|3[0-267]|9[0-589])f;t800[1-3]e;p90[1-3]f');
/** BI, +257. */
export const NUMBERING_BI: NumberingRegion = /* @__PURE__ */ region('BI', 257, '', '', '2222', 'f(22|31)f;m(29|6[1-9]|7[125-9])f');
/** MZ, +258. */
export const NUMBERING_MZ: NumberingRegion = /* @__PURE__ */ region('MZ', 258, '', '', '233 234 333', 'f2([1346]a|5[0-2]|[78][12]|93)e;m8[2-9]g;t800f');
/** ZM, +260. */
export const NUMBERING_ZM: NumberingRegion = /* @__PURE__ */ region('ZM', 260, '0', '433 37', '', 'f21[1-8]f;m([59][5-8]|7[5-9])g;t800f;v63g');
/** MG, +261. */
export const NUMBERING_MG: NumberingRegion = /* @__PURE__ */ region('MG', 261, '0', '3232', '', 'f2072[29]d|20(2a|4[47]|5[3467]|6[279]|7[356]|8[268]|9[2457])e;m3[2-9]g;v22g');
/** RE, +262. */
export const NUMBERING_RE: NumberingRegion = /* @__PURE__ */ region('RE', 262, '0', '4222', '', 'f2631[0-6]d|26(2a|30|88)e;m(69(2b|3([06][0-6]|1[0-3]|2[0-2]|3[0-39]|4a|5[0-5]|7[0-37]|8[0-8]|9[0-479]))|7092[0-3])d;t80g;p89[1-37-9]f;v9(399[0-3]|479[0-6]|76(2[278]|3[0-37]))d;s8(1[019]|2[0156]|84|90)f');
/** YT, +262. */
export const NUMBERING_YT: NumberingRegion = /* @__PURE__ */ region('YT', 262, '0', '4222', '', 'f26(89a|9(0[0-467]|15|5[0-4]|6a|[78]0))d;m(639(0[0-79]|1[019]|[267]a|3[09]|40|5[05-9]|9[04-79])|7093[5-7])d;t80g;v9((39|47)8[01]|769a)d');
/** ZW, +263. */
export const NUMBERING_ZW: NumberingRegion = /* @__PURE__ */ region('ZW', 263, '0', '44 333 334 37 433 434 56', '', 'f(2(02[014]|(42|9a)a|[56]20|72[03])|3(123|92a)|5(42a|525)|6([16-8]21|52[013])|8([1349]28|523))e;m7([1278]a|3[1-9]|51|9[01])f;t80([01]a|20|8[0-8])c;v86(1[12]|22|30|44|55|77|8[368])f');
/** NA, +264. */
export const NUMBERING_NA: NumberingRegion = /* @__PURE__ */ region('NA', 264, '0', '333 334 433', '', 'f64426c|6(1(2[2-7]|3[01378]|4[0-4])|254|32[0237]|4(27|41|5[25])|52[236-8]|626|7(2[2-4]|30))(d|e)|6(1((0a|2[0189]|3[24-69]|4[5-9])a|17|69|7[014])|2(17|5[0-36-8]|69|70)|3(17|2[14-689]|34|6[289]|7[01]|81)|4(17|2[0-2]|4[06]|5[0137]|69|7[01])|5(17|2[0459]|69|7[01])|6(17|25|38|42|69|7[01])|7(17|2[569]|3[13]|6[89]|7[01]))d;m(60|8[1245])g;t80g;p8701e;v8(3b|86)e');
/** MW, +265. */
export const NUMBERING_MW: NumberingRegion = /* @__PURE__ */ region('MW', 265, '0', '233 4222', '', 'f1[2-9]e;m111f|(2[12]|31|77|[89][89])g');
/** LS, +266. */
export const NUMBERING_LS: NumberingRegion = /* @__PURE__ */ region('LS', 266, '', '', '44', 'f2g;m[56]g;t800[1256]d');
/** BW, +267. */
export const NUMBERING_BW: NumberingRegion = /* @__PURE__ */ region('BW', 267, '', '', '25 34 233 433 343', 'f(2(1[01]|31|[469]a|5[0-2]|7[5-7]|89)|3([15-79]a|2[1-5]|45|8[0-5])|4([38]0|42|51|[679]a)|5([056][01]|1[23]|2[034]|[347-9]a)|6(0[01]|[258]a|[34]0|6[03]))d;m7([1-8]c|9(([03]a|2[0-7])a|1(0[13-9]|1[0-35-9]|2a|3[0-8])))c;t(0800|800a)f;p90e');
/** SZ, +268. */
export const NUMBERING_SZ: NumberingRegion = /* @__PURE__ */ region('SZ', 268, '', '', '44 54', 'f[23][2-5]f;m7[5-9]f;t0800d;p900f;v70f');
/** KM, +269. */
export const NUMBERING_KM: NumberingRegion = /* @__PURE__ */ region('KM', 269, '', '', '322', 'f7[4-7]e;m[34]f;p8f');
/** SH, +290. */
export const NUMBERING_SH: NumberingRegion = /* @__PURE__ */ region('SH', 290, '', '', '', 'f2([0-57-9]a|6[4-9])b;m[569]d;v262b');
/** TA, +290. */
export const NUMBERING_TA: NumberingRegion = /* @__PURE__ */ region('TA', 290, '', '', '', 'f8c');
/** ER, +291. */
export const NUMBERING_ER: NumberingRegion = /* @__PURE__ */ region('ER', 291, '0', '233', '', 'f(1(1[12568]|[24]0|55|6[146])|8b)d;m(17[1-3]|7b)d');
/** AW, +297. */
export const NUMBERING_AW: NumberingRegion = /* @__PURE__ */ region('AW', 297, '', '', '34', 'f5(2a|8[1-9])d;m(290|5[69]a|6([03]0|22|4[0-2]|[69]a)|7([34]a|7[07])|9(6[45]|9[4-8]))d;t800d;p900d;v(28a|501)d');
/** FO, +298. */
export const NUMBERING_FO: NumberingRegion = /* @__PURE__ */ region('FO', 298, '', '', '222', 'f(20|[34]a|8[19])d;m([27][1-9]|5a|9[16])d;t80[257-9]c;p90([13-5][15-7]|2[125-7]|9a)b;v6[0-36]d');
/** GL, +299. */
export const NUMBERING_GL: NumberingRegion = /* @__PURE__ */ region('GL', 299, '', '', '222', 'f(19|3[1-7]|[68][1-9]|70|9a)d;m[245]e;t80d;v3[89]d');
