// The gold trees in CoNLL-U files, and how well a parser finds them.
import path from 'node:path';
import { GatescopeError } from '../../protocol/failures';
import { bestParse } from '../../syntax/parser/bestParse';
import type { ParsedSentence } from '../../syntax/parser/parseBatch';
import type { Parser } from '../../syntax/parser/parseSentences';
import { LONGEST_SENTENCE } from '../../syntax/parser/parserMemory';
import { conlluReasonSentence } from '../../syntax/trees/conlluProblems';
import type { ConlluTree } from '../../syntax/trees/dependencyTree';
import { readConllu } from '../../syntax/trees/readConllu';
import { treeScores, type TreeCounts } from '../../syntax/trees/treeScores';
import { openSource } from '../sourceReader';

export interface LeftOut {
  file: string;
  line: number;
  reason: string;
}

export interface GoldTrees {
  trees: ConlluTree[];
  /** Sentences that are no trees, or too long to be parsed. */
  leftOut: LeftOut[];
}

/** @throws GatescopeError as openSource; noTrees for a file of which nothing is left */
export async function readGoldTrees(files: readonly string[]): Promise<GoldTrees> {
  const gold: GoldTrees = { trees: [], leftOut: [] };
  for (const file of files) {
    const name = path.basename(file);
    const { trees, problems } = readConllu(await wholeText(file));
    const short = trees.filter(({ forms }) => forms.length <= LONGEST_SENTENCE);
    const long = trees.filter(({ forms }) => forms.length > LONGEST_SENTENCE);
    const leftOut = [
      ...problems.map(({ line, reason }) => ({ file: name, line, reason: conlluReasonSentence(reason) })),
      ...long.map(({ line, forms }) => ({
        file: name,
        line,
        reason: `${forms.length} words, more than a parser reads`,
      })),
    ].sort((a, b) => a.line - b.line);
    if (short.length === 0) {
      const { line, reason } = leftOut[0] ?? { line: 0, reason: '' };
      throw new GatescopeError('noTrees', { name, line, reason });
    }
    gold.trees.push(...short);
    gold.leftOut.push(...leftOut);
  }
  return gold;
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

export interface ParserScores {
  sentences: number;
  words: number;
  /** Shares in per cent. */
  uas: number;
  las: number;
  lasWithSubtypes: number;
  upos: number | null;
}

export function parserScores(gold: readonly ConlluTree[], parsed: readonly ParsedSentence[]): ParserScores {
  return sharesOf(
    treeScores(
      gold,
      parsed.map((answer, at) => bestParse(gold[at].forms, answer)),
    ),
    gold.length,
  );
}

/** What the parser says of the same words. */
export function parseGold(parser: Parser, gold: readonly ConlluTree[]): ParsedSentence[] {
  return parser.parse(gold.map(({ forms }) => forms));
}

function sharesOf(counts: TreeCounts, sentences: number): ParserScores {
  const share = (part: number) => Number(((100 * part) / counts.words).toFixed(2));
  return {
    ...{ sentences, words: counts.words, uas: share(counts.heads), las: share(counts.labelled) },
    lasWithSubtypes: share(counts.labelledWithSubtypes),
    upos: counts.tagged === 0 ? null : Number(((100 * counts.upos) / counts.tagged).toFixed(2)),
  };
}
