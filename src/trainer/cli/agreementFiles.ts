// Files of agreement sets: what is wrong with their lines is said, and a file without an item is refused.
import path from 'node:path';
import { conlluItems, type ConlluItem } from '../../labs/agreement/conlluItems';
import { conlluReasonSentence } from '../../syntax/trees/conlluProblems';
import { readConllu } from '../../syntax/trees/readConllu';
import { openSet, type OpenSet } from '../answers/agreementSetOf';
import { openSource } from '../sourceReader';
import type { AgreementSource } from './agreementOptions';
import { UsageError, type Terminal } from './subcommand';

const MOST_NAMED = 5;
const RULE = 'no sentence has a noun subject with Number whose verb, to its right, shows number and agrees';

/** The set of the templates, or of all files together. @throws UsageError, GatescopeError as openSource */
export async function openSets(source: AgreementSource, terminal: Terminal): Promise<OpenSet> {
  if (source.templates) return openSet({ kind: 'templates', each: source.each, seed: source.seed });
  const wanted = source.conllu.length > 0 ? 'conllu' : 'pairs';
  const sets: OpenSet[] = [];
  for (const file of wanted === 'conllu' ? source.conllu : source.pairs) {
    const name = path.basename(file);
    const content = await wholeText(file);
    const set = openSet({ kind: 'file', name, content });
    if (set.kind !== wanted && content.trim() !== '')
      throw new UsageError(
        wanted === 'pairs'
          ? `agreement: ${name} holds no lines of JSON; --conllu reads trees`
          : `agreement: ${name} holds lines of JSON; --pairs reads minimal pairs`,
      );
    nameProblems(name, set.problems, terminal);
    if (set.items.length === 0)
      throw new UsageError(`agreement: ${name}: ${wanted === 'pairs' ? 'no minimal pair' : RULE}`);
    sets.push(set);
  }
  return {
    kind: wanted,
    items: sets.flatMap(({ items }) => items),
    withoutForm: sets.reduce((sum, { withoutForm }) => sum + withoutForm, 0),
    problems: sets.flatMap(({ problems }) => problems),
  };
}

/** Items of all files. @throws UsageError where there are none, or too few documents; GatescopeError as openSource */
export async function supervisedItems(files: readonly string[], terminal: Terminal): Promise<ConlluItem[]> {
  const items: ConlluItem[] = [];
  for (const file of files) {
    const name = path.basename(file);
    const { trees, problems } = readConllu(await wholeText(file));
    const named = problems.map(({ line, reason }) => ({ line, sentence: conlluReasonSentence(reason) }));
    nameProblems(name, named, terminal);
    items.push(...conlluItems(trees));
  }
  if (items.length === 0) throw new UsageError(`agreement: ${RULE}`);
  const documents = new Set(items.map(({ document }) => document)).size;
  if (documents < 5)
    throw new UsageError(`agreement: five documents at least to hold out one after the other, not ${documents}`);
  return items;
}

function nameProblems(name: string, problems: readonly { line: number; sentence: string }[], terminal: Terminal): void {
  for (const { line, sentence } of problems.slice(0, MOST_NAMED))
    terminal.note(`${name}, line ${line}: left out, ${sentence}`);
  const more = problems.length - MOST_NAMED;
  if (more > 0) terminal.note(`${name}: ${more} more left out`);
}

async function wholeText(file: string): Promise<string> {
  const source = { uri: '', name: path.basename(file), path: path.resolve(file), part: { kind: 'whole' } } as const;
  const reader = await openSource(source, null);
  try {
    let text = '';
    for await (const piece of reader.pieces()) text += piece.text;
    return text;
  } finally {
    await reader.close();
  }
}
