// Pairs of words of the same sentence with what passes between them, in columns: a file has hundreds of thousands of them.
import { universalRelation } from '../../syntax/trees/dependencyTree';

/** Pairs farther apart than this are compared as if they were this far apart. */
export const LONGEST_LAG = 63;

export const OPEN = ['ADJ', 'ADV', 'INTJ', 'NOUN', 'PROPN', 'VERB'];
export const CLOSED = ['ADP', 'AUX', 'CCONJ', 'DET', 'NUM', 'PART', 'PRON', 'SCONJ'];
/** What a word without a known part of speech counts as. */
export const OTHER = 'X';
const CLASSES = 3;
/** Parts of speech that are told apart; there are 17 universal ones. */
const MOST_SPEECH = 64;

/** Open, closed or other, as Universal Dependencies sort the parts of speech. */
export function wordClass(upos: string): number {
  return OPEN.includes(upos) ? 0 : CLOSED.includes(upos) ? 1 : 2;
}

/** What joins a pair: nothing, or an arc of a relation, whose head is the earlier word or the later one. */
export interface Arc {
  relation: string;
  headFirst: boolean;
}

class Column {
  values = new Float64Array(1 << 12);
  length = 0;
  push(value: number): void {
    if (this.length === this.values.length) {
      const grown = new Float64Array(2 * this.length);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.length++] = value;
  }
}

export class WordPairs {
  private readonly speech = new Map([[OTHER, 0]]);
  private readonly names = [OTHER];
  private readonly relationIds = new Map<string, number>();
  readonly relations: string[] = [];
  private readonly columns = {
    sentence: new Column(),
    lag: new Column(),
    earlier: new Column(),
    later: new Column(),
    arc: new Column(),
    value: new Column(),
    share: new Column(),
  };

  get length(): number {
    return this.columns.lag.length;
  }

  /** `lag` in words; `value` is a norm, `share` its part of all norms of the same loss. */
  add(
    sentence: number,
    lag: number,
    earlier: string | null,
    later: string | null,
    arc: Arc | null,
    value: number,
    share: number,
  ): void {
    const { columns } = this;
    columns.sentence.push(sentence);
    columns.lag.push(lag);
    columns.earlier.push(this.speechOf(earlier));
    columns.later.push(this.speechOf(later));
    columns.arc.push(arc === null ? 0 : 1 + 2 * this.relationOf(arc.relation) + (arc.headFirst ? 1 : 0));
    columns.value.push(value);
    columns.share.push(share);
  }

  sentence(pair: number): number {
    return this.columns.sentence.values[pair];
  }

  lag(pair: number): number {
    return this.columns.lag.values[pair];
  }

  value(pair: number): number {
    return this.columns.value.values[pair];
  }

  share(pair: number): number {
    return this.columns.share.values[pair];
  }

  isArc(pair: number): boolean {
    return this.columns.arc.values[pair] > 0;
  }

  arc(pair: number): Arc | null {
    const code = this.columns.arc.values[pair];
    if (code === 0) return null;
    return { relation: this.relations[(code - 1) >> 1], headFirst: (code - 1) % 2 === 1 };
  }

  /** The same, and not negative, for pairs at the same lag whose words have the same parts of speech. */
  cell(pair: number): number {
    const { earlier, later } = this.columns;
    return (this.shownLag(pair) * MOST_SPEECH + earlier.values[pair]) * MOST_SPEECH + later.values[pair];
  }

  /** The same, and negative, for pairs at the same lag whose words are of the same classes. */
  coarseCell(pair: number): number {
    const { earlier, later } = this.columns;
    const [a, b] = [earlier, later].map(({ values }) => wordClass(this.names[values[pair]]));
    return -1 - (this.shownLag(pair) * CLASSES + a) * CLASSES - b;
  }

  private shownLag(pair: number): number {
    return Math.min(LONGEST_LAG, this.lag(pair));
  }

  private speechOf(upos: string | null): number {
    const name = upos ?? OTHER;
    const known = this.speech.get(name);
    if (known !== undefined) return known;
    if (this.names.length === MOST_SPEECH) return this.speechOf(null);
    this.speech.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  private relationOf(relation: string): number {
    const name = universalRelation(relation);
    const known = this.relationIds.get(name);
    if (known !== undefined) return known;
    this.relationIds.set(name, this.relations.length);
    return this.relations.push(name) - 1;
  }
}
