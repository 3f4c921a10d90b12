import { expect, test } from 'vitest';
import { compileFinder, findIdentifiers, NUMBERING_EG, NUMBERING_JP } from '../../src/identifiers/index.js';

/** The whole text is one finding, or there is none; a figure is the number of findings. */
const WHOLE = 'the whole';
const NONE = 'none';

/**
 * Forms that texts hide identifiers in: separators, widths, units that show nothing, escapes, labels, neighbours. What is
 * not found here is written in another encoding (quoted-printable, HTML, URL): `docs/identifiers.md` says to decode it first.
 */
const CASES: readonly (readonly [string, string | number])[] = [
  ['090\u200b-1234\u200b-5678', WHOLE],
  ['taro\u200b@example.jp', WHOLE],
  ['090-1234-5678\u200d', '090-1234-5678'],
  ['\u202d090-1234-5678\u202c', '090-1234-5678'],
  ['\u2066090-1234-5678\u2069', '090-1234-5678'],
  ['090-1234-\n5678', WHOLE],
  ['090-\n1234-5678', WHOLE],
  ['taro@exam\nple.jp', NONE],
  ['090-1234=2D5678', NONE],
  ['taro=40example.jp', NONE],
  ['taro%40example.jp', WHOLE],
  ['taro&#64;example.jp', WHOLE],
  ['taro&#x40;example.jp', WHOLE],
  ['taro&commat;example.jp', WHOLE],
  ['"mail":"taro@example.jp"', 'taro@example.jp'],
  ['"tel":"090\\u002d1234\\u002d5678"', NONE],
  ['\\ntaro@example.jp', 'taro@example.jp'],
  ['\\ttaro@example.jp', 'taro@example.jp'],
  ['"a\\u0040b.jp"', 'a\\u0040b.jp'],
  ['taro\\u0040example.jp', WHOLE],
  ['\\n090-1234-5678', '090-1234-5678'],
  ['\\u3000090-1234-5678', NONE],
  ['٠٩٠-١٢٣٤-٥٦٧٨', NONE],
  ['０９０1234５６７８', WHOLE],
  ['090–1234—5678', WHOLE],
  ['090・1234・5678', WHOLE],
  ['090.1234.5678', WHOLE],
  ['090_1234_5678', WHOLE],
  ['090 - 1234 - 5678', WHOLE],
  ['(090) 1234-5678', WHOLE],
  ['090/1234/5678', WHOLE],
  ['090 1234 5678', WHOLE],
  ['0 9 0 1 2 3 4 5 6 7 8', NONE],
  ['090-1234-5678円', '090-1234-5678'],
  ['注文番号090-1234-5678', '090-1234-5678'],
  ['¥09012345678', NONE],
  ['090-1234-5678.', '090-1234-5678'],
  ['090-1234-5678, 03-1234-5678', 2],
  ['090-1234-5678/03-1234-5678', 2],
  ['03-1234-5678〜9', '03-1234-5678'],
  ['03-1234-5678（代）', '03-1234-5678'],
  ['TEL03-1234-5678FAX03-1234-5679', 2],
  ['2026-09-02 03-1234-5678', '03-1234-5678'],
  ['2026/09/02 12:30 090-1234-5678', '090-1234-5678'],
  ['550e8400-e29b-41d4-a716-090123456789', NONE],
  ['sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709', NONE],
  ['4111 1111 1111 1111', NONE],
  ['4111-0901-2345-6789', NONE],
  ['v1.2.3.4', NONE],
  ['Chrome/120.0.6099.109', NONE],
  ['firmware 10.2.3.4', NONE],
  ['taro+news@example.jp', WHOLE],
  ['taro.@docomo.ne.jp', WHOLE],
  ['.taro@docomo.ne.jp', WHOLE],
  ['taro@example.jp.', 'taro@example.jp'],
  ['<taro@example.jp>', 'taro@example.jp'],
  ['taro@example.jp、次', 'taro@example.jp'],
  ['メールはtaro@example.jpです', 'taro@example.jp'],
  ['taro@例え.テスト', WHOLE],
  ['e\u0301ric@example.jp', WHOLE],
  ['ta\u0301ro@example.jp', WHOLE],
  ['taro@ex\u00adample.jp', NONE],
  ['ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ', WHOLE],
  ['taro(at)example(dot)jp', WHOLE],
  ['taro [at] example [dot] jp', WHOLE],
  ['taro@example[.]jp', WHOLE],
  ['taro AT example DOT jp', WHOLE],
  ['+８１-90-1234-5678', WHOLE],
  ['＋８１ ９０ １２３４ ５６７８', WHOLE],
  ['tel:+81-90-1234-5678', '+81-90-1234-5678'],
  ['https://wa.me/819012345678', NONE],
  ['sip:0312345678@voip.example', '0312345678'],
  ['mailto:taro@example.jp?subject=x', 'taro@example.jp'],
  ['192.168.0.1:8080', '192.168.0.1'],
  ['http://203.0.113.5/path', '203.0.113.5'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['fe80::1%eth0', WHOLE],
  ['192．168．0．1', WHOLE],
  ['192.168.1.1.', '192.168.1.1'],
  ['ip-10-0-0-1.ec2.internal', NONE],
  ['1.2.3.4.5', NONE],
  ['192.168.0.256', NONE],
  ['00:1A:2B:3C:4D:5E', WHOLE],
  ['00:1A:2B:3C:4D', NONE],
  ['00１A:2B', NONE],
  ['０0:1A:2B:3C:4D:5E', NONE],
  ['電話０３（１２３４）５６７８', '０３（１２３４）５６７８'],
  ['携帯：０９０－１２３４－５６７８', '０９０－１２３４－５６７８'],
  ['090ー1234ー5678', WHOLE],
  ['〇九〇-一二三四-五六七八', WHOLE],
  ['零九零一二三四五六七八', WHOLE],
  ['九〇−一二三四', NONE],
  ['０９０　１２３４　５６７８', WHOLE],
  ['090-1234-5678と080-1234-5678', 2],
  ['Tel:&nbsp;090-1234-5678', '090-1234-5678'],
  ['Tel:&#32;090-1234-5678', '090-1234-5678'],
  ['090&#45;1234&#45;5678', NONE],
  ['090&ndash;1234&ndash;5678', NONE],
  ['<b>090</b>-1234-5678', NONE],
  ['090%2D1234%2D5678', NONE],
  ['tel=%2B819012345678', '%2B819012345678'],
  ['tel=%2B81%2090%201234%205678', NONE],
  ['?phone=09012345678&x=1', '09012345678'],
  ['q=taro%2Bx%40example.jp&z', 'taro%2Bx%40example.jp'],
  ['user_090-1234-5678', '090-1234-5678'],
  ['x09012345678', NONE],
  ['09012345678x', '09012345678'],
  ['09012345678さん', '09012345678'],
  ['id:09012345678', NONE],
  ['№ 0901234567', NONE],
  ['IMEI:490154203237518', '490154203237518'],
  ['490154203237518', NONE],
  ['AAID 38400000-8cf0-11bd-b23e-10b96e40000d', '38400000-8cf0-11bd-b23e-10b96e40000d'],
  ['ser490154203237518', '490154203237518'],
  ['ser12345678901', '12345678901'],
  ['ICCID 8981100022152967705', '8981100022152967705'],
  ['IMSI 440101234567890', '440101234567890'],
  ['MEID A10000009296F2', 'A10000009296F2'],
];

test.each(CASES)('%j: %j', (text, expected) => {
  const found = findIdentifiers(text).map((f) => text.slice(f.start, f.end));
  expect(typeof expected === 'number' ? found.length : found).toEqual(expected === WHOLE ? [text] : expected === NONE ? [] : typeof expected === 'number' ? expected : [expected]);
});

test('units that show nothing are covered and are no part of the value', () => {
  expect(findIdentifiers('to ta\u200bro\u200d@example.jp, 09\u200b0-12\ufe0f34-5678').map((f) => [f.start, f.end, f.canonical])).toEqual([
    [3, 20, 'taro@example.jp'],
    [22, 37, '+819012345678'],
  ]);
});

test('digits of other scripts, where the plan of a region that writes them is loaded', () => {
  const find = compileFinder({ regions: [NUMBERING_JP, NUMBERING_EG] });
  expect(find('هاتف: ٠١٠ ١٢٣٤ ٥٦٧٨').map((f) => f.canonical)).toEqual(['+201012345678']);
  expect(find('+٢٠ ١٠ ١٢٣٤ ٥٦٧٨').map((f) => f.canonical)).toEqual(['+201012345678']);
});
