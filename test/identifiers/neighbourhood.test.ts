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
    'tracking 2878-165276',
    '会員No.76904201',
    'シリアル番号：9914699986',
    '記号77810 番号45910297',
    '品番 7567-6304',
    'ヤマト運輸 3265-7521-0138',
    '寸法 841-517-926',
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

  test.each(['0.651119829', 'p = 0.5027700661', '０．６５１１１９８２９', '問い合わせ番号 0748466457', '会員No.0748466457'])('nothing in: %s', (text) => {
    holds(japan, text);
    holds(world, text);
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
