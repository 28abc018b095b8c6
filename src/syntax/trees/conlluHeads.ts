// Whether what a CoNLL-U file says of heads makes a tree.
import type { ConlluReason } from './conlluProblems';
import { cycleIn } from './dependencyTree';

/** A sentence of one root word without cycles, or the first word (from 0) that keeps it from being one. */
export type HeadsRead = { heads: Int32Array } | { word: number; reason: ConlluReason };

/** `written`: column 7 of each word; `forms` say which words are meant. */
export function readHeads(written: readonly string[], forms: readonly string[]): HeadsRead {
  const words = forms.length;
  const odd = written.findIndex((head) => !/^\d+$/.test(head));
  if (odd >= 0) return { word: odd, reason: { code: 'noHead', args: { form: forms[odd], head: written[odd] } } };
  const heads = Int32Array.from(written, Number);
  const far = written.findIndex((head) => Number(head) > words);
  if (far >= 0)
    return { word: far, reason: { code: 'headOutOfRange', args: { form: forms[far], head: written[far], words } } };
  const root = heads.indexOf(0);
  if (root < 0) return { word: 0, reason: { code: 'noRoot', args: {} } };
  const second = heads.indexOf(0, root + 1);
  if (second >= 0)
    return { word: second, reason: { code: 'severalRoots', args: { first: forms[root], second: forms[second] } } };
  const cycle = cycleIn(heads);
  if (cycle === null) return { heads };
  const along = [...cycle, cycle[0]].map((word) => forms[word - 1]).join(' → ');
  return { word: cycle[0] - 1, reason: { code: 'cycle', args: { words: along } } };
}
