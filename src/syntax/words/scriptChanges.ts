// Where English or program code and Korean meet at a line end, and whether one goes on in the other.
import { CODE_SHARE, codeShare } from './codeShare';

/** What a line is written in; null where both are. */
type Script = 'hangul' | 'other' | null;

/** Words that names and titles have in lower case too: Bank of America. */
const SMALL = /^(?:of|the|and|in|for|to|a|an|on|at|by|with|from|or|de|la|van|von)$/u;
/** Words that sentences have and terms seldom have. */
const COMMON =
  /^(?:i|you|he|she|it|we|they|me|him|us|them|my|your|his|her|our|their|this|that|these|those|is|are|was|were|be|been|am|do|does|did|have|has|had|not|no|yes|but|so|if|when|who|what|how|why|will|would|can|could|should|shall|may|must|let|there|here|hello|good|very|[a-z]+['’](?:s|t|m|re|ve|ll|d))$/u;
/** Beginnings of Korean lines that go on with what stands before them: particles and quoting words without a stem. */
const GOES_ON =
  /^(?:은|는|을|를|의|에|에서|에게|께서?|으?로|으?로서|으?로써|와|과|까지|부터|보다|처럼|이?라(?:고|는|며|면서|던|도)(?:\p{sc=Hang}*)|이?란|하(?:고|며|는)|이다|입니다|였다|이었다|인)(?![\p{L}\p{N}])/u;

const HANGUL = /\p{sc=Hang}/u;

const scriptOf = (line: string): Script => {
  if (!HANGUL.test(line)) return 'other';
  const words = line.split(/\s+/u).filter((word) => /\p{L}/u.test(word));
  return words.filter((word) => HANGUL.test(word)).length * 2 >= words.length ? 'hangul' : null;
};

/** Whether lines without Hangul are a sentence rather than a name or a term that stands in one. */
const isSentence = (text: string): boolean => {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu) ?? [];
  const low = words.filter((word) => /^\p{Ll}/u.test(word) && !SMALL.test(word)).length;
  const common = words.filter((word) => COMMON.test(word.toLowerCase())).length;
  if (low === 0 || words.length < 2) return false;
  return /^[\P{L}]*\p{Lu}/u.test(text) ? common > 0 || words.length > 2 : common > 1;
};

/** Whether a quotation or a bracket is open at the end of a text. */
const isOpen = (text: string): boolean => {
  const count = (mark: RegExp): number => text.match(mark)?.length ?? 0;
  return count(/"/gu) % 2 === 1 || count(/[“「『(]/gu) > count(/[”」』)]/gu);
};

interface Run {
  from: number;
  to: number;
  script: Script;
  text: string;
}

/** Lines in a row in one script; those without letters go with the line before. */
const runsOf = (lines: readonly string[]): Run[] => {
  const runs: Run[] = [];
  lines.forEach((line, index) => {
    const last = runs.at(-1);
    const script = scriptOf(line);
    if (last && (last.script === script || !/\p{L}/u.test(line))) {
      last.to = index + 1;
      last.text += `\n${line}`;
    } else runs.push({ from: index, to: index + 1, script, text: line });
  });
  return runs;
};

const isCode = (text: string): boolean => codeShare(text) >= CODE_SHARE;

/** Whether a sentence begins with a capital before Korean lines and goes on in lower case behind them. */
const reachesOver = (before: Run | undefined, after: Run | undefined): boolean =>
  before?.script === 'other' &&
  after?.script === 'other' &&
  /^[\P{L}]*\p{Lu}/u.test(before.text) &&
  /^[\P{L}]*\p{Ll}/u.test(after.text) &&
  !isCode(before.text) &&
  !isCode(after.text);

/** Whether lines without Hangul stand for themselves among Korean lines, rather than in a sentence of theirs. */
const standsAlone = (run: Run, before: string, next: string): boolean => {
  if (isCode(run.text)) return true;
  return isSentence(run.text) && !isOpen(before) && !isOpen(run.text) && !GOES_ON.test(next);
};

/**
 * The lines of a block (trimmed, none empty) with which a new block begins because the script changes: one line is
 * prevailingly Hangul, the other is a sentence or program code without any. A name or a term on a line of its own, what
 * a particle follows, an open quotation, and English that goes on in lower case behind Korean lines stay where they are.
 * Ascending; never 0.
 */
export const scriptChanges = (lines: readonly string[]): number[] => {
  if (!lines.some((line) => HANGUL.test(line))) return [];
  const runs = runsOf(lines);
  return runs.slice(1).flatMap((run, index) => {
    const previous = runs[index];
    if (!previous || previous.script === null || run.script === null) return [];
    const other = run.script === 'other' ? index + 1 : index;
    const hangul = run.script === 'hangul' ? index + 1 : index;
    const before = lines.slice(0, runs[other]?.from ?? 0).join('\n');
    const isAlone = standsAlone(runs[other] ?? run, before, lines[runs[other]?.to ?? 0] ?? '');
    return isAlone && !reachesOver(runs[hangul - 1], runs[hangul + 1]) ? [run.from] : [];
  });
};
