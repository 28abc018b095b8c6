// The text around a window and a parser that hangs every word on the one before it: what answers about syntax are tested with.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ParsedLanguage } from '../../../../src/protocol/syntax';
import type { TextView } from '../../../../src/protocol/trainerMessages';
import type { ParsedSentence } from '../../../../src/syntax/parser/parseBatch';
import type { TokenUnit } from '../../../../src/text/tokenize';
import { TokenCounter, type Vocabulary } from '../../../../src/text/vocabulary';
import { tokenize } from '../../../../src/text/tokenize';
import {
  answerImportTrees,
  answerParses,
  answerSyntax,
  type SyntaxContext,
} from '../../../../src/trainer/answers/syntax';
import { cutWindow } from '../../../../src/trainer/inspectedWindow';
import { SyntaxDesk } from '../../../../src/trainer/syntax/syntaxDesk';
import { cutExample, type TaskReading } from '../../../../src/trainer/tasks/examplePicture';

/** Sentences that the parser was given, with their language. */
export interface Given {
  language: ParsedLanguage;
  forms: readonly string[];
}

export interface Looking {
  unit?: TokenUnit;
  /** UTF-16 offset; the text's end where it is left out. */
  cursor?: number;
  windowStart?: number;
  columns?: number;
  reading?: TaskReading;
  /** What of the text is sent. */
  slice?: { start: number; end: number };
  /** The document's line, from 0, that this begins in. */
  line?: number;
}

export class SyntaxUnderTest {
  readonly given: Given[] = [];
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), 'gatescope-syntax-'));
  private readonly desk = new SyntaxDesk(
    this.folder,
    { kernelsWasm: null },
    {
      of: (language) =>
        Promise.resolve({
          ...{ language, notes: {}, dispose: () => undefined },
          parse: (sentences) =>
            sentences.map((forms) => {
              this.given.push({ language, forms });
              return chain(forms);
            }),
        }),
      close: () => undefined,
    },
  );

  syntax(text: string, looking: Looking = {}, trees: 'imported' | 'parser' = 'imported') {
    return answerSyntax(this.context(text, looking), { trees });
  }

  parses(text: string, seconds: number[] = []) {
    return answerParses(this.context(text, {}), { about: 'parses', trees: 'imported', seconds });
  }

  importTrees(content: string, text: string) {
    return answerImportTrees(this.context(text, {}), { about: 'importTrees', name: 'own.conllu', content });
  }

  /** The same run, opened again. */
  reopened(): SyntaxDesk {
    return new SyntaxDesk(this.folder, { kernelsWasm: null });
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }

  private context(text: string, { unit = 'words', cursor = text.length, slice, ...rest }: Looking): SyntaxContext {
    const { start, end } = slice ?? { start: 0, end: text.length };
    const sent = { text: text.slice(start, end), offset: start, atStart: start === 0, atEnd: end === text.length };
    const view: TextView = {
      ...{
        slice: { ...sent, line: rest.line, version: 1 },
        cursor,
        windowStart: rest.windowStart ?? null,
        columns: rest.columns ?? 200,
      },
    };
    const vocabulary = vocabularyOf(text, unit);
    const { reading = null } = rest;
    const window = () => (reading ? cutExample(vocabulary, '', view, reading) : cutWindow(vocabulary, '', view));
    const pause = () => Promise.resolve();
    return { view, window, reading, sample: '', syntax: this.desk, pause };
  }
}

function vocabularyOf(text: string, unit: TokenUnit): Vocabulary {
  const counter = new TokenCounter();
  for (const { text: token, start, end } of tokenize(text, unit)) counter.add(token, start, end);
  return counter.vocabulary(unit);
}

/** Word 1 is the root, each other word depends on the one before it, “elsewhere” perhaps on the one before that; all else is hardly possible. */
function chain(forms: readonly string[]): ParsedSentence {
  const n = forms.length;
  const scores = new Float64Array((n + 1) ** 2).fill(-20);
  for (let word = 1; word <= n; word++) scores[word * (n + 1) + word - 1] = 0;
  forms.forEach((form, at) => {
    if (form === 'elsewhere' && at > 1) scores[(at + 1) * (n + 1) + at - 1] = -1;
  });
  return {
    ...{ n, scores, upos: forms.map((form) => (/^\p{P}+$/u.test(form) ? 'PUNCT' : 'NOUN')) },
    relation: (head) => ({ relation: head === 0 ? 'root' : 'dep', probability: 1 }),
  };
}
