// Which line ends of a text end a sentence: those of paragraphs, headings, lists, speakers and between English and Korean, not those of wrapped prose.
import { scriptChanges } from './scriptChanges';

/** A stretch of text over whose end no sentence reaches; offsets in UTF-16 units. */
export interface TextBlock {
  start: number;
  end: number;
}

/** A line without the white space around it, and the offset at which it begins. */
interface Line {
  start: number;
  line: string;
}

const SPEAKER = /^\p{Lu}[\p{L}\p{N}.'’ -]{0,40}:$/u;
const LIST_ITEM = /^(?:[-*•·▪‣–—]\s+|\(?\d{1,3}[.)]\s+|\(?[a-z][.)]\s+)\S/iu;
const MARKED = /^(?:#{1,6}\s|={3,}$|-{3,}$|\*{3,}$|>\s|\|)/u;
const ENDED = /[.!?…。:;][\p{Pe}\p{Pf}"'”’]*$/u;
const KOREAN_END = /[가-힣](?:다|요|까|죠|오|네)$/u;
const BEGINS_NEW = /^["'“‘([]?[\p{Lu}\p{N}\uac00-\ud7a3]/u;
const HEADING_WORDS = 8;

const wordCount = (line: string): number => line.split(/\s+/u).length;

const HANGUL = /\p{sc=Hang}/u;

/** A short line without a mark at its end before a longer one, standing first in its paragraph. What is in Korean heads Korean. */
const isHeading = (line: string, next: string): boolean =>
  (!HANGUL.test(line) || HANGUL.test(next)) &&
  wordCount(line) <= HEADING_WORDS &&
  !/[\p{P}]$/u.test(line) &&
  BEGINS_NEW.test(next) &&
  next.length >= 2 * line.length;

const endsBlock = (line: string, next: string, isFirst: boolean): boolean =>
  next === '' ||
  SPEAKER.test(line) ||
  SPEAKER.test(next) ||
  LIST_ITEM.test(next) ||
  MARKED.test(line) ||
  MARKED.test(next) ||
  (LIST_ITEM.test(line) && BEGINS_NEW.test(next)) ||
  KOREAN_END.test(line) ||
  (ENDED.test(line) && BEGINS_NEW.test(next) && /[.!?…。]/u.test(line.slice(-3))) ||
  (isFirst && isHeading(line, next));

/** Lines of a block as blocks that change between Hangul and other scripts only inside a sentence. */
const inOneScript = (lines: readonly Line[]): TextBlock[] => {
  const starts = [0, ...scriptChanges(lines.map(({ line }) => line))];
  return starts.flatMap((from, index) => {
    const [first, last] = [lines[from], lines[(starts[index + 1] ?? lines.length) - 1]];
    return first && last ? [{ start: first.start, end: last.start + last.line.length }] : [];
  });
};

/**
 * The blocks of a text in order, without the white space around them. Lines end with LF, CRLF or CR. A line end inside
 * wrapped prose or verse ends no block.
 */
export const blocksOf = (text: string): TextBlock[] => {
  const blocks: TextBlock[] = [];
  const lines: Line[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\r\n\u2028\u2029]+|\r\n?|\n|[\u2028\u2029]/gu)) {
    if (/^[\r\n\u2028\u2029]/u.test(line)) lines.push({ start: index + line.length, line: '' });
    else {
      const last = lines.at(-1);
      const found = { start: index + (line.length - line.trimStart().length), line: line.trim() };
      if (last && last.start === index && last.line === '') lines[lines.length - 1] = found;
      else lines.push(found);
    }
  }
  let open: Line[] = [];
  lines.forEach((found, index) => {
    if (found.line === '') return;
    open.push(found);
    if (!endsBlock(found.line, lines[index + 1]?.line ?? '', open.length === 1)) return;
    blocks.push(...inOneScript(open));
    open = [];
  });
  return blocks;
};
