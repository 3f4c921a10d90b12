import { dice, type Dice } from './random.js';
import type { Labelled } from './labelled.js';

/** Frames of our own: other sentences than those of any corpus that the detectors were built with. */
const FRAMES = [
  '本日の受付は{X}にて承ります。', 'ご予約の変更は {X} へお願い申し上げます。', '担当者直通：{X}', '詳細→{X}', '【{X}】', '緊急時は{X}、平日のみ。', '{X}／営業部', '*{X}*', '「{X}」に掛け直してください',
  'お手数ですが{X}までご一報を。', '昨日{X}から着信がありました', '宛先が{X}になっています', '登録内容：\n{X}\n以上', 'My contact is {X}, thanks.', '{X}', '"value":"{X}"', '<td>{X}</td>', '鈴木様（{X}）', '{X}にご連絡いただけますと幸いです',
  '以前の{X}は使えません', '・{X}', '※{X}（年中無休）',
];
const DEVICE_FRAMES = ['{X} からの要求を拒否', '送信元={X}', 'host {X} is down', 'ログイン元 {X} を確認', '({X})', '端末 {X} が接続', 'peer:{X}', '{X}', '"{X}"', '割当：{X}。'];

const LOCALS = ['kenji.mori', 'a_takeda', 'n-ueno88', 'shop2024', 'mika', 'y.ono.z', 'r2d2', 'web-master', 'q', 'tanaka_hiroshi_1', 'x9'];
const DOMAINS = ['mail.kaisha.co.jp', 'gmail.com', 'example.org', 'univ-x.ac.jp', 'biglobe.ne.jp', 'me.com', 'city.osaka.lg.jp', 'foo.dev', 'a-b.info'];
const CARRIERS = ['docomo.ne.jp', 'ezweb.ne.jp', 'softbank.ne.jp', 'i.softbank.jp', 'au.com', 'ymobile.ne.jp', 'k.vodafone.ne.jp', 'jp-d.ne.jp', 'uqmobile.jp', 'rakumail.jp', 'wm.pdx.ne.jp', 'ido.ne.jp', 'xy.biz.ezweb.ne.jp'];
const DASHES = ['-', '－', 'ー', '‐', '‑', '–', '—', '―', '−', 'ｰ', '﹣'];
const AREAS: readonly [string, string][] = [['03', '#{4}'], ['06', '#{4}'], ['045', '###'], ['0463', '##'], ['0985', '##'], ['04992', '#'], ['011', '###'], ['0126', '##'], ['098', '###'], ['0478', '##']];

const wide = (s: string): string => s.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const kanji = (s: string): string => s.replace(/\d/g, (c) => '〇一二三四五六七八九'[Number(c)]!).replace(/-/g, '－');

function mobile(d: Dice): [string, string, string] {
  return [d.pick(['090', '080', '070', '060']), `${1 + d.int(9)}${d.fill('###')}`, d.fill('####')];
}
function fixed(d: Dice): [string, string, string] {
  const [area, exchange] = d.pick(AREAS);
  const size = 6 - area.length;
  void exchange;
  return [area, `${2 + d.int(8)}${d.fill('#'.repeat(size - 1))}`, d.fill('####')];
}
const any = (d: Dice): [string, string, string] => (d.int(2) === 0 ? mobile(d) : fixed(d));

