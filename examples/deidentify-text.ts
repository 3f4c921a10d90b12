// Taking mail addresses, device addresses and telephone numbers out of text, records and streams.
// Run: npm run -s build && npx tsx examples/deidentify-text.ts
import { dropField, generalise, keep, label, mask, profile, pseudonym, surrogate, treat, treatChunks, treatRecord, wholeField } from 'tokumei/identifiers';
import { nodeHmacSha256 } from 'tokumei/node';

const ticket = '山田様（taro.yamada@example.com、０９０－１２３４－５６７８）より 03-1234-5678 へ。端末 192.0.2.17 / 00:00:5e:00:53:01';

// In earnest 32 random bytes from a key store; fixed here, so that the output is the same for everybody.
const key = Uint8Array.from({ length: 32 }, (_, i) => i);

console.log('label      ', treat({})(ticket));
console.log('mask       ', treat({ 'mail-address': mask({ keepDomain: true }), others: mask({ keepLast: 4 }) })(ticket));
console.log('generalise ', treat({ others: generalise() })(ticket));
console.log('surrogate  ', treat({ others: surrogate() })(ticket));

// However a number is written, its pseudonym is the same; another service with another context cannot join.
const join = treat({ 'mobile-or-ip-phone': pseudonym({ key, context: 'shop/support', mac: nodeHmacSha256 }), 'mail-address': keep(), others: label() });
console.log('pseudonym  ', join('090-1234-5678'), join('+81 90 1234 5678') === join('０９０－１２３４－５６７８'));

// Records: by field, and with the zero that a spreadsheet took away.
const clean = treatRecord({ 'mail-address': mask({ keepDomain: true }) }, { fields: { note: dropField(), contact: wholeField('mail-address') } });
console.log('record     ', clean({ tel: 9012345678, contact: 'ask Bob', note: 'call first', log: ['from 2001:db8:1:2::5'] }));

// Streams: wherever the text is cut, the output is that of the whole text.
let streamed = '';
for await (const piece of treatChunks({})([ticket.slice(0, 12), ticket.slice(12, 30), ticket.slice(30)])) streamed += piece;
console.log('stream     ', streamed === treat({})(ticket));

// What is in data that nobody knows well? For the operator alone.
const report = profile([{ who: 'taro.yamada@example.com', memo: 'called 03-1234-5678' }, { who: 'hanako@docomo.ne.jp', memo: 'no answer' }]);
for (const { column, holds, found, values } of report.figures.columns) console.log('profile    ', `${column}: ${holds}, ${found} of ${values}`);
