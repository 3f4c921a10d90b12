import { describe, expect, test } from 'vitest';
import { allRegions, compileFinder } from '../../src/identifiers/index.js';

const japan = compileFinder();
const world = compileFinder({ regions: allRegions });
type Find = typeof japan;

const spans = (find: Find, text: string): string[] => find(text).map((f) => text.slice(f.start, f.end));
/** The part between ‹ and › is what has to be found, alone; a text without them holds nothing. */
function holds(find: Find, marked: string): void {
  const text = marked.replace(/[‹›]/g, '');
  expect([marked, spans(find, text)]).toEqual([marked, [...marked.matchAll(/‹(.*?)›/g)].map((m) => m[1])]);
}

describe('what stands around a national number', () => {
  test.each([
    'Caan\\n Germany 99705\\n‹42-51-49-67›-Office\\,‹403-938-5946›-Fax',
    '‹546.257.6123x413›-Fax',
    '‹85 99 60› fax',
    'They are not answering at ‹433 5227›',
    'Please have the manager call me at ‹85 99 60› I would like to join',
    'my registered ‹445 6271›.',
    'stop receiving messages to ‹329 3803›',
    'T: ‹81175258›',
    'Ph ‹0914304149›',
    '(h) ‹020 7946 0958› (w) ‹020 7946 0123›',
    '📞 ‹0912128454›',
    '☎️ ‹0912128454›',
    'Is ‹30012576› still your number?',
    'He left ‹34 41 03 79› as his contact.',
    'The caller id showed ‹(506) 456-6732›.',
    'Nora Vik, ‹9155 4321›',
    'Yours, Tom Said / ‹19 43 78 69›',
    'Send the code to ‹0111523450522› please',
    'Nora Vik\nBaker Lane 7\n‹27 34 55 83›',
    'Our hotline is ‹32.12.92.32› (Mon-Fri)',
    'Phone: ‹21 259 903 5696›',
  ])('%s', (marked) => holds(world, marked));

  test.each([
    'Kristin\\n28792 2184 Albert St\\n Apt. 742',
    'Suite 929 81003 Oak Lane',
    "I'd like to call a taxi to 711 130 Rue du Maroc",
    'Box 2979 2000 Unit',
    '0537 845 137th Avenue',
    'Opening hours 0900-1800',
    'the Meiji era, 1868-1912',
    '02/14-07/04',
    '97-01-26 1847',
    '10.02.10 04.04',
    '27 844 800 inhabitants',
    'population 27.540.340',
    'draw 27 34 55 83',
    'case 418-52279',
    'order number 206-342-8631',
    'lotto 857/755/774',
    '857/755/774',
    'ran 20790-51934 steps',
    'bearings 81003-94257',
    'tracking 2878-165276',
    '会員No.76904201',
    'シリアル番号：9914699986',
    '記号77810 番号45910297',
    '品番 7567-6304',
    'ヤマト運輸 3265-7521-0138',
    '寸法 841-517-926',
    'asset tag 265 0388 304',
    'badge 8913-52281',
    '6628 7449 93 ok',
    'split times 96.45 71.45 37.19',
    'Athens 80.0702 36.1207',
    'balls 28 26 48 08 37',
    'Birkholmgade 769 - 3719 Aalborg',
    'Cass. 34991/2021',
    'call no. 231.95 549',
    'Mon 02 0900-1730',
    'WO 1990/531564',
    'Nature 183, 920-249 (1999)',
    'stock code 63437858',
    'Beckergasse 14-95 45233 Diepholz',
    'IBAN PT61 5541 1287 7032 1234 5678 9',
  ])('nothing in: %s', (text) => holds(world, text));
});

