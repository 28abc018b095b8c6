// What is said of the sentences of an opened CoNLL-U file that have no tree.
import * as l10n from '@vscode/l10n';
import type { BrokenSentence } from '../src/protocol/syntax';
import { treeReason } from '../src/protocol/treeReasons';

const reasonText = ({ reason }: BrokenSentence): string => treeReason(reason, (text, ...args) => l10n.t(text, ...args));

/** How many there are, and of the first its line and why; nothing where all have a tree. */
export function brokenText(broken: readonly BrokenSentence[]): string {
  if (broken.length === 0) return '';
  const [first] = broken;
  return l10n.t(
    'Sentences here without a tree: {0}, the first in line {1}: {2}',
    broken.length,
    first.line,
    reasonText(first),
  );
}

/** Each on a line of its own. */
export function brokenList(broken: readonly BrokenSentence[]): string {
  return broken.map((sentence) => l10n.t('line {0}: {1}', sentence.line, reasonText(sentence))).join('\n');
}
