/** What a word near a candidate says about it. One bit each, so that a verifier can ask for those that concern it. */
export const PHONE = 1;
/** May name a telephone number (`number`, `contact`, 窓口): half the weight, and a stronger word further out wins. */
export const PHONE_WEAK = 2;
/** Names another kind of number. */
export const OTHER_NUMBER = 4;
/** Names another kind of number only together with `number`, `no`, `id` or 番号: 注文番号 does, ご注文は does not. */
export const OTHER_IF_NUMBER = 8;
/** A unit, a counter or a currency, when it follows. */
export const UNIT = 16;
export const VERSION = 32;
export const ADDRESS = 64;
/** Says what it says only where nothing but signs stands between it and the number: `Apt. 138`, `Box 2979`. */
export const TOUCH = 128;
/** Leads from a word to its number and says nothing by itself: `会員No.`, `phone no`. */
export const LINK = 256;

export type WordList = readonly (readonly [number, string])[];

/**
 * The words, by what they say. ASCII words match whole words in either case and in full width (`phoneNumber` and
 * `phone_no` are two words each); Japanese entries are pairs of characters that match anywhere in the window, or
 * single characters that match only where they touch the candidate.
 */
const WORDS: WordList = [
  [PHONE, 'tel telephone phone phones mobile cell fax call dial ring hotline telno phoneno sms ℡ ☎ 電話 携帯 直通 連絡 絡先 内線 代表 ｹｲ'],
  [PHONE_WEAK, 'number numbers contact reach 番号 窓口 問合 問い 担当 自宅 務先 着信'],
  [LINK, 'no'],
  [OTHER_NUMBER, 'order invoice account card id ids serial isbn jan sku tracking zip postal price total amount ref date timestamp ts created uptime 伝票 口座 せ番 型番 製造 イナ 郵便 〒 金額 合計 価格 人口 走行 緯度 経度 普通 図 第 日時'],
  [OTHER_IF_NUMBER, 'policy customer member 会員 アル'],
  [UNIT, '円 人 個 件 枚 号 条 節 年 月 回 km kg cm mm ms px mb gb kb tb hz ghz mhz kbps mbps bytes usd eur yen th st nd rd'],
  [VERSION, 'version versions ver v release firmware fw build section oid chapter rev § 節 章 図 第 版 条 ージ'],
  [ADDRESS, 'ip ipv addr address forwarded host from src dst source client server remote peer gateway dns ping 接続 アク アド 送信 宛先'],
];

/** The key of a word in lower case: its letters from the last to the first, because the window is read backwards. */
export function keyOf(word: string): number {
  let key = 0;
  for (let i = word.length; i-- > 0; ) key = (Math.imul(key, 31) + word.charCodeAt(i)) | 0;
  return key;
}

/** Key of two neighbouring characters, or of one with `first` 0. */
export function pairKey(first: number, second: number): number {
  return (first << 16) | second;
}

/** What words say: keys by their hash, open addressing. The engine's own Map costs three times as much, and most words of a text are not in it. */
export interface Words {
  readonly keys: Int32Array;
  readonly bits: Uint16Array;
}

const SLOTS = 4096;

/** Where a key is, or would be. In the hash both characters of a pair tell. */
function slotOf(keys: Int32Array, key: number): number {
  let slot = key ^ (key >>> 13);
  for (let there: number; (there = keys[(slot &= SLOTS - 1)] as number) !== key && there !== 0; ) slot++;
  return slot;
}

/** What the word of a key says, 0 when it is none of these. */
export function bitsOf({ keys, bits }: Words, key: number): number {
  return bits[slotOf(keys, key)] as number;
}

let base: Words | undefined;

/** What each word says: the common words, and those that other numbering plans bring with them. */
export function wordTables(more?: WordList): Words {
  if (more === undefined && base !== undefined) return base;
  const words = { keys: new Int32Array(SLOTS), bits: new Uint16Array(SLOTS) };
  for (const [bit, list] of [...WORDS, ...(more ?? [])]) {
    for (const word of list.split(' ')) {
      const key = word < '\x80' ? keyOf(word) : pairKey(word.length > 1 ? word.charCodeAt(0) : 0, word.charCodeAt(word.length - 1));
      const slot = slotOf(words.keys, key);
      words.keys[slot] = key;
      (words.bits[slot] as number) |= bit;
    }
  }
  if (more === undefined) base = words;
  return words;
}
