// Trees of a CoNLL-U file (universaldependencies.org/format); sentences that hold none are left out, with line and reason.
import { ConlluText, parseConlluId } from '../../text/datasets/conlluText';
import { linesOf } from '../../text/datasets/examples';
import { CONLLU_COLUMNS } from '../../text/datasets/taggedSentences';
import { readHeads } from './conlluHeads';
import type { ConlluProblem, ConlluReason, ConlluReasonCode } from './conlluProblems';
import type { ConlluTree, Contraction } from './dependencyTree';

export interface ConlluFile {
  trees: ConlluTree[];
  problems: ConlluProblem[];
}

/**
 * Every sentence gives either a tree or its first problem; a text without sentences gives neither. A tree has one root word and no
 * cycle; what its relations are called is not judged.
 */
export function readConllu(content: string): ConlluFile {
  const file: ConlluFile = { trees: [], problems: [] };
  let document: string | null = null;
  let sentence: SentenceReader | null = null;
  const finish = () => {
    if (sentence === null) return;
    const read = sentence.finish();
    if (read !== null && 'reason' in read) file.problems.push(read);
    else if (read !== null) file.trees.push(read);
    document = sentence.document;
    sentence = null;
  };
  linesOf(content).forEach((text, at) => {
    if (text.trim() === '') return finish();
    sentence ??= new SentenceReader(at + 1, document);
    sentence.read(text, at + 1);
  });
  finish();
  return file;
}

/** Takes the lines of one sentence. */
class SentenceReader {
  private readonly comments: string[] = [];
  private readonly forms: string[] = [];
  private readonly lemmas: string[] = [];
  private readonly upos: (string | null)[] = [];
  private readonly xpos: string[] = [];
  private readonly features: string[] = [];
  /** As written. */
  private readonly heads: string[] = [];
  private readonly relations: string[] = [];
  private readonly misc: string[] = [];
  private readonly contractions: Contraction[] = [];
  private readonly text = new ConlluText();
  /** Of each word the line that it is on. */
  private readonly lines: number[] = [];
  /** The line of the last contraction. */
  private contractionLine = 0;
  private sentence: string | null = null;
  private problem: ConlluProblem | null = null;

  constructor(
    private readonly line: number,
    /** The document of the sentence before, until a comment begins another one. */
    public document: string | null,
  ) {}

  read(text: string, line: number): void {
    if (text.startsWith('#')) this.readComment(text);
    else if (this.problem === null) this.readRow(text.split('\t'), line);
  }

  /** Null where there are only comments. */
  finish(): ConlluTree | ConlluProblem | null {
    if (this.problem !== null) return this.problem;
    const { forms, lemmas, upos, xpos, features, relations, misc, comments, contractions } = this;
    const contraction = contractions.at(-1);
    if (contraction && contraction.last > forms.length) {
      const id = `${contraction.first}-${contraction.last}`;
      return { line: this.contractionLine, reason: { code: 'contraction', args: { id } } };
    }
    if (forms.length === 0) return null;
    const read = readHeads(this.heads, forms);
    if ('reason' in read) return { line: this.lines[read.word], reason: read.reason };
    return {
      ...{ forms, upos, heads: read.heads, relations, text: this.text.text, places: this.text.places },
      ...{ lemmas, xpos, features, misc, contractions, comments },
      ...{ document: this.document, sentence: this.sentence, line: this.line },
    };
  }

  private readComment(text: string): void {
    this.comments.push(text);
    const newdoc = /^#\s*newdoc(?:\s+id\s*=\s*(.*?)\s*)?$/.exec(text);
    if (newdoc) this.document = newdoc[1] ?? null;
    const sentence = /^#\s*sent_id\s*=\s*(.*?)\s*$/.exec(text);
    if (sentence) this.sentence = sentence[1];
  }

  private readRow(cells: string[], line: number): void {
    if (cells.length !== CONLLU_COLUMNS.length) return this.fail(line, 'columns', { columns: cells.length });
    const [number, written, lemma, upos, xpos, features, head, relation, , misc] = cells;
    const id = parseConlluId(number);
    if (id?.kind === 'emptyNode') return;
    const form = written.trim();
    const expected = this.forms.length + 1;
    if (id === null || (id.kind === 'word' && id.number !== expected))
      return this.fail(line, 'wordNumber', { id: number, expected });
    if (form === '') return this.fail(line, 'noForm');
    if (id.kind === 'contraction') {
      const before = this.contractions.at(-1)?.last ?? 0;
      if (id.first !== expected || id.last < id.first || id.first <= before)
        return this.fail(line, 'contraction', { id: number });
      this.contractionLine = line;
      this.contractions.push({ first: id.first, last: id.last, form, misc });
      return this.text.addContraction(form, id.last, misc);
    }
    this.text.addWord(form, misc);
    this.lines.push(line);
    this.forms.push(form);
    this.lemmas.push(lemma || '_');
    this.upos.push(upos === '_' || upos === '' ? null : upos);
    this.xpos.push(xpos || '_');
    this.features.push(features || '_');
    this.heads.push(head);
    this.relations.push(relation || '_');
    this.misc.push(misc || '_');
  }

  private fail(line: number, code: ConlluReasonCode, args: ConlluReason['args'] = {}): void {
    this.problem = { line, reason: { code, args } };
  }
}
