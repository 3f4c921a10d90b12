const WORDS: ReadonlySet<string> = /* @__PURE__ */ new Set('tel tels telno telephone telephones phone phones phoneno cell cellphone mobile fax sms msisdn keitai denwa whatsapp contact contacts'.split(' '));
const JAPANESE = /電話|携帯|ケータイ|ケイタイ|ＴＥＬ|ファックス|ﾌｧｯｸｽ|ＦＡＸ|℡|連絡先|自宅|勤務先/u;

/**
 * Whether a field's name says that it holds telephone numbers: `tel`, `phoneNumber`, `contact_phone`, `携帯番号`.
 *
 * Only there is a bare run of digits taken for a number that has lost its leading zero or its plus.
 */
export function isPhoneField(name: string): boolean {
  if (JAPANESE.test(name)) return true;
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z]+/);
  return words.some((word) => WORDS.has(word));
}
