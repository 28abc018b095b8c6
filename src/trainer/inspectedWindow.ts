// The window of text that is looked at: cut out of a slice of live text around the cursor, with what is read before it.
import { GatescopeError } from '../protocol/failures';
import type { TextSlice, TextView } from '../protocol/trainerMessages';
import { tokenize, type Token } from '../text/tokenize';
import type { Vocabulary } from '../text/vocabulary';

/** Tokens read before what is looked at to warm the state up. */
export const WARM_UP = 256;
/** Columns kept free right of the focus when the window has to move. */
const AHEAD = 8;

export interface WindowPlacement {
  /** Indices into the slice's tokens: [first, end). */
  first: number;
  end: number;
  /** Index of the token just left of the cursor. */
  focus: number;
}

/**
 * Places the window of `columns` tokens: it stays at `windowStart` (offset of a token) while the cursor's token is inside;
 * otherwise the focus lands eight columns from the right edge. It never begins before the first token.
 */
export function placeWindow(
  tokens: readonly Token[],
  cursor: number,
  windowStart: number | null,
  columns: number,
): WindowPlacement {
  let focus = 0;
  while (focus + 1 < tokens.length && tokens[focus + 1].start < cursor) focus++;
  const kept = windowStart === null ? -1 : tokens.findIndex(({ start }) => start === windowStart);
  const stays = kept >= 0 && focus >= kept && focus < kept + columns;
  const ahead = Math.min(AHEAD, Math.floor(columns / 4));
  const first = stays ? kept : Math.max(0, focus - (columns - 1 - ahead));
  return { first, end: Math.min(tokens.length, first + columns), focus };
}

/** Tokens of a slice with their offsets in the document, without those that a cut may have halved. */
export function sliceTokens(slice: TextSlice, vocabulary: Vocabulary): Token[] {
  const tokens = tokenize(slice.text, vocabulary.unit).map(({ text, start, end }) => ({
    text,
    start: start + slice.offset,
    end: end + slice.offset,
  }));
  const from = slice.atStart || tokens.length < 3 ? 0 : 1;
  const to = slice.atEnd || tokens.length < 3 ? tokens.length : tokens.length - 1;
  return tokens.slice(from, to);
}

export interface InspectedWindow {
  /** Tokens of the window, T of them, with their offsets in the document. */
  tokens: Token[];
  /** Ids read before the window, from a zero state. */
  warmUp: Int32Array;
  /** Ids of the window [T]. */
  ids: Int32Array;
  /** What follows the window; null at the end of the text. */
  next: { id: number; text: string } | null;
  /** Index in the window of the token just left of the cursor. */
  focus: number;
  /** Whether what is read begins where the text does. */
  startsText: boolean;
}

/** @throws GatescopeError nothingToInspect when the slice (or, without one, the sample) holds no token. */
export function cutWindow(vocabulary: Vocabulary, sample: string, view: TextView): InspectedWindow {
  const slice = sliceOf(sample, view);
  const tokens = sliceTokens(slice, vocabulary);
  if (tokens.length === 0) throw new GatescopeError('nothingToInspect');
  // Before the first character nothing has been read: the first screenful is shown, the focus near its end.
  const lastShown = Math.min(tokens.length, view.columns) - 1 - Math.min(AHEAD, Math.floor(view.columns / 4));
  const cursor = view.cursor === 0 ? tokens[Math.max(0, lastShown)].end : view.cursor;
  const { first, end, focus } = placeWindow(tokens, cursor, view.windowStart, view.columns);
  const warmStart = Math.max(0, first - WARM_UP);
  const ids = Int32Array.from(tokens.slice(warmStart, end + 1), ({ text }) => vocabulary.idOf(text));
  return {
    tokens: tokens.slice(first, end),
    warmUp: ids.subarray(0, first - warmStart),
    ids: ids.subarray(first - warmStart, end - warmStart),
    next: end < tokens.length ? { id: ids[end - warmStart], text: tokens[end].text } : null,
    focus: focus - first,
    startsText: slice.atStart && warmStart === 0,
  };
}

/** The slice of live text, or the beginning of the training text where no editor shows it. */
export function sliceOf(sample: string, { slice }: TextView): TextSlice {
  return slice ?? { text: sample, offset: 0, atStart: true, atEnd: false, version: 0 };
}
