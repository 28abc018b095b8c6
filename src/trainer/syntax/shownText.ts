// The text whose sentences are looked at: more of it than the window shows, so that a sentence that begins before it is parsed whole.
import { GatescopeError } from '../../protocol/failures';
import type { Place } from '../../syntax/trees/dependencyTree';
import { exampleAt, firstExample } from '../../text/datasets/exampleAt';
import type { Token } from '../../text/tokenize';
import type { AnswerContext } from '../answers/answerContext';
import { sliceOf } from '../inspectedWindow';

export interface ShownText {
  text: string;
  /** The text goes on before it, and behind it. */
  startsCut: boolean;
  endsCut: boolean;
  /** The words of a file that has them line by line, as places in `text`, which is the words with spaces between; null of running text. */
  words: Place[] | null;
  /** Where a stretch of `text` stands in the document. */
  placeInDocument(place: Place): Place;
  /** The tokens of the window, in the document. */
  tokens: readonly Token[];
  /** What the document has around them, from `offset` on, which is in its line `line` (from 0). */
  around: { text: string; offset: number; line: number };
}

/** @throws GatescopeError nothingToInspect where there is no token to look at */
export function shownText(context: Pick<AnswerContext, 'reading' | 'sample' | 'view' | 'window'>): ShownText {
  const { reading, view, sample, window } = context;
  const { tokens } = window();
  if (view === null) throw new GatescopeError('nothingToInspect');
  const slice = sliceOf(sample, view);
  const { text, offset, line = 0, atStart, atEnd } = slice;
  const around = { text, offset, line };
  const moved = (by: number) => (place: Place) => ({ start: place.start + by, end: place.end + by });
  if (!reading)
    return {
      ...{ text, startsCut: !atStart, endsCut: !atEnd, words: null, placeInDocument: moved(offset), tokens, around },
    };
  const found = view.slice ? exampleAt(text, view.cursor - offset, reading) : firstExample(text, reading);
  if (!found) throw new GatescopeError('nothingToInspect');
  const first = found.tokens[0];
  const last = found.tokens[found.tokens.length - 1];
  const isTable = reading.task === 'tagging' && /\t|[\r\n]./.test(text.slice(first.start, last.end + 1));
  const cuts = { startsCut: !atStart && first.start === 0, endsCut: !atEnd && last.end === text.length };
  if (!isTable)
    return {
      ...{ text: text.slice(first.start, last.end), ...cuts, words: null, tokens, around },
      placeInDocument: moved(offset + first.start),
    };
  return { ...wordByWord(found.tokens, offset), ...cuts, tokens, around };
}

/** Words with a space between them, as a text that knows where each of them stands. */
function wordByWord(tokens: readonly Token[], offset: number): Pick<ShownText, 'text' | 'words' | 'placeInDocument'> {
  const words: Place[] = [];
  let text = '';
  for (const token of tokens) {
    if (text !== '') text += ' ';
    words.push({ start: text.length, end: text.length + token.text.length });
    text += token.text;
  }
  const offsetOf = (place: number, isEnd: boolean): number => {
    const at = words.findLastIndex(({ start }) => (isEnd ? start < place : start <= place));
    const own = Math.max(0, at);
    const within = Math.min(place - words[own].start, tokens[own].end - tokens[own].start);
    return offset + tokens[own].start + Math.max(0, within);
  };
  const placeInDocument = ({ start, end }: Place) => ({ start: offsetOf(start, false), end: offsetOf(end, true) });
  return { text, words, placeInDocument };
}
