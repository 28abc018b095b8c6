// Says in the reader's language why a sentence of a CoNLL-U file has no tree: the host's messages and the inspector share the sentences.
import type { TreeReason } from './syntax';

/** Translates: `vscode.l10n.t` in the host, `l10n.t` in the inspector. */
type Translate = (message: string, ...args: (string | number)[]) => string;

type Sentence = (t: Translate, arg: (name: string) => string | number) => string;

const SENTENCES: Record<string, Sentence> = {
  columns: (t, arg) =>
    Number(arg('columns')) === 1
      ? t('1 column instead of 10, separated by tabs')
      : t('{0} columns instead of 10, separated by tabs', arg('columns')),
  wordNumber: (t, arg) => t('the number of a word is “{0}” instead of {1}', arg('id'), arg('expected')),
  contraction: (t, arg) => t('the words {0} of a multiword token are not those that follow', arg('id')),
  noForm: (t) => t('a line has no word'),
  noHead: (t, arg) => t('the head of “{0}” is “{1}”, no number', arg('form'), arg('head')),
  headOutOfRange: (t, arg) =>
    Number(arg('words')) === 1
      ? t('the head of “{0}” is {1}, but there is 1 word', arg('form'), arg('head'))
      : t('the head of “{0}” is {1}, but there are {2} words', arg('form'), arg('head'), arg('words')),
  noRoot: (t) => t('no word has the head 0'),
  severalRoots: (t, arg) => t('“{0}” and “{1}” both have the head 0', arg('first'), arg('second')),
  cycle: (t, arg) => t('the heads run in a circle: {0}', arg('words')),
};

/** Without a full stop; a code that is not known, from a newer trainer, as it is. */
export function treeReason({ code, args }: TreeReason, t: Translate): string {
  const sentence = Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : undefined;
  return sentence ? sentence(t, (name) => args[name] ?? '?') : code;
}
