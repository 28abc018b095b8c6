// Answers what the sentences of the window are as dependency trees: those of the file itself, imported ones, or the parser's.
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { SyntaxAnswer, SyntaxSentence, SyntaxWord } from '../../protocol/syntax';
import { CLEAR_FROM, SECOND_HEAD_FROM } from '../../syntax/trees/readings';
import type { Place } from '../../syntax/trees/dependencyTree';
import { languageOf } from '../../syntax/words/language';
import { conlluOfSentences } from '../syntax/conlluOfSentences';
import { documentTrees } from '../syntax/documentTrees';
import type { PlacedTree } from '../syntax/placedTree';
import { shownText, type ShownText } from '../syntax/shownText';
import { textSentences, type TextSentence } from '../syntax/textSentences';
import { columnsOf } from '../syntax/wordColumns';
import type { AnswerContext } from './answerContext';

/** What these answers need of what answers draw on: nothing of the network. */
export type SyntaxContext = Pick<AnswerContext, 'reading' | 'sample' | 'view' | 'window' | 'syntax' | 'pause'>;

type Found = Pick<
  SyntaxAnswer,
  'source' | 'language' | 'sentences' | 'problem' | 'broken' | 'unmatched' | 'tokensPerSecond'
>;

/** @throws GatescopeError nothingToInspect, parserUnusable, treesDamaged */
export async function answerSyntax(
  context: SyntaxContext,
  { trees }: Pick<QuestionOf<'syntax' | 'parses'>, 'trees'>,
): Promise<SyntaxAnswer> {
  const shown = shownText(context);
  const kept = context.syntax.imported.get();
  const imported = kept && { name: kept.name, trees: kept.finder.trees.length };
  const found =
    (trees === 'imported' ? (ofDocument(shown) ?? ofImported(shown, context)) : null) ??
    (await ofParser(shown, context));
  const secondReading = { from: SECOND_HEAD_FROM, clearFrom: CLEAR_FROM };
  return { ...found, imported, secondReading };
}

/** The sentences that are shown and have a tree, each with the reading that is shown. @throws GatescopeError as answerSyntax */
export async function answerParses(context: SyntaxContext, question: QuestionOf<'parses'>): Promise<Answers['parses']> {
  const { sentences, source } = await answerSyntax(context, question);
  const { words, around } = shownText(context);
  const second = new Set(question.seconds);
  const isTable = words !== null || source === 'document';
  const written = sentences
    .filter(({ readings }) => readings.length > 0)
    .map((sentence) => ({
      ...sentence,
      readings: sentence.readings.slice(second.has(sentence.start) && sentence.readings.length > 1 ? 1 : 0),
      text: isTable
        ? sentence.words.map(({ text }) => text).join(' ')
        : around.text.slice(sentence.start - around.offset, sentence.end - around.offset),
    }));
  const content = conlluOfSentences(written, { document: null, everyReading: false });
  return { content, sentences: written.length };
}

/** Keeps an imported file's trees with the run. @throws GatescopeError noTrees, storageUnwritable */
export function answerImportTrees(
  context: SyntaxContext,
  { name, content }: QuestionOf<'importTrees'>,
): Answers['importTrees'] {
  const { finder, problems } = context.syntax.imported.keep(name, content);
  return {
    ...{ name, trees: finder.trees.length, problemCount: problems.length },
    words: finder.trees.reduce((sum, { forms }) => sum + forms.length, 0),
    problems: problems.slice(0, MOST_PROBLEMS),
    matched: context.view === null ? null : matchedIn(shownText(context), finder),
  };
}

const MOST_PROBLEMS = 100;

function matchedIn(
  { text, endsCut }: ShownText,
  finder: { find(text: string, isWhole: boolean): { trees: unknown[] } },
) {
  return finder.find(text, !endsCut).trees.length;
}

/** Null where the text is no CoNLL-U file. */
function ofDocument(shown: ShownText): Found | null {
  const { around } = shown;
  const window = windowOf(shown);
  const own = documentTrees(around.text, { start: window.start - around.offset, end: window.end - around.offset });
  if (own === null) return null;
  const inDocument = ({ start, end }: Place) => ({ start: start + around.offset, end: end + around.offset });
  const sentences = own.trees.map((tree) => placedSentence(tree, inDocument, shown, false));
  const broken = own.broken.map(({ line, reason }) => ({ line: around.line + line, reason }));
  return {
    ...{ source: 'document', language: languageOfAll(own.trees), sentences },
    ...{ problem: null, broken, unmatched: [] },
  };
}

