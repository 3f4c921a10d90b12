import { OTHER_IF_NUMBER, OTHER_NUMBER, PHONE, PHONE_WEAK, UNIT, type WordList } from './words.js';

/** More English words, for national numbers of other regions: those look like more kinds of numbers than Japan's do. */
export const WORLD_WORDS: WordList = [
  [PHONE, 'whats cellphone cellular called calling dialed dialled dialing phoned ringing landline voicemail handset mob tollfree freephone text texted texting texts telefon telefono handy viber signal'],
  [PHONE_WEAK, 'reached reaching touch office home work helpline line desk'],
  [
    OTHER_NUMBER,
    'orders acct visa amex mastercard credit debit ssn iban passport license licence uid pid issn ean upc gtin zipcode postcode cost sum usd eur jpy gbp revision epoch updated modified expires ' +
      'dob birth population reference batch vat ein routing swift blz bic hash sha md5 checksum commit uuid guid seq sequence latitude longitude lat lon lng pin bsn nhs nino siret ' +
      'siren tin itin nif cpf cnpj wallet bitcoin btc eth cvv aged',
  ],
  [OTHER_IF_NUMBER, 'ticket case customer member user employee item part model policy claim student job room track product transaction confirmation booking flight train bus driver document file record registration patient contract parcel bank tax social security'],
  [UNIT, 'byte eur dollars euros pieces items people rows lines points pts percent tb'],
];
