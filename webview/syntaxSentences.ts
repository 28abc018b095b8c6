// What is said of trees: an arc in plain words, between which heads a word wavers, where the trees are from, and why there are none.
import * as l10n from '@vscode/l10n';
import type { SyntaxAnswer, SyntaxSentence } from '../src/protocol/syntax';
import { FILE_PART, WINDOW_PART } from './geometry/arcAgreement';
import { quoted, shareText } from './shownText';
import { relationGloss } from './syntaxGlosses';
import { agreementAt, type ShownSentence, type SyntaxMeasures } from './syntaxMeasures';

/** "58 %"; ends are not rounded to nothing or all. */
export function probabilityText(probability: number): string {
  if (probability < 0.005) return l10n.t('under 0.5 %');
  return probability > 0.995 ? l10n.t('over 99 %') : `${(100 * probability).toFixed(0)} %`;
}

/** “obj”, with what it means. A complement of a function word that was made the head has no gloss of its own. */
export function relationText(relation: string): string {
  if (relation.startsWith('comp:')) return l10n.t('{0}, what the function word stands with', relation);
  const gloss = relationGloss(relation);
  return gloss === relation ? relation : `${relation}, ${gloss}`;
}

/** Where the two words of an arc stand: 0 among the drawn columns, −1 left of them, 1 right of them. */
export interface Sides {
  word: -1 | 0 | 1;
  head: -1 | 0 | 1;
}

/** “whales”, object of “study” …: the arc to a word (from 0, of its sentence), and which of the two is out of sight. */
export function arcText(shown: ShownSentence, word: number, sides: Sides = { word: 0, head: 0 }): string {
  const { sentence, arcs } = shown;
  const arc = arcs[word];
  const name = quoted(sentence.words[word].text);
  const parts =
    arc.head === 0
      ? [l10n.t('{0} is the root: {1}', name, relationGloss('root'))]
      : [
          l10n.t(
            '{0} depends on {1}: {2}',
            name,
            quoted(sentence.words[arc.head - 1].text),
            relationText(arc.relation),
          ),
          distanceText(word - (arc.head - 1)),
        ];
  parts.push(...outOfSight(name, sides.word));
  if (arc.head > 0) parts.push(...outOfSight(quoted(sentence.words[arc.head - 1].text), sides.head));
  if (arc.marginal !== null) parts.push(l10n.t('probability {0}', probabilityText(arc.marginal)));
  if (shown.differs.includes(word)) parts.push(l10n.t('otherwise in the other reading'));
  const pair = agreementAt(shown, word);
  if (pair) {
    const [earlier, later] = [pair.earlier, pair.later].map((k) => quoted(sentence.words[k].text));
    parts.push(l10n.t('{0} of the gradient of the loss of {1} is on {2}', shareText(pair.share), later, earlier));
    if (pair.stands !== null)
      parts.push(
        pair.stands ? l10n.t('more than usual at this distance') : l10n.t('not more than usual at this distance'),
      );
  }
  return parts.join(' · ');
}

function outOfSight(word: string, side: -1 | 0 | 1): string[] {
  if (side === 0) return [];
  return [
    side < 0 ? l10n.t('{0} is out of sight to the left', word) : l10n.t('{0} is out of sight to the right', word),
  ];
}

function distanceText(after: number): string {
  const n = Math.abs(after);
  if (n === 1) return after > 0 ? l10n.t('the next word') : l10n.t('the word before');
  return after > 0 ? l10n.t('{0} words after it', n) : l10n.t('{0} words before it', n);
}

/** “space” belongs to “study” (58 %) or to “whales” (31 %), by the probabilities of these two arcs; nothing of a sentence with one reading. */
export function ambiguityText({ words, readings, differs }: SyntaxSentence): string {
  if (readings.length < 2) return '';
  const [word] = differs;
  const name = quoted(words[word].text);
  const [a, b] = readings.map(({ arcs }) => arcs[word]);
  const [p, q] = [a, b].map(({ marginal }) => probabilityText(marginal ?? 0));
  const headOf = ({ head }: { head: number }): string => quoted(words[head - 1].text);
  return l10n.t('{0} belongs to {1} ({2}) or to {3} ({4}).', name, headOf(a), p, headOf(b), q);
}

