// What can keep a sentence of a CoNLL-U file from being a tree.
import { counted } from '../../text/counted';

/** With what each says besides: args in the order of the sentence below. */
export const CONLLU_REASONS = [
  'columns', // args: columns: a row has another number of them than ten
  'wordNumber', // args: id, expected: words are not numbered 1, 2, 3 …
  'contraction', // args: id: a multiword token's range does not fit the words that follow
  'noForm', // no args
  'noHead', // args: form, head: what stands there is no number
  'headOutOfRange', // args: form, head, words
  'noRoot', // no args
  'severalRoots', // args: first, second: forms of two words whose head is 0
  'cycle', // args: words: forms along the cycle, the first one again at the end
] as const;
export type ConlluReasonCode = (typeof CONLLU_REASONS)[number];

export interface ConlluReason {
  code: ConlluReasonCode;
  args: Record<string, string | number>;
}

/** A sentence that is left out, and the line (from 1) that says why. */
export interface ConlluProblem {
  line: number;
  reason: ConlluReason;
}

type Say = (args: ConlluReason['args']) => string;

const ENGLISH: Record<ConlluReasonCode, Say> = {
  columns: ({ columns }) => `${counted(columns, 'column')} instead of 10, separated by tabs`,
  wordNumber: ({ id, expected }) => `the number of a word is “${id}” instead of ${expected}`,
  contraction: ({ id }) => `the words ${id} of a multiword token are not those that follow`,
  noForm: () => 'no token',
  noHead: ({ form, head }) => `the head of “${form}” is “${head}”, no number`,
  headOutOfRange: ({ form, head, words }) =>
    `the head of “${form}” is ${head}, but there ${Number(words) === 1 ? 'is' : 'are'} ${counted(words, 'word')}`,
  noRoot: () => 'no word has the head 0',
  severalRoots: ({ first, second }) => `“${first}” and “${second}” both have the head 0`,
  cycle: ({ words }) => `the heads run in a circle: ${words}`,
};

/** In English, without a full stop, for the command line. */
export function conlluReasonSentence({ code, args }: ConlluReason): string {
  return ENGLISH[code](args);
}