/** One generator per category. */
const PHONES: Readonly<Record<string, (d: Dice) => string>> = {
  'mobile-hyphen': (d) => mobile(d).join('-'),
  'mobile-bare': (d) => mobile(d).join(''),
  'mobile-space': (d) => mobile(d).join(' '),
  'mobile-paren': (d) => mobile(d).join('|').replace('|', '(').replace('|', ')'),
  'ip-050': (d) => `050-${1 + d.int(9)}${d.fill('###-####')}`,
  'fixed-hyphen': (d) => fixed(d).join('-'),
  'fixed-bare': (d) => fixed(d).join(''),
  'fixed-paren': (d) => d.pick([(p: string[]) => `(${p[0]})${p[1]}-${p[2]}`, (p: string[]) => `${p[0]}(${p[1]})${p[2]}`, (p: string[]) => `（${p[0]}）${p[1]}－${p[2]}`])(fixed(d)),
  service: (d) => d.pick([`0120-${d.fill('###-###')}`, `0120-${d.fill('##-####')}`, `0800-${d.fill('###-####')}`, `0570-0${d.fill('##-###')}`, `0120${d.fill('######')}`]),
  m2m: (d) => d.pick([`020-${d.pick(['1', '2', '3', '5', '8'])}${d.fill('###-####')}`, `0200-${d.fill('#####-#####')}`]),
  plus: (d) => {
    const [a, b, c] = any(d);
    return d.pick([`+81-${a.slice(1)}-${b}-${c}`, `+81 ${a.slice(1)} ${b} ${c}`, `+81${a.slice(1)}${b}${c}`, `+81 (0)${a.slice(1)}-${b}-${c}`, `+81-${a}-${b}-${c}`, `+81(0)${a.slice(1)} ${b} ${c}`]);
  },
  zeros: (d) => {
    const [a, b, c] = any(d);
    return d.pick([`0081-${a.slice(1)}-${b}-${c}`, `0081${a.slice(1)}${b}${c}`, `010-81-${a.slice(1)}-${b}-${c}`, `00 81 ${a.slice(1)} ${b} ${c}`]);
  },
  'full-width': (d) => wide(any(d).join('-')),
  dash: (d) => any(d).join(d.pick(DASHES)),
  kanji: (d) => kanji(any(d).join('-')),
};
const MAILS: Readonly<Record<string, (d: Dice) => string>> = {
  pc: (d) => `${d.pick(LOCALS)}@${d.pick(DOMAINS)}`,
  plus: (d) => `${d.pick(LOCALS)}+${d.pick(['news', 'x1', 'a-b'])}@${d.pick(DOMAINS)}`,
  carrier: (d) => `${d.pick(LOCALS)}@${d.pick(CARRIERS)}`,
  'rfc-violating': (d) => d.pick([`a..${d.pick(LOCALS)}`, `${d.pick(LOCALS)}.`, `.${d.pick(LOCALS)}`, `${d.pick(LOCALS)}...z`]) + `@${d.pick(CARRIERS)}`,
  'full-width': (d) => wide(`${d.pick(LOCALS)}@${d.pick([...CARRIERS, ...DOMAINS])}`),
  'full-width-at': (d) => `${d.pick(LOCALS)}＠${d.pick(DOMAINS)}`,
  idn: (d) => `${d.pick(LOCALS)}@${d.pick(['山田商店.jp', 'münchen.example', '会社.みんな', 'xn--eckwd4c7c.jp', '相談.テスト'])}`,
  spelled: (d) => {
    const local = d.pick(['kenji.mori', 'a_takeda', 'n-ueno88', 'shop2024', 'r2d2']);
    return d.pick([
      `${local} at kaisha.co.jp`, `${local}[at]kaisha.co.jp`, `${local}(at)kaisha dot co dot jp`, `${local}あっと${d.pick(CARRIERS)}`, `${local}★docomo.ne.jp`, `${local} at kaisha dot com`, `${local}＠kaisha dot jp`,
      `${local}アットマークkaisha.jp`, `${local} [at] kaisha [dot] jp`, `${local}☆au.com`, `${local}（at）kaisha.jp`, `${local} (at) kaisha.co.jp`,
    ]);
  },
};
const hex = (d: Dice, n: number): string => Array.from({ length: n }, () => d.pick([...'0123456789abcdef'])).join('');
const DEVICES: Readonly<Record<string, (d: Dice) => string>> = {
  v4: (d) => `${d.pick([11, 52, 101, 133, 203, 219])}.${d.int(256)}.${32 + d.int(224)}.${d.int(256)}`,
  'v4-port': (d) => `${40 + d.int(180)}.${d.int(256)}.${d.int(256)}.${d.int(256)}/${8 + d.int(24)}`,
  v6: (d) => `2001:db8:${Array.from({ length: 6 }, () => (1 + d.int(65_535)).toString(16)).join(':')}`,
  'v6-short': (d) => d.pick([`2400:${hex(d, 4)}::${1 + d.int(9)}`, `fe80::${1 + d.int(9)}${hex(d, 3)}`, `2001:db8::${1 + d.int(9)}${hex(d, 2)}:8`, `fd00:${1 + d.int(9)}::12`]),
  'v6-mapped': (d) => `::ffff:${d.pick([52, 133])}.${d.int(256)}.${d.int(256)}.${d.int(256)}`,
  'mac-colon': (d) => `a${hex(d, 1)}:${hex(d, 2)}:1${hex(d, 1)}:${hex(d, 2)}:${hex(d, 2)}:${hex(d, 2)}`,
  'mac-hyphen': (d) => `0${hex(d, 1)}-${hex(d, 2)}-f${hex(d, 1)}-${hex(d, 2)}-${hex(d, 2)}-${hex(d, 2)}`.toUpperCase(),
  'mac-cisco': (d) => `${hex(d, 4)}.b${hex(d, 3)}.${hex(d, 3)}7`,
};

