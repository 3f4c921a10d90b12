import { escapeHtml } from 'tokumei/publish';

export interface Page {
  readonly title: string;
  readonly lead: string;
  /** SVG made by the renderer, for a telephone and for a desk; it has escaped its own text. */
  readonly narrow: string;
  readonly wide: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly notes: readonly string[];
  readonly manifest: object;
}

/** A column of the table: figures stand right, words left, and so does what stands above them. */
export interface Column {
  readonly name: string;
  readonly align: 'left' | 'right';
}

/** One self-contained page: chart, the same numbers as a table, and the manifest. No script, nothing loaded from elsewhere. */
export function page({ title, lead, narrow, wide, columns, rows, notes, manifest }: Page): string {
  const cell = (tag: 'th' | 'td') => (value: string | number, at: number): string =>
    `<${tag}${columns[at]!.align === 'right' ? ' class="n"' : ''}>${escapeHtml(typeof value === 'number' ? value.toLocaleString('en') : value)}</${tag}>`;
  const body = `<figure class="narrow">${narrow}</figure>
<figure class="wide">${wide}</figure>
<div class="scroll"><table>
<thead><tr>${columns.map(({ name }) => name).map(cell('th')).join('')}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${row.map(cell('td')).join('')}</tr>`).join('\n')}
</tbody>
</table></div>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light; font: 16px/1.5 system-ui, "Hiragino Sans", "Noto Sans JP", sans-serif; color: #1a1f24; background: #fff; }
body { margin: 0 auto; padding: 1rem; max-width: 54rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0; }
p.lead { margin: 0 0 1rem; color: #47525d; }
figure { margin: 1rem 0; }
figure svg { max-width: 100%; height: auto; display: block; }
figure.wide { display: none; }
@media (min-width: 48rem) { figure.wide { display: block; } figure.narrow { display: none; } }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: baseline; padding: .25rem .4rem; border-bottom: 1px solid #e3e7eb; font-size: .9rem; }
th { color: #47525d; font-weight: 600; }
th.n, td.n { text-align: right; }
pre { overflow-x: auto; background: #f5f7f9; padding: .8rem; font-size: .8rem; }
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${escapeHtml(lead)}</p>
${rows.length === 0 ? '<p>The list is empty: nothing is shared by enough people to be shown.</p>' : body}
<ul>${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul>
<details><summary>Manifest: what was counted, how it was protected, what it cost</summary><pre>${escapeHtml(JSON.stringify(manifest, null, 2))}</pre></details>
</body>
</html>
`;
}
