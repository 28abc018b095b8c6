// The text of a CoNLL-U sentence as it was written, from its words: SpaceAfter, multiword tokens, and where each word stands.

/** UTF-16 offsets [start, end) in the text. */
export interface WordPlace {
  start: number;
  end: number;
}

/** What the first column numbers: a syntactic word, a multiword token (3-4) or an empty node (3.1), which is no part of the text. */
export type ConlluId =
  { kind: 'word'; number: number } | { kind: 'contraction'; first: number; last: number } | { kind: 'emptyNode' };

/** Null where it is no number of any of them. */
export function parseConlluId(id: string): ConlluId | null {
  const [, first, sign, last] = /^(\d+)(?:([-.])(\d+))?$/.exec(id) ?? [];
  if (first === undefined) return null;
  if (sign === '.') return { kind: 'emptyNode' };
  return sign === undefined
    ? { kind: 'word', number: Number(first) }
    : { kind: 'contraction', first: Number(first), last: Number(last) };
}

/** A form that is written as one, while its words are read. */
interface Contraction {
  /** Number of its last word. */
  last: number;
  /** What is left of its form for the words to come; null once they differ. */
  rest: string | null;
  end: number;
  firstWord: number;
}

/** Joins words in the order in which they come. */
export class ConlluText {
  /** Of each word; null where a contraction does not spell its words out, as “du” for “de le”. */
  readonly places: (WordPlace | null)[] = [];
  private written = '';
  private contraction: Contraction | null = null;

  get text(): string {
    return this.written.trimEnd();
  }

  /** A multiword token; its words follow. `misc` is the last column. */
  addContraction(form: string, last: number, misc: string): void {
    const start = this.write(form, misc);
    this.contraction = { last, rest: form, end: start + form.length, firstWord: this.places.length };
  }

  addWord(form: string, misc: string): void {
    const number = this.places.length + 1;
    if (this.contraction !== null && number <= this.contraction.last) return this.placeWithin(this.contraction, form);
    const start = this.write(form, misc);
    this.places.push({ start, end: start + form.length });
  }

  private write(form: string, misc: string): number {
    const start = this.written.length;
    this.written += /(^|\|)SpaceAfter=No(\||$)/.test(misc) ? form : `${form} `;
    return start;
  }

  /** A word of a contraction stands where its form does; where the forms differ, none of them has a place. */
  private placeWithin(contraction: Contraction, form: string): void {
    const { rest, end, firstWord } = contraction;
    if (rest?.startsWith(form)) {
      const start = end - rest.length;
      this.places.push({ start, end: start + form.length });
      contraction.rest = rest.slice(form.length);
      return;
    }
    contraction.rest = null;
    this.places.push(null);
    this.places.fill(null, firstWord);
  }
}