/** Texts without any identifier, made to look like ones. */
const HARD = [
  '〒###-####', '郵便番号：###-####（東京）', '2026年##月##日', '20##/0#/1# 12:##', '会員番号 0#########', '予約番号:##########', '受注No.########-##', 'SKU-####-###', '価格は###,###円', '¥#,###,###です', '合計0#########円',
  'v#.#.#.#', 'version 3.##.#.1', 'Ver.1.2.3.4 を公開', 'Chrome/124.0.##.##', '第#.#.#.#節', '図#-#-#-#', 'ISBN978-4-##-######-#', 'JAN 49###########', '口座番号 #######', 'マイナンバー ############', '普通0######',
  '####-####-####-####', '4### ###### #####', 'std::map::iterator', 'a::b::c', '12:34:##', '10:20:30:40', '16:9', '@tanaka_##', 'icon@2x.png', 'npm i left-pad@1.#.#', '時給@1,###円', 'lib@^#.#.#', '110番', '#7119', '0.############',
  '35.######,139.######', 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', '550e8400-e29b-41d4-a716-44665544####', 'created_at=17########', 'ts: 17###########', 'uptime 86400 3600 60', 'OID 1.3.6.1.4.1.###',
  '走行距離0######km', '人口######人', '第#####号第##条', '1〜##、20−30', 'PO#######', 'RX-####-0##', 'section #.#.#.#.#', '[1.###.#.0] - 2026-0#-1#', 'pkg-1.2.#.#.tar.gz', '伝票番号 ####-####-####', '電話番号は非公開', '090で始まる番号', 'TEL欄は空欄',
  'see you at 10:##', 'look at main.py', 'meet me at the station. ok', 'x[::2]', 'T=##.#', '1e-##', '令和#年#月',
];

export function japaneseTexts(seed: number, each: number): Labelled[] {
  const d = dice(seed);
  const texts: Labelled[] = [];
  const add = (category: string, kind: 'mail' | 'phone' | 'device', value: string, frames: readonly string[]): void => {
    const frame = d.pick(frames);
    const start = frame.indexOf('{X}');
    // A label for machines, where they need one.
    texts.push({ text: frame.replace('{X}', () => value), category: `${kind}.${category}`, gold: [{ start, end: start + value.length, kind }] });
  };
  for (let i = 0; i < each; i++) {
    for (const [category, make] of Object.entries(PHONES)) add(category, 'phone', make(d), FRAMES);
    for (const [category, make] of Object.entries(MAILS)) add(category, 'mail', make(d), FRAMES);
    for (const [category, make] of Object.entries(DEVICES)) add(category, 'device', make(d), DEVICE_FRAMES);
  }
  return texts;
}

export function hardNegatives(seed: number, each: number): Labelled[] {
  const d = dice(seed);
  const frames = ['{X}', '参考：{X}。', 'ログ {X} を出力', 'note {X} here', '（{X}）', '{X}のとおり'];
  return Array.from({ length: each }, () => HARD.map((h): Labelled => ({ text: d.pick(frames).replace('{X}', () => d.fill(h)), category: `neg ${h}`, gold: [] }))).flat();
}
