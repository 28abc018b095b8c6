// What a file is probably for, from its name and its beginning; the person may choose otherwise.
import { readLabelledTable } from './labelledTexts';
import { DatasetError, linesOf, type DatasetTask } from './examples';
import { isConllu } from './taggedSentences';

/** More classes than this are rather a column of something else. */
const MOST_CLASSES = 200;
/** Fewer rows tell nothing. */
const LEAST_ROWS = 4;
/** A tag's line is a word and a tag, not a sentence. */
const LONGEST_TAG_LINE = 80;

/** `beginning` may end anywhere. Plain text is for a language model. */
export function guessTask(name: string, beginning: string): DatasetTask | 'language' {
  if (/\.conllu?$/i.test(name) || isConllu(beginning)) return 'tagging';
  const lines = linesOf(beginning);
  const isCut = !/[\r\n]$/.test(beginning);
  const whole = isCut ? lines.slice(0, Math.max(1, lines.length - 1)) : lines;
  if (looksTagged(whole)) return 'tagging';
  const isTable = /\.(csv|tsv|tab)$/i.test(name) || whole.filter((line) => line.trim() !== '').every(hasTab);
  return isTable && isLabelled(whole) ? 'classification' : 'language';
}

const hasTab = (line: string) => line.includes('\t');

/** Short lines `token<TAB>…<TAB>tag` whose first cell has no space, with empty lines in between. */
function looksTagged(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '');
  if (filled.length < LEAST_ROWS || filled.length === lines.length) return false;
  return filled.every((line) => {
    const [token, ...others] = line.split('\t');
    return others.length > 0 && token !== '' && !token.includes(' ') && line.length <= LONGEST_TAG_LINE;
  });
}

/** A table up to its first broken row is one, too: whoever trains on it is told of the row. */
function isLabelled(lines: readonly string[]): boolean {
  try {
    const { examples } = readLabelledTable(lines.join('\n'));
    const classes = new Set(examples.map(({ label }) => label)).size;
    return examples.length >= LEAST_ROWS && classes >= 2 && classes <= MOST_CLASSES;
  } catch (error) {
    const line = error instanceof DatasetError && error.problem === 'malformed' ? Number(error.args.line) : 0;
    return line > LEAST_ROWS && line <= lines.length && isLabelled(lines.slice(0, line - 1));
  }
}