const BEGINNING = 24;

/** The first words of a sentence. */
export function beginningText({ words }: Pick<SyntaxSentence, 'words'>): string {
  const text = words.map((word, k) => (k > 0 && words[k - 1].end < word.start ? ` ${word.text}` : word.text)).join('');
  return quoted([...text].length > BEGINNING ? `${[...text].slice(0, BEGINNING - 1).join('')}…` : text);
}

/** What the numbers in ambiguityText are, so that nobody takes them for those of the trees. */
export function ambiguityTitle(): string {
  return l10n.t(
    'Probabilities of these two arcs over all trees of the sentence; on the buttons are those of the whole trees.',
  );
}

/** When a second reading is shown. */
export function secondReadingText({ secondReading }: Pick<SyntaxAnswer, 'secondReading'>): string {
  return l10n.t(
    'A second reading is shown where one phrase, clause, adjective or adverb could belong higher or lower in the tree: its second place is at least {0} probable, both places together at least {1}, and so are the heads of all other words together. It says where the parser wavers; a reader may not.',
    probabilityText(secondReading.from),
    probabilityText(secondReading.clearFrom),
  );
}

/** Where the trees are from. */
export function sourceText({ source, language, imported }: SyntaxAnswer): string {
  if (source === 'document') return l10n.t('trees of this CoNLL-U file');
  if (source === 'imported') return imported ? l10n.t('imported from {0}', imported.name) : l10n.t('imported trees');
  return language === 'ko' ? l10n.t('parser: Korean') : l10n.t('parser: English');
}

/** Why some of the window, or all of it, has no tree; nothing where all has. */
export function missingText({ problem, language, sentences, unmatched }: SyntaxAnswer): string {
  if (problem?.kind === 'unmatched') return l10n.t('The trees of {0} are of other sentences than these.', problem.name);
  const none = l10n.t(
    'There is no parser for this language, only for English and Korean; trees of a CoNLL-U file can be imported.',
  );
  if (problem?.kind === 'noLanguage' || (language === null && sentences.every(({ readings }) => readings.length === 0)))
    return none;
  if (unmatched.length > 0) return l10n.t('Some of this text is in no imported tree.');
  if (sentences.some((sentence) => sentence.language === null && sentence.readings.length === 0))
    return l10n.t('Sentences in other languages than English and Korean have no arcs.');
  if (sentences.some(({ language, readings }) => language !== null && readings.length === 0))
    return l10n.t('A sentence here is too long to be parsed: it has no arcs.');
  return sentences.length === 0 ? l10n.t('There is no sentence here.') : '';
}

/** "7 of 12 arcs, by chance 2.4"; nothing where agreement is not shown. */
export function agreementText({ sentences, agrees, ofFile }: SyntaxMeasures): string {
  if (!agrees) return '';
  const arcs = sentences.flatMap(({ pairs }) => pairs.filter(({ isArc, stands }) => isArc && stands !== null));
  const n = arcs.length;
  if (n === 0) return l10n.t('the gradient follows the arc: too few pairs of words here to tell');
  const standing = arcs.filter(({ stands }) => stands).length;
  const chance = (n * (1 - (ofFile ? FILE_PART : WINDOW_PART))).toFixed(1);
  return n === 1
    ? l10n.t('the gradient follows the arc: {0} of 1 arc, by chance {1}', standing, chance)
    : l10n.t('the gradient follows the arc: {0} of {1} arcs, by chance {2}', standing, n, chance);
}

/** How agreement is found, and what it is compared with. */
export function agreementTitle({ ofFile }: SyntaxMeasures): string {
  const how = l10n.t(
    'For each arc: of the gradient of the later word’s loss over the words before it in the sentence, the share that is on the earlier word. Punctuation is left out.',
  );
  const against = ofFile
    ? l10n.t(
        'Coloured where that is more than nine in ten pairs of words without an arc have at the same distance, over the whole file.',
      )
    : l10n.t(
        'Coloured where that is more than four in five pairs of words without an arc have at the same distance in this window. A window proves little; over the whole file it is measured further below.',
      );
  return `${how} ${against}`;
}
