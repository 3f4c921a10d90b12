import { dice, type Dice } from './random.js';
import type { Labelled } from './labelled.js';

/** How people of some forty countries write their numbers at home; the digits after the first ones are drawn at random. */
const FORMATS: readonly (readonly [string, readonly string[]])[] = [
  ['AU', ['(08) 8### ####', '(03) 9### ####', '04## ### ###']],
  ['AT', ['0664 ### ## ##', '0699 ### ####', '01 ### ## ##']],
  ['BE', ['047# ## ## ##', '02 ### ## ##']],
  ['BR', ['(11) 3###-####', '(21) 9####-####']],
  ['CA', ['416-###-####', '(514) ###-####']],
  ['CH', ['044 ### ## ##', '078 ### ## ##']],
  ['CY', ['96 ######', '22 ######']],
  ['CZ', ['73# ### ###', '60# ### ###']],
  ['DE', ['0711 ## ## ##', '030 ########', '0151 #######', '06431 ######']],
  ['DK', ['##-##-##-##', '2# ## ## ##']],
  ['EE', ['5## ####', '6## ####']],
  ['ES', ['6## ### ###', '91# ## ## ##']],
  ['FI', ['04# ### ####', '09 #### ####']],
  ['FR', ['01.##.##.##.##', '06 ## ## ## ##', '05-##-##-##-##']],
  ['GB', ['077 #### ####', '07### ######', '020 7### ####', '0161 ### ####', '01### ######']],
  ['GR', ['21# ### ####', '69## ### ###']],
  ['HK', ['2### ####', '9### ####']],
  ['HR', ['01 #### ###', '09# ### ####']],
  ['HU', ['(30) ###-####', '06 1 ### ####', '(70) ###-###']],
  ['IE', ['01 ### ####', '08# ### ####']],
  ['IL', ['05#-###-####', '03-###-####']],
  ['IN', ['98### #####', '011 #### ####']],
  ['IS', ['4## ####', '8## ####']],
  ['IT', ['03## #######', '3## ### ####', '06 ########']],
  ['MX', ['55 #### ####', '33 #### ####']],
  ['MY', ['01#-### ####', '03-#### ####']],
  ['NL', ['06-########', '020-#######']],
  ['NO', ['9## ## ###', '## ## ## ##']],
  ['NZ', ['(09) ### ####', '021 ### ####', '(027) ####-###']],
  ['PL', ['5## ### ###', '(22) ### ## ##', '## ### ## ##']],
  ['PT', ['21 ### ####', '91# ### ###']],
  ['RO', ['07## ### ###', '021 ### ## ##']],
  ['RU', ['8 (9##) ###-##-##', '8 ### ###-##-##']],
  ['SE', ['0###-#######', '08-### ## ##', '070-### ## ##']],
  ['SG', ['6### ####', '9### ####']],
  ['SI', ['031 ### ###', '01 ### ## ##']],
  ['TN', ['7# ### ###', '2# ### ###']],
  ['TR', ['0532 ### ## ##', '0212 ### ## ##']],
  ['US', ['###-###-####', '(###) ###-####', '1-###-###-####', '###.###.####', '###-###-#### x###']],
  ['ZA', ['083 ### ####', '021 ### ####']],
];

const NAMES = ['Ada Quill', 'Rolf Bern', 'Mina Okoye', 'Tom Said', 'Lea Duarte', 'Priya Nair'];
const SAID = [
  'Her phone is {P}, but she rarely answers.', 'Give us a call on {P} and ask for {N}.', 'fax {P}', 'Phone {P}', 'mobile: {P}', 'To cancel, text {P}.', 'Somebody phoned from {P} at noon.',
  'The new telephone number of the clinic is {P}.', 'Dial {P} for the front desk.', 'You may call {N} at {P} or {P}.', 'Cell: {P} (after six)', 'We left a voicemail at {P}.',
];
const HINTED = ['Contact {N} at {P}.', 'My number changed to {P} last week.', 'Reach us at {P} on weekdays.', 'Get in touch: {P}', 'In an emergency contact {N}, {P}.', 'The number is {P}.'];
const BARE = ['{N}, {P}', '{N}\nBaker Lane 7\n{P}', 'Yours, {N} / {P}', '{P} ({N})'];
const NOISE = [
  'My card 4### #### #### #### was declined.', 'Card number 5###############', 'SSN 5##-##-####', 'Her social security number is 6##-##-####.', 'IBAN DE89 37## 0044 0532 0130 00', 'IBAN GB29NWBK601613########',
  'Invoice ##### for $4,###.50 is due on 2026-0#-1#.', 'Order number 10########## has shipped.', 'He was born on 1#/0#/19## in Bern.', 'ZIP 9####-4###', 'ticket 7#######', 'Account 00######## was closed.',
  'Flight LX1## leaves at 1#:3# from gate B##.', 'It costs 12#,### euros.', 'Between 19## and 20## prices rose by 1#.# percent.', 'Version 1.2#.# fixes it.', 'The server at rack 12 is slow.', 'see RFC 5322, section 3.4.1',
  'Lat 47.######, lon -8.######', 'ISBN 978-3-16-######-0', 'tracking number 1Z999AA1########', 'Passport 5########', 'Routing number 0########', 'epoch 17########', 'We sold ##### units to #### customers.', '#### Oak Street, Apt ##', 'VIN 1HGCM82633A######',
  'Room ### on floor #.', 'id=#########', 'The match ended 3-1 after 90 minutes.', 'Driver license D###-####-####', 'It was 19## - 20##.', 'policy 44-######-#', 'EAN 40##########',
];

export const COUNTRIES: readonly string[] = FORMATS.map(([code]) => code);

export function worldTexts(seed: number, count: number): Labelled[] {
  const d = dice(seed);
  const texts: Labelled[] = [];
  for (let i = 0; i < count; i++) {
    const roll = d.int(100);
    if (roll >= 58) texts.push({ text: d.fill(d.pick(NOISE)), category: 'noise', gold: [] });
    else texts.push(roll < 34 ? one(d, 'said', SAID) : roll < 50 ? one(d, 'hinted', HINTED) : one(d, 'bare', BARE));
  }
  return texts;
}

function one(d: Dice, category: string, frames: readonly string[]): Labelled {
  const gold: { start: number; end: number; kind: 'phone' }[] = [];
  let text = '';
  for (const part of d.pick(frames).split(/(\{[NP]\})/)) {
    if (part === '{P}') {
      const [, formats] = d.pick(FORMATS);
      const number = d.fill(d.pick(formats));
      gold.push({ start: text.length, end: text.length + number.length, kind: 'phone' });
      text += number;
    } else text += part === '{N}' ? d.pick(NAMES) : part;
  }
  return { text, category, gold };
}
