// Every sentence a person can read exists in Korean, with the same placeholders, and nothing is translated that is not said.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { filesIn, parse, readSource, root, walk } from './sourceFiles';

const isSource = (file: string): boolean => file.endsWith('.ts') && !file.includes('/assembly/');
const sources = [...filesIn('src', isSource), ...filesIn('webview', isSource)];

function readJson(file: string): Record<string, string> {
  return JSON.parse(readSource(file)) as Record<string, string>;
}

/** Every Korean sentence by its English one. */
function korean(): Map<string, string> {
  const parts = filesIn('l10n/parts', (file) => file.endsWith('.ko.json'));
  return new Map(parts.flatMap((file) => Object.entries(readJson(file))));
}

/** `vscode.l10n.t(…)`, `l10n.t(…)`, or `t(…)` of a Translate that was handed over. */
function isTranslation(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) && /^((.*\.)?l10n\.|(this|options)\.)?(t|translate)$/.test(node.expression.getText())
  );
}

/** Sentences given to a translation as literals, with the file they are in. */
function spoken(): Map<string, string> {
  const sentences = new Map<string, string>();
  for (const file of sources)
    walk(parse(file), (node) => {
      if (!isTranslation(node)) return;
      const [first] = node.arguments;
      const literals = first && ts.isConditionalExpression(first) ? [first.whenTrue, first.whenFalse] : [first];
      for (const literal of literals) if (literal && ts.isStringLiteralLike(literal)) sentences.set(literal.text, file);
    });
  return sentences;
}

function everyLiteral(): Set<string> {
  const literals = new Set<string>();
  for (const file of sources)
    walk(parse(file), (node) => {
      if (ts.isStringLiteralLike(node)) literals.add(node.text);
      if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) literals.add(node.name.text);
    });
  return literals;
}

const placeholders = (sentence: string): string[] => [...new Set(sentence.match(/\{\w+\}/g) ?? [])].sort();

describe('translations', () => {
  it('cover every sentence of the extension host and of the inspector in Korean', () => {
    const known = korean();
    const missing = [...spoken()].filter(([sentence]) => !known.has(sentence)).map(([s, file]) => `${file}: ${s}`);
    assert.deepEqual(missing, []);
  });

  it('hold no sentence that is never said', () => {
    const literals = everyLiteral();
    const unused = [...korean().keys()].filter((sentence) => !literals.has(sentence));
    assert.deepEqual(unused, []);
  });

  it('keep the placeholders of the English sentence', () => {
    const wrong = [...korean()].filter(([en, ko]) => placeholders(en).join() !== placeholders(ko).join());
    assert.deepEqual(wrong, []);
  });

  it('cover every string of the manifest in both languages', () => {
    const manifest = readSource('package.json');
    const used = [...new Set([...manifest.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]))].sort();
    assert.ok(used.length > 0, 'the manifest has no translated strings');
    assert.deepEqual(Object.keys(readJson('package.nls.json')).sort(), used);
    assert.deepEqual(Object.keys(readJson('package.nls.ko.json')).sort(), used);
  });

  it('are shipped as one bundle, the merge of all parts', () => {
    const file = path.join(root, 'dist/l10n/bundle.l10n.ko.json');
    assert.ok(fs.existsSync(file), 'dist/l10n is missing: run `npm run build`');
    const merged = readJson('dist/l10n/bundle.l10n.ko.json');
    assert.deepEqual(new Map(Object.entries(merged).sort()), new Map([...korean()].sort()));
  });
});
