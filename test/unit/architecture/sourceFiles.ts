// The project's own source files and what each imports, read with the TypeScript compiler.
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The project's root. */
export const root = path.resolve(__dirname, '../../..');

/** Paths below `folder`, relative to the root with forward slashes, that `keep` accepts. */
export function filesIn(folder: string, keep: (file: string) => boolean): string[] {
  const absolute = path.join(root, folder);
  if (!fs.existsSync(absolute)) return [];
  return fs
    .readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
    .filter((file) => fs.statSync(path.join(root, file)).isFile() && keep(file))
    .sort();
}

export function readSource(file: string): string {
  return fs.readFileSync(path.join(root, file), 'utf8');
}

export function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readSource(file), ts.ScriptTarget.ES2022, true);
}

/** Calls `visit` for every node below `node`, depth first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

interface Import {
  /** A project file as its path from the root without extension, or a package's specifier. */
  to: string;
  /** Erased when compiled: it orders the layers but makes no cycle. */
  typeOnly: boolean;
}

function importIn(node: ts.Node): { specifier: ts.Node | undefined; typeOnly: boolean } | null {
  if (ts.isImportDeclaration(node))
    return { specifier: node.moduleSpecifier, typeOnly: node.importClause?.isTypeOnly ?? false };
  if (ts.isExportDeclaration(node)) return { specifier: node.moduleSpecifier, typeOnly: node.isTypeOnly };
  if (!ts.isCallExpression(node)) return null;
  const imports = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const requires = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  return imports || requires ? { specifier: node.arguments[0], typeOnly: false } : null;
}

/** Every import, export-from, dynamic import and require of a file. */
export function importsOf(file: string): Import[] {
  const found: Import[] = [];
  walk(parse(file), (node) => {
    const { specifier, typeOnly } = importIn(node) ?? {};
    if (!specifier || !ts.isStringLiteral(specifier)) return;
    const name = specifier.text;
    const to = name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name;
    found.push({ to, typeOnly: typeOnly ?? false });
  });
  return found;
}
