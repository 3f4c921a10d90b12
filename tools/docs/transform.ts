import ts from 'typescript';

/** Where a name that a snippet uses without importing it can be imported from, or undefined where it is no name of ours. */
export type Finder = (name: string) => string | undefined;

const parse = (code: string): ts.SourceFile => ts.createSourceFile('snippet.ts', code, ts.ScriptTarget.ES2022, true);

function parses(expression: string): boolean {
  const { diagnostics } = ts.transpileModule(`(${expression}\n)`, { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  return expression.trim() !== '' && (diagnostics ?? []).length === 0;
}

/**
 * The claim in the comments between a statement and the next: `// => value`, which may go on in comments on the lines below.
 * Prose below a whole value is not taken for a part of it.
 */
function claimIn(gap: string): string | undefined {
  const start = /\/\/ =>\s?/u.exec(gap);
  if (start === null) return undefined;
  const [head = '', ...below] = gap.slice(start.index + start[0].length).split('\n');
  let claim = head.trim();
  if (/^(?:throws TOKUMEI_\w+|-?[\d.]+…)$/u.test(claim)) return claim;
  for (const row of below) {
    if (parses(claim)) break;
    const more = /^\s*\/\/(.*)$/u.exec(row);
    if (more === null) break;
    claim += `\n${more[1] ?? ''}`;
  }
  if (!parses(claim)) throw new Error(`the claim is no value: ${claim}`);
  return claim;
}

/** A line of test for a claim about an expression. */
function check(expression: string, claim: string): string {
  const code = /^throws (TOKUMEI_\w+)$/u.exec(claim)?.[1];
  if (code !== undefined) return `await expect((async () => { ${expression}; })()).rejects.toMatchObject({ code: '${code}' });`;
  if (claim.endsWith('…')) return `expect(String(${expression})).toMatch(new RegExp('^' + ${JSON.stringify(claim.slice(0, -1).replace('.', '\\.'))}));`;
  return `expect(${expression}).toEqual(${claim});`;
}

function checked(statement: ts.Statement, claim: string, source: ts.SourceFile): string {
  const text = statement.getText(source);
  if (ts.isExpressionStatement(statement)) {
    const { expression } = statement;
    const logged = ts.isCallExpression(expression) && expression.expression.getText(source) === 'console.log' ? expression.arguments : undefined;
    if (logged !== undefined && logged.length !== 1) throw new Error(`a claim about console.log needs one argument: ${text}`);
    return check((logged?.[0] ?? expression).getText(source), claim);
  }
  const declared = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
  const name = declared[0]?.name;
  if (declared.length !== 1 || name === undefined || !ts.isIdentifier(name)) throw new Error(`a claim can follow an expression or one constant: ${text}`);
  return `${text}\n${check(name.text, claim)}`;
}

/** Names that the snippet uses, apart from those that it declares itself. */
function freeNames(source: ts.SourceFile): ReadonlySet<string> {
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
      const isLabel = (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node;
      const isDeclared = (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent) || ts.isFunctionDeclaration(parent)
        || ts.isImportSpecifier(parent) || ts.isTypeAliasDeclaration(parent) || ts.isInterfaceDeclaration(parent)) && parent.name === node;
      if (isDeclared) declared.add(node.text);
      else if (!isMember && !isLabel) used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return new Set([...used].filter((name) => !declared.has(name)));
}

/** Turns a snippet into a vitest file: it runs, and every `// =>` in it is compared. */
export function toTest(title: string, code: string, find: Finder): string {
  const source = parse(code);
  const imports: string[] = [];
  const body: string[] = [];
  let claims = 0;
  source.statements.forEach((statement, index) => {
    if (ts.isImportDeclaration(statement)) {
      imports.push(statement.getText(source));
      return;
    }
    const next = source.statements[index + 1];
    const claim = claimIn(code.slice(statement.end, next === undefined ? code.length : next.getStart(source)));
    if (claim !== undefined) claims += 1;
    body.push(claim === undefined ? statement.getText(source) : checked(statement, claim, source));
  });
  const written = code.match(/\/\/ =>/gu)?.length ?? 0;
  if (written !== claims) throw new Error(`${title}: ${written - claims} of its claims (// =>) follow no statement of the outermost level`);
  for (const name of freeNames(source)) {
    const from = find(name);
    if (from !== undefined) imports.push(`import { ${name} } from '${from}';`);
  }
  return [`import { expect, test } from 'vitest';`, ...imports, '', `test(${JSON.stringify(title)}, async () => {`, ...body, '});', ''].join('\n');
}
