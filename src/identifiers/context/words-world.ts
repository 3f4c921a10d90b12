import { LINK, OTHER_IF_NUMBER, OTHER_NUMBER, PHONE, PHONE_WEAK, TOUCH, UNIT, type WordList } from './words.js';

/** More words, for national numbers of other regions: those look like more kinds of numbers than Japan's do. */
export const WORLD_WORDS: WordList = [
  [
    PHONE,
    'whats whatsapp telegram cellphone cellular called calling calls caller callback dialed dialled dialling dialing phoned phoning ringing rings rang landline voicemail handset mob tollfree freephone ' +
      'text texted texting texts message messages messaged answering picks helpline switchboard telefon telefono fono telephon tlf tlfn handy viber signal handynummer telefonnummer rufnummer mobil movil ' +
      'celular mobiel telefoon telefoonnummer puhelin telefone telemovel portable 📞 📱 📲 ☎️ Té',
  ],
  [PHONE_WEAK, 'reached reaching touch office home work line desk registered reservations bookings emergency answer answers code otp recognise recognize numero nummer'],
  [
    OTHER_NUMBER,
    'orders acct visa amex mastercard credit debit ssn iban passport license licence uid pid issn ean upc gtin zipcode postcode cost sum usd eur jpy gbp revision epoch updated modified expires ' +
      'dob birth population reference batch vat ein routing swift blz bic hash sha md5 checksum commit uuid guid seq sequence latitude longitude lat lon lng pin bsn nhs nino siret ' +
      'siren tin itin nif cpf cnpj wallet bitcoin btc eth cvv aged bestellnummer rechnung rechnungsnummer kundennummer score lotto dimensions size awb pnr dhl fedex ups ' +
      '品番 寸法 運輸 急便 追跡 記号 証券 契約 管理',
  ],
  [OTHER_NUMBER | TOUCH, 'suite apt apartment unit box flat floor room lot row page pages pp po case ticket parcel shipment item part model claim job policy booking pn sn hours open seasons budget'],
  [OTHER_IF_NUMBER, 'user contract ticket employee student track product transaction confirmation flight train bus driver document file record registration patient bank tax social security stock zone error'],
  [LINK, 'nr num'],
  [UNIT, 'byte eur dollars euros pieces items people rows lines points pts percent tb inhabitants units residents copies votes street st ave avenue road rd lane drive blvd boulevard rue chemin via calle strasse ulica ul'],
];
