// What a labelled text is made of, whatever file it came from, and what can be wrong with it.

/** What a network learns besides predicting the next token. */
export type DatasetTask = 'classification' | 'tagging' | 'cloze';

/** A text and the class it belongs to. */
export interface LabelledText {
  text: string;
  label: string;
}

/** The tokens of a sentence and the tag of each. */
export interface TaggedSentence {
  tokens: string[];
  tags: string[];
}

/** What was read from a file; lines without anything in them are skipped and counted. */
export interface Examples<E> {
  examples: E[];
  emptyLines: number;
}

/**
 * Why a file is no set of examples. `malformed`: a line breaks the format (args line, reason); `unlabelled`: no line has a label or a
 * tag, or the column that was asked for is not there (args column, and the columns found); `untagged`: the column of tags says nothing of
 * any token (args column); `oneClass`: all have the same (args label); `tooFew` (args examples, needed).
 */
export class DatasetError extends Error {
  constructor(
    readonly problem: 'malformed' | 'unlabelled' | 'untagged' | 'oneClass' | 'tooFew',
    readonly args: Record<string, string | number> = {},
  ) {
    super(`${problem} ${JSON.stringify(args)}`);
    this.name = 'DatasetError';
  }
}

export function malformed(line: number, reason: string): DatasetError {
  return new DatasetError('malformed', { line, reason });
}

/** Lines without their ends, CRLF, CR or LF; a line end at the very end begins no further line. */
export function linesOf(text: string): string[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}
