// A set of agreement from what was chosen: the product's own templates, or a file's content.
import { conlluCompared, pairsCompared, templatesCompared, type ComparedSet } from '../../labs/agreement/comparedItems';
import { conlluItems } from '../../labs/agreement/conlluItems';
import { readMinimalPairs, type PairProblem } from '../../labs/agreement/minimalPairs';
import { MOST_ATTRACTORS, templateItems } from '../../labs/agreement/templateItems';
import type { AgreementSetAnswer } from '../../protocol/agreement';
import type { QuestionOf } from '../../protocol/questions';
import { conlluReasonSentence } from '../../syntax/trees/conlluProblems';
import { readConllu } from '../../syntax/trees/readConllu';

export type SetSource = QuestionOf<'agreementSet'>['set'];

export interface OpenSet extends ComparedSet {
  kind: AgreementSetAnswer['kind'];
  /** `sentence` says it in English. */
  problems: { line: number; reason: string; sentence: string }[];
}

const PAIR_PROBLEMS: Record<PairProblem, string> = {
  notJson: 'the line is no JSON object',
  noSentences: 'it has neither sentence_good and sentence_bad nor good and bad',
  sameSentences: 'both sentences are the same',
};

/** Reads the set; a file without one item that can be used gives an empty one, with what is wrong with its lines. */
export function openSet(source: SetSource): OpenSet {
  if (source.kind === 'templates') {
    const attractors = Array.from({ length: MOST_ATTRACTORS + 1 }, (_, count) => count);
    const items = templateItems({ ...source, attractors, mixed: true });
    return { kind: 'templates', ...templatesCompared(items), problems: [] };
  }
  return isPairs(source.content) ? openPairs(source.content) : openTrees(source.content);
}

function openPairs(content: string): OpenSet {
  const { pairs, problems } = readMinimalPairs(content);
  const named = problems.map((problem) => ({ ...problem, sentence: PAIR_PROBLEMS[problem.reason] }));
  return { kind: 'pairs', ...pairsCompared(pairs), problems: named };
}

function openTrees(content: string): OpenSet {
  const { trees, problems } = readConllu(content);
  const named = problems.map(({ line, reason }) => ({
    ...{ line, reason: reason.code },
    sentence: conlluReasonSentence(reason),
  }));
  return { kind: 'conllu', ...conlluCompared(conlluItems(trees)), problems: named };
}

/** The first line with something on it is a JSON object. */
function isPairs(content: string): boolean {
  return /^\s*\{/.test(content.replace(/^\ufeff/, ''));
}