describe('in every region', () => {
  test.each([
    '‹03-1234-5678x42›、‹x42@au.com›',
    '‹090-3139-0702›,‹x42@au.com›',
    '‹090-3139-0702› ‹ext5@example.jp›',
    'ケータイ番号‹09031390702›',
    'ダイヤル番号‹0312345670›',
  ])('%s', (marked) => holds(japan, marked));

  test.each(['0.651119829', 'p = 0.5027700661', '０．６５１１１９８２９', '問い合わせ番号 0748466457', '会員No.0748466457', 'ES33 0775 1994 0030 6681 9502'])('nothing in: %s', (text) => {
    holds(japan, text);
    holds(world, text);
  });

  test.each([
    ['011 15-2345-6789', '+5491123456789'],
    ['(0341) 15-612-3456', '+5493416123456'],
    ['0341 15-612-345', undefined],
  ])('Argentina writes a 15 at home where it has a 9 from abroad: %s', (text, canonical) => {
    expect(world(text).find((f) => f.region === 'AR')?.canonical).toBe(canonical);
  });

  test.each([
    ['+44 020 7946 0958', '+442079460958'],
    ['(+213) 0551 23 45 67', '+213551234567'],
    ['+49 (0170) 1234567', '+491701234567'],
    ['+994 (055) 123-45-67', '+994551234567'],
    ['+39 02 1234 5678', '+390212345678'],
    ['+225 01 23 45 67 89', '+2250123456789'],
    ['010 44 20 7946 0958', '+442079460958'],
    ['Call 011 44 20 7946 0958', '+442079460958'],
    ['Call 0011 44 20 7946 0958', '+442079460958'],
    ['電話 011-222-3333', '+81112223333'],
  ])('%s is %s', (text, canonical) => {
    for (const find of [japan, world]) expect(find(text).map((f) => f.canonical)).toEqual([canonical]);
  });

  test('pairs of digits after a telephone word are no IPv4 address, other addresses are', () => {
    expect(world('Mobile 90.20.26.65').map((f) => f.kind)).toEqual(['mobile']);
    expect(world('the phone at 192.168.100.7').map((f) => f.kind)).toEqual(['ipv4']);
    expect(world('host 90.20.26.65').map((f) => f.kind)).toEqual(['ipv4']);
  });
});

describe('forms, and what only looks like them', () => {
  test.each([
    ...['○九○-一二三四-五六七八', '◯三―一二三四―五六七八', '090─1234─5678', '090━1234━5678', '090--1234--5678', '090\u20021234\u20025678', '090\u202f1234\u202f5678', '０90-1234-5678'].map((n) => `‹${n}›`),
    '‹09012345678›Email',
    '‹0312345678›foobaa ‹09011112222›',
    'sip:‹+819012345678›@host.example',
    'https://wa.me/‹819012345678›',
    '‹taro@日本-語.jp›',
    '加入者識別番号 ‹440101234567890›',
    'mail: ‹taro at example-dot-co-dot-jp›',
    'mail: ‹taro★example点co点jp›',
    'mail: ‹taro-at-example-dot-co-dot-jp›',
    '端末識別番号 ‹490154203237518›',
    'Bluetoothアドレス ‹001122AABBCC›',
    'gps_adid=‹38400000-8cf0-11bd-b23e-10b96e40000d›',
    'oaid ‹38400000-8cf0-11bd-b23e-10b96e40000d›',
    'DoCoMo/2.0 N2001(c10;ser‹350199600023456›;icc‹8981100000033333333f›)',
    '‹::ffff:c000:280›',
    '‹1.2.3.4/16›',
    '‹27.21.21.19› - - [10/Oct/2000:13:55:36 -0700]',
    '{ipv4:"‹1.2.3.4›"}',
  ])('%s', (marked) => {
    holds(japan, marked);
    holds(world, marked);
  });

  test.each([
    '集合@渋谷。明日は晴れ',
    'cc @naoki.dev',
    'write to @iana.org',
    '（look at github.com）',
    'see life-at-google.com',
    'created_at_utc.value',
    '20.45.2.54章',
    'Netherlands 001122334455',
    'gps_adid=00000000-0000-0000-0000-000000000000',
    'upload id 38400000-8cf0-11bd-b23e-10b96e40000d',
    '端末 490154203237517',
    '0312345678 kbps',
    '0312345678kbps',
    'similar 8981100000000000000',
    'physical card 1234567890123456',
    '端末 4111111111111111',
    '0312345678abc',
    '0312345678k8x2',
    'Policy No. 0312345678',
    '東京都千代田区丸の内24-11-29-881',
    'a,b,150-0001',
    '03---1234---5678',
    '1.2.3.4',
    '集合地点com店',
    'the state-of-the-art-at-home kit.com',
  ])('nothing in: %s', (text) => {
    holds(japan, text);
    holds(world, text);
  });

  test('mail spelled out: every sign for @ with every sign for the dot', () => {
    const ats = [' at ', '[at]', '(at)', '{at}', '<at>', '(a)', '[a]', '_at_', '（at）', '【at】', '［at］', '〔at〕', '｛at｝', '＜at＞', ' (at mark) ', 'あっと', 'アットマーク', '★', '◎', '[@]', '&#64;', '%40'];
    const dots = ['.', ' dot ', '[dot]', '(dot)', '{dot}', '[.]', '【dot】', '（dot）', 'ドット', 'どっと', '_dot_', '。', '．', '・'];
    for (const at of ats) {
      for (const dot of dots) {
        const written = `hanako.s99${at}example${dot}co${dot}jp`;
        const [found, ...more] = japan(`mail: ${written} まで`);
        expect([written, more.length, found?.class, found?.canonical]).toEqual([written, 0, 'mail-address', 'hanako.s99@example.co.jp']);
      }
    }
  });
});
