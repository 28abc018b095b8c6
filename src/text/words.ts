// Splits streamed text into words, single punctuation marks or symbols, and line ends.
import { clusterStarts, visitCluster } from './graphemes';
import type { Tokenizer, TokenVisitor } from './tokenize';

/** A run of letters longer than this (encoded data, a line without spaces) is cut into pieces. */
const LONGEST_WORD = 100;
/** Units at the end of a piece that are held back: a word's end is certain only when what follows it is known. */
const MARGIN = 8;

/** Scripts written without spaces between words; a dictionary (Intl.Segmenter) finds the words in them. */
const UNSPACED = '[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}]';
const LETTER = `[[\\p{L}\\p{N}_]--${UNSPACED}]`;
const INNER = `(?:[[\\p{L}\\p{M}\\p{N}_]--${UNSPACED}]|['’\\u200c\\u200d](?=${LETTER})|(?<=\\p{N})[.,](?=\\p{N}))`;
const WORD = `${LETTER}${INNER}{0,${LONGEST_WORD - 1}}`;
const UNSPACED_RUN = `${UNSPACED}[${UNSPACED}\\p{M}ー]{0,${2 * LONGEST_WORD - 1}}`;
const OTHER = `[[^\\s\\p{L}\\p{N}_]--${UNSPACED}]+`;
const PATTERN = new RegExp(
  `(?<line>\\r\\n?|\\n)|(?<space>[^\\S\\r\\n]+)|(?<word>${WORD})|(?<unspaced>${UNSPACED_RUN})|(?<other>${OTHER})`,
  'vy',
);

const dictionary = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * Word tokenizer. A word is a run of letters, digits and their marks, with apostrophes and decimal points inside; a Korean
 * eojeol is one word. Any other visible cluster is a token of its own; a line end (CRLF, CR or LF) is the token "\n";
 * other white space is no token: it shows as the gap between two tokens' offsets, and the vocabulary remembers how
 * often each token stands beside a space so that text can be written back (see spacing.ts).
 */
export class WordTokenizer implements Tokenizer {
  private held = '';
  private heldStart = 0;

  push(text: string, visit: TokenVisitor): void {
    this.scan(this.held + text, visit, false);
  }

  end(visit: TokenVisitor): void {
    this.scan(this.held, visit, true);
  }

  private scan(buffer: string, visit: TokenVisitor, last: boolean): void {
    const base = this.heldStart;
    const limit = last ? buffer.length : buffer.length - MARGIN;
    let at = 0;
    while (at < limit) {
      PATTERN.lastIndex = at;
      // The groups leave no character out, so there is a match at every place.
      const match = PATTERN.exec(buffer) as RegExpExecArray;
      const groups = match.groups as Record<string, string | undefined>;
      const end = at + match[0].length;
      if (groups.space !== undefined) {
        at = Math.min(end, limit);
        continue;
      }
      if (groups.other !== undefined) {
        at = visitClusters(buffer, at, end, base, visit, end <= limit);
        if (end > limit) break;
        continue;
      }
      if (end > limit) break;
      if (groups.unspaced !== undefined) visitDictionaryWords(groups.unspaced, base + at, visit);
      else visit(groups.line !== undefined ? '\n' : buffer.slice(at, end), base + at, base + end);
      at = end;
    }
    this.held = buffer.slice(at);
    this.heldStart = base + at;
  }
}

/** Visits the clusters of buffer[from, to), without the last few when more of them may follow; returns where it stopped. */
function visitClusters(
  buffer: string,
  from: number,
  to: number,
  base: number,
  visit: TokenVisitor,
  complete: boolean,
): number {
  const text = buffer.slice(from, to);
  const starts = clusterStarts(text);
  const limit = complete ? text.length : text.length - MARGIN;
  for (let k = 0; k < starts.length; k++) {
    const end = k + 1 < starts.length ? starts[k + 1] : text.length;
    const stop = visitCluster(text, starts[k], Math.min(end, limit), base + from, visit, end <= limit);
    if (end > limit) return from + Math.max(stop, starts[k]);
  }
  return to;
}

function visitDictionaryWords(run: string, base: number, visit: TokenVisitor): void {
  for (const { segment, index } of dictionary.segment(run)) visit(segment, base + index, base + index + segment.length);
}