/** Null where none were imported. */
function ofImported(shown: ShownText, { syntax }: SyntaxContext): Found | null {
  const kept = syntax.imported.get();
  if (kept === null) return null;
  const found = kept.finder.find(shown.text, !shown.endsCut);
  const window = windowOf(shown);
  const isShown = (place: Place) => touches(shown.placeInDocument(place), window);
  const trees = found.trees.filter(isShown);
  const sentences = trees.map((tree) =>
    placedSentence(tree, shown.placeInDocument, shown, shown.endsCut && tree.end >= shown.text.trimEnd().length),
  );
  return {
    ...{ source: 'imported', language: languageOfAll(trees), sentences },
    problem: sentences.length > 0 ? null : { kind: 'unmatched', name: kept.name },
    unmatched: found.unmatched.filter(isShown).map(shown.placeInDocument),
  };
}

async function ofParser(shown: ShownText, { syntax, pause }: SyntaxContext): Promise<Found> {
  const { text, words } = shown;
  const window = windowOf(shown);
  const { language, sentences: all } = words ? ofWords(text, words) : textSentences(text);
  const own = all.filter((sentence) => touches(shown.placeInDocument(sentence), window));
  const analyses = await syntax.analyses.of(own, pause);
  const sentences = own.map((sentence, at): SyntaxSentence => {
    const analysis = analyses[at];
    const isCut =
      sentence.isCut || (shown.startsCut && sentence === all[0]) || (shown.endsCut && sentence === all[all.length - 1]);
    return {
      ...{ ...shown.placeInDocument(sentence), language: sentence.language, cut: isCut },
      words: sentence.words.map((word, k) =>
        shownWord({ text: word.form, upos: analysis?.upos[k] ?? null }, shown.placeInDocument(word), shown),
      ),
      readings: analysis?.readings ?? [],
      differs: analysis?.differs ?? [],
    };
  });
  const isMute = sentences.every((sentence) => sentence.language === null);
  const problem = isMute ? ({ kind: 'noLanguage' } as const) : null;
  const { tokensPerSecond } = syntax.analyses;
  return {
    ...{ source: 'parser', language, sentences, problem, unmatched: [] },
    ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }),
  };
}

/** The words of a file that gives them one by one are a sentence as they are. */
function ofWords(
  text: string,
  words: readonly Place[],
): { language: TextSentence['language']; sentences: TextSentence[] } {
  const language = languageOf(text);
  const own = words.map(({ start, end }) => ({ form: text.slice(start, end), start, end }));
  return {
    language,
    sentences: own.length > 0 ? [{ start: 0, end: text.length, language, words: own, isCut: false }] : [],
  };
}

function placedSentence(
  { tree, words, start, end }: PlacedTree,
  inDocument: ShownText['placeInDocument'],
  shown: ShownText,
  cut: boolean,
): SyntaxSentence {
  const arcs = tree.relations.map((relation, at) => ({ head: tree.heads[at], relation, marginal: null }));
  return {
    ...{ ...inDocument({ start, end }), language: languageOf(tree.forms.join(' ')), cut },
    words: tree.forms.map((text, at) => shownWord({ text, upos: tree.upos[at] }, inDocument(words[at]), shown)),
    readings: [{ probability: null, arcs }],
    differs: [],
  };
}

function shownWord(word: Pick<SyntaxWord, 'text' | 'upos'>, place: Place, { tokens }: ShownText): SyntaxWord {
  return { ...word, ...place, ...columnsOf(tokens, place) };
}

function languageOfAll(trees: readonly PlacedTree[]): SyntaxAnswer['language'] {
  return languageOf(trees.map(({ tree }) => tree.forms.join(' ')).join(' '));
}

/** What the window shows of the document. */
function windowOf({ tokens }: ShownText): Place {
  return { start: tokens[0].start, end: tokens[tokens.length - 1].end };
}

function touches(place: Place, window: Place): boolean {
  return place.start < window.end && place.end > window.start;
}
