// docs/identifiers.md lists every value on which we and others differ. This reads the lists, and writes values as they do.

/** A value longer than this is written by its beginning and its length. */
const LONGEST = 64;
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\ufffd]|(?! )\p{Zs}|^ | $|\\/gu;

const escape = (sign: string): string => (sign === '\\' ? '\\\\' : Array.from({ length: sign.length }, (_, i) => `\\u${sign.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''));

/** As it stands in a list: what nobody can see is escaped, a long row of one sign is counted, and a value that is still long is its beginning and its length. */
export function written(value: string): string {
  const short = value.replace(/(.)\1{15,}/gu, (row: string, sign: string) => `${sign}×${row.length / sign.length}`);
  return short.length <= LONGEST ? short.replace(HIDDEN, escape) : `${[...short].slice(0, 40).join('').replace(HIDDEN, escape)}…[${value.length}]`;
}

export interface Reason {
  readonly reason: string;
  readonly values: readonly string[];
}

const HEADING = '## Every deviation, value by value';

/** The lists by their headings. In a bullet, what stands before the first colon is the reason; a locale counts for the values behind it. */
export function listedDeviations(markdown: string): ReadonlyMap<string, readonly Reason[]> {
  const start = markdown.indexOf(`\n${HEADING}\n`);
  if (start < 0) throw new Error(`no heading "${HEADING}"`);
  const section = markdown.slice(start + HEADING.length + 2).split(/\n## /)[0]!;
  return new Map(section.split(/\n### /).slice(1).map((part) => {
    const name = part.split('\n')[0]!;
    return [name, part.slice(name.length).split('\n- ').slice(1).map((bullet) => readBullet(bullet.replace(/\n\s*/g, ' ')))];
  }));
}

function readBullet(bullet: string): Reason {
  const colon = bullet.indexOf(': ');
  if (colon < 0) throw new Error(`a bullet without a reason: ${bullet}`);
  const values: string[] = [];
  let locale = '';
  for (const [i, piece] of spans(bullet.slice(colon + 1)).entries()) {
    if (i % 2 === 1) values.push(locale === '' ? piece : `${locale} ${piece}`);
    else if (piece.trim() !== '') locale = piece.trim();
  }
  return { reason: bullet.slice(0, colon), values };
}

/** Text and code spans by turns; a span that holds a backtick has two at both ends. */
function spans(text: string): string[] {
  return text.split('``').flatMap((piece, i) => (i % 2 === 1 ? [piece] : piece.split('`')));
}
