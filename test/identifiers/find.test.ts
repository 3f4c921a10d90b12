import { expect, test } from 'vitest';
import { findIdentifiers } from '../../src/identifiers/index.js';

const seen = (text: string): string[] => findIdentifiers(text).map((f) => `${f.kind}:${text.slice(f.start, f.end)}`);

test('one of each class in one Japanese sentence', () => {
  expect(seen('連絡先はtaro..x@docomo.ne.jp、携帯０９０－１２３４－５６７８、代表03-1234-5678。接続元は203.0.113.9、端末は00-1A-2b-3C-4d-5E。')).toEqual([
    'mobile:taro..x@docomo.ne.jp',
    'mobile:０９０－１２３４－５６７８',
    'fixed-line:03-1234-5678',
    'ipv4:203.0.113.9',
    'mac:00-1A-2b-3C-4d-5E',
  ]);
});
