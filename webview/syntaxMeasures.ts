// The trees of the window's sentences as they are shown: asked for while the section is open, one reading of each, with function words as
// heads or not, and beside them which arcs the gradient follows.
import type { SyntaxAnswer, SyntaxReading, SyntaxSentence, SyntaxWord, WantedTrees } from '../src/protocol/syntax';
import { agreementOf, type PairAgreement } from './geometry/arcAgreement';
import { functionHeads } from './geometry/syntaxFunctionHeads';
import { wordExtents } from './geometry/syntaxWords';
import type { Picture } from './picture';

/** Under these names what was chosen here is kept. */
export const SYNTAX_OPEN = 'syntax.open';
export const POINTS_TO_HEAD = 'syntax.pointsToHead';
export const FUNCTION_HEADS = 'syntax.functionHeads';
export const AGREEMENT = 'syntax.agreement';
export const TREES = 'syntax.trees';
export const READING = 'syntax.reading';
export const TABLE = 'syntax.table';
export const BELOW = 'syntax.below';

export interface ShownSentence {
  sentence: SyntaxSentence;
  /** Of its words among all words shown. */
  offset: number;
  /** Which of its readings; 0 the best. */
  reading: number;
  /** The reading's arcs, turned to function-word heads where that was chosen; none where there is no tree. */
  arcs: SyntaxReading['arcs'];
  /** Words (from 0, of the sentence) whose head or relation is another one in the other reading, as shown. */
  differs: readonly number[];
  /** Known pairs of its words; none where agreement is not asked for or not known. */
  pairs: readonly PairAgreement[];
}

export interface SyntaxMeasures {
  answer: SyntaxAnswer | null;
  sentences: ShownSentence[];
  words: SyntaxWord[];
  /** The sentence that the focus stands in. */
  atFocus: ShownSentence | null;
  /** Those with two readings of which something is drawn. */
  ambiguous: ShownSentence[];
  /** Agreement is shown and its numbers are there. */
  agrees: boolean;
  /** Limits are those of the whole file, as the joined measure found them. */
  ofFile: boolean;
  /** The answer is of another version of the text, or of another window. */
  stale: boolean;
  /** Of another version of the text: its arcs may stand at the wrong words. */
  outdated: boolean;
  problem: string | null;
}

export const isSyntaxOpen = ({ sections }: Pick<Picture, 'sections'>): boolean => sections[SYNTAX_OPEN] === true;

/** Arcs stand under the text, as a mirror of the influence arrows, instead of between these and the text. */
export const isBelow = ({ sections }: Pick<Picture, 'sections'>): boolean => sections[BELOW] === true;

export const wantedTrees = ({ sections }: Pick<Picture, 'sections'>): WantedTrees =>
  sections[TREES] === 'parser' ? 'parser' : 'imported';

/** Of how many sentences the second reading is kept. */
const MOST_KEPT = 40;

/** Where the sentences begin whose second reading was chosen. */
const secondReadings = ({ sections }: Pick<Picture, 'sections'>): string[] =>
  String(sections[READING] ?? '')
    .split(' ')
    .filter((start) => start !== '');

/** As a choice that is kept: the reading of this sentence, and of others what was chosen before. */
export function readingChoice(picture: Pick<Picture, 'sections'>, { start }: SyntaxSentence, reading: number): string {
  const others = secondReadings(picture).filter((other) => other !== String(start));
  return [...others, ...(reading === 1 ? [String(start)] : [])].slice(-MOST_KEPT).join(' ');
}

/** The version of the text that an answer is of. */
const versions = new WeakMap<SyntaxAnswer, number>();

/** Asks for what is missing; to be called only while the section is open. */
export function measureSyntax(picture: Picture): SyntaxMeasures {
  const { header, questions, sections, treesImported } = picture;
  const { tokens, documentVersion, runId } = header;
  const window = [tokens[0]?.start, tokens.at(-1)?.end, tokens.length];
  const moment = [runId, documentVersion, treesImported, header.prediction?.task, ...window].join(' ');
  const { value: answer, stale, problem } = questions.about({ about: 'syntax', trees: wantedTrees(picture) }, moment);
  if (answer && !stale) versions.set(answer, documentVersion);
  const turned = sections[FUNCTION_HEADS] === true;
  let offset = 0;
  const all = answer?.sentences ?? [];
  const focused = sentenceAt(all, tokens[picture.focus]?.start ?? 0);
  const second = new Set(secondReadings(picture));
  const chosen = all.map((sentence) => {
    const reading = second.has(String(sentence.start)) && sentence.readings.length > 1 ? 1 : 0;
    const readings = sentence.readings.map(({ arcs }) => (turned ? functionHeads(arcs) : arcs));
    const arcs = readings[reading] ?? [];
    const other = readings[1 - reading];
    const differs = other
      ? arcs.flatMap(({ head, relation }, word) =>
          head === other[word].head && relation === other[word].relation ? [] : [word],
        )
      : [];
    const shown = { sentence, offset, reading, arcs, differs, pairs: [] };
    offset += sentence.words.length;
    return shown;
  });
  const sentences = answer ? withAgreement(picture, answer, chosen) : chosen;
  return {
    ...{ answer, sentences, stale, problem },
    words: sentences.flatMap(({ sentence }) => sentence.words),
    atFocus: sentences.find(({ sentence }) => sentence === focused) ?? null,
    ambiguous: sentences.filter(({ sentence }) => sentence.readings.length > 1 && isDrawn(sentence, picture)),
    agrees: sentences.some(({ pairs }) => pairs.length > 0),
    ofFile: fileNullOf(picture) !== null,
    outdated: answer !== null && versions.get(answer) !== documentVersion,
  };
}

