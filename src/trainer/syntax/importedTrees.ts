// Dependency trees that a person imported for a run: the CoNLL-U file is kept in the run's folder as it was read.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { GatescopeError } from '../../protocol/failures';
import { conlluReasonSentence, type ConlluProblem } from '../../syntax/trees/conlluProblems';
import { readConllu } from '../../syntax/trees/readConllu';
import { replaceFile } from '../replaceFile';
import { TreeFinder } from './findTrees';

const FILE = 'trees.json';
const storedSchema = v.object({ format: v.literal(1), name: v.string(), content: v.string() });

export interface KeptTrees {
  name: string;
  finder: TreeFinder;
}

export class ImportedTrees {
  /** What is known of the file; undefined before it was looked for. */
  private kept: KeptTrees | null | undefined;

  constructor(private readonly folder: string) {}

  /** Null where none were imported. @throws GatescopeError treesDamaged */
  get(): KeptTrees | null {
    if (this.kept !== undefined) return this.kept;
    const file = path.join(this.folder, FILE);
    if (!existsSync(file)) return (this.kept = null);
    try {
      const { name, content } = v.parse(storedSchema, JSON.parse(readFileSync(file, 'utf8')));
      return (this.kept = { name, finder: new TreeFinder(readConllu(content).trees) });
    } catch (error) {
      throw new GatescopeError('treesDamaged', { reason: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Takes the trees of a CoNLL-U file in place of those before, unless there are none. @throws GatescopeError noTrees, storageUnwritable */
  keep(name: string, content: string): KeptTrees & { problems: ConlluProblem[] } {
    const { trees, problems } = readConllu(content);
    if (trees.length === 0) throw noTrees(name, problems);
    try {
      replaceFile(path.join(this.folder, FILE), JSON.stringify({ format: 1, name, content }));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new GatescopeError('storageUnwritable', { folder: this.folder, reason });
    }
    this.kept = { name, finder: new TreeFinder(trees) };
    return { ...this.kept, problems };
  }
}

function noTrees(name: string, [first]: readonly ConlluProblem[]): GatescopeError {
  if (!first) return new GatescopeError('noTrees', { name, line: 0 });
  const { code, args } = first.reason;
  const reason = conlluReasonSentence(first.reason);
  return new GatescopeError('noTrees', { ...args, name, line: first.line, code, reason });
}
