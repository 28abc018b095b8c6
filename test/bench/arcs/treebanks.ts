// The treebanks that `npm run arcs` trains and measures on, which lie beside the project: the English Web Treebank and GUM.
import fs from 'node:fs';
import path from 'node:path';
import type { ConlluTree } from '../../../src/syntax/trees/dependencyTree';
import { readConllu } from '../../../src/syntax/trees/readConllu';
import { root } from '../../vscode/paths';

const FOLDER = path.resolve(root, '..', 'shared', 'data', 'ud');
const FILES = {
  train: ['UD_English-EWT/en_ewt-ud-train.conllu', 'GUM-noNC/en_gumfree-ud-train.conllu'],
  dev: ['UD_English-EWT/en_ewt-ud-dev.conllu', 'GUM-noNC/en_gumfree-ud-dev.conllu'],
};

export interface Treebanks {
  /** Sentences to train on, one a line. */
  text: string;
  trainSentences: number;
  /** What is measured: no network has read it. */
  trees: ConlluTree[];
  files: { train: string[]; dev: string[] };
}

/** Throws Error naming the file that is not there. */
export function readTreebanks(): Treebanks {
  const treesOf = (files: string[]) => files.flatMap((file) => readConllu(contentOf(file)).trees);
  const train = treesOf(FILES.train);
  const names = (files: string[]) => files.map((file) => path.basename(file));
  return {
    text: train.map(({ text }) => `${text}\n`).join(''),
    trainSentences: train.length,
    trees: treesOf(FILES.dev),
    files: { train: names(FILES.train), dev: names(FILES.dev) },
  };
}

function contentOf(file: string): string {
  const found = path.join(FOLDER, file);
  if (!fs.existsSync(found)) throw new Error(`npm run arcs needs ${path.relative(root, found)}, which is not there`);
  return fs.readFileSync(found, 'utf8');
}