/** The sentence an offset stands in, or the last one before it. */
function sentenceAt(sentences: readonly SyntaxSentence[], offset: number): SyntaxSentence | null {
  return sentences.findLast(({ start }) => start <= offset) ?? sentences[0] ?? null;
}

function isDrawn({ start, end }: SyntaxSentence, { header: { tokens }, axis }: Picture): boolean {
  const drawn = tokens.slice(axis.first, axis.first + axis.count);
  return drawn.length > 0 && start < drawn[drawn.length - 1].end && end > drawn[0].start;
}

/** The sentences' pairs, by what they were found from; while there is only a first look at a new place, those of the picture before. */
const found = new WeakMap<SyntaxAnswer, { key: readonly unknown[]; pairs: PairAgreement[][] }>();

function withAgreement(picture: Picture, answer: SyntaxAnswer, sentences: ShownSentence[]): ShownSentence[] {
  const { header, frameArrays, sections } = picture;
  const norms = frameArrays['gradient.input'];
  if (!showsAgreement(picture) || !norms) return sentences;
  const fileNull = fileNullOf(picture);
  const choices = [...sentences.map(({ reading }) => reading), sections[FUNCTION_HEADS] === true];
  const key = [norms, header, fileNull, ...choices];
  let last = found.get(answer);
  const isSame = last && key.every((part, k) => part === last?.key[k]);
  if (!last || (!isSame && !header.rowOnly)) {
    const extents = wordExtents(
      sentences.flatMap(({ sentence }) => sentence.words),
      header.tokens,
      picture.axis,
    );
    const asked = sentences.map(({ sentence, arcs, offset }) => ({
      words: sentence.words.map((_, word) => extents[offset + word].columns),
      arcs: arcs.flatMap(({ head, relation }, word) =>
        head === 0
          ? []
          : [
              {
                ...{ earlier: Math.min(head - 1, word), later: Math.max(head - 1, word) },
                silent: relation === 'punct',
              },
            ],
      ),
    }));
    last = { key, pairs: agreementOf(asked, norms.values, header.tokens.length, fileNull) };
    found.set(answer, last);
  }
  const { pairs } = last;
  return sentences.map((sentence, k) => ({ ...sentence, pairs: pairs[k] ?? [] }));
}

/** Of a network that foretells each word from what is before it: one that reads both ways has seen the word already. */
export const showsAgreement = ({ header, sections }: Pick<Picture, 'header' | 'sections'>): boolean =>
  sections[AGREEMENT] !== false && !header.bidirectional && !header.prediction;

const fileNulls = new WeakMap<object, ReadonlyMap<number, number>>();

/** Once the joined measure has been taken over the file, with the weights that are shown. */
function fileNullOf({ questions, header }: Picture): ReadonlyMap<number, number> | null {
  const last = questions.last('joined', `of ${header.runId}`);
  if (last?.step !== header.step || last.value.nullByLag.length === 0) return null;
  const joined = last.value;
  let limits = fileNulls.get(joined);
  if (!limits) {
    limits = new Map(joined.nullByLag.map(({ lag, share }) => [lag, share.ninety]));
    fileNulls.set(joined, limits);
  }
  return limits;
}

/** What the gradient says of the arc to a word (from 0, of the sentence); null where it says nothing. */
export function agreementAt({ arcs, pairs }: ShownSentence, dependent: number): PairAgreement | null {
  const head = arcs[dependent].head - 1;
  if (head < 0) return null;
  const [earlier, later] = [Math.min(head, dependent), Math.max(head, dependent)];
  return pairs.find((pair) => pair.isArc && pair.earlier === earlier && pair.later === later) ?? null;
}

/** Columns of words that the loss of the word after the focus rests on more than usual, though no arc joins the two; while arcs are shown. */
export function strongWithoutArc(picture: Picture): ReadonlySet<number> {
  const columns = new Set<number>();
  if (!isSyntaxOpen(picture) || !showsAgreement(picture)) return columns;
  const { words, sentences } = measureSyntax(picture);
  const extents = wordExtents(words, picture.header.tokens, picture.axis);
  const target = extents.findIndex(({ columns: own }) => own && covers(own, picture.focus + 1));
  for (const { offset, pairs } of sentences)
    for (const { earlier, later, isArc, stands } of pairs) {
      if (offset + later !== target || isArc || stands !== true) continue;
      const own = extents[offset + earlier].columns;
      for (let t = own?.first ?? 0; own && t <= own.last; t++) columns.add(t);
    }
  return columns;
}

const covers = ({ first, last }: { first: number; last: number }, t: number): boolean => first <= t && t <= last;
