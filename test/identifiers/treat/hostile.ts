import fc from 'fast-check';

/** Pieces that identifiers are made of, whole ones, near misses, and what could glue them together. */
const PIECES: readonly string[] = [
  'yamada@example.com', 'a..b.@docomo.ne.jp', 'taro.yamada+tag@sub.corp.jp', 'ｙａｍａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'user at example dot com', 'm@bücher.example',
  '090-1234-5678', '09012345678', '０９０－１２３４－５６７８', '〇九〇―一二三四―五六七八', '+81 (0)90-1234-5678', '03-1234-5678', '(03)1234-5678', '0120-123-456', '050-1234-5678', 'sip:05012345678@host.example',
  '192.0.2.17', '10.0.0.1:8080', '192.0.2.0/24', '2001:db8:1:2::5', '::ffff:192.0.2.17', 'fe80::1%eth0', '[2001:db8::1]:443', '00:00:5e:00:53:01', '00-00-5E-00-53-01', '0000.5e00.5301',
  'IMEI 490154203237518', 'MAC 001122334455', 'IDFA EA7583CD-A667-48BC-B806-42ECB2B48606',
  '090', '-1234-', '5678', '03', '1234', '012', '3', '-', '.', ':', '@', '＠', ' ', '  ', '(', ')', '/', '〜', '、', '。', '\n', '\t', '[', ']', '*', '***', '[mail-address]', '[*]', 'a', 'F', 'x', '_', 'é',
  'TEL', '電話', '携帯', 'mail', 'IP', 'version 1.2.3.4', 'No.', '注文番号', '円', ' at ', ' dot ', 'example', '.com', 'ne.jp', 'mailto:', 'tel:', '<', '>', '"', ',',
  '\ud83d', '\ude00', '😀', '\u0000', '\u202e', 'が', 'ｶﾞ', '\u200b',
];

/** Texts that try to break a treatment: pieces in any order, with single units in between. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...PIECES) }, { weight: 1, arbitrary: fc.string({ maxLength: 3 }) }, { weight: 1, arbitrary: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)) }), { maxLength: 14 })
  .map((pieces) => pieces.join(''));
