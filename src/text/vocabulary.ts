// The tokens a model knows, with their counts; everything else is read as the unknown token, id 0.
import type { TokenUnit } from './tokenize';

export const UNKNOWN_ID = 0;
export const UNKNOWN_TEXT = '\ufffd';

/** The most tokens a vocabulary holds besides the unknown one; the output layer grows with it. */
export const VOCABULARY_LIMIT: Record<TokenUnit, number> = { characters: 5000, words: 5000 };
/** In a text of at least this many tokens, what occurs once becomes unknown, so that the unknown embedding is trained. */
const RARE_FROM = 1000;
/** Distinct tokens counted before those seen once are forgotten, so that memory stays bounded. */
const COUNTED_LIMIT = 1_000_000;

/** One known token. `spaceBefore` and `spaceAfter` count occurrences beside white space (words only). */
export interface VocabularyEntry {
  text: string;
  count: number;
  spaceBefore: number;
  spaceAfter: number;
}

/** Counts the tokens of a stream, in reading order. */
export class TokenCounter {
  tokens = 0;
  private readonly entries = new Map<string, VocabularyEntry>();
  private previous: VocabularyEntry | null = null;
  private previousEnd = 0;

  add(text: string, start: number, end: number): void {
    this.tokens++;
    let entry = this.entries.get(text);
    if (entry === undefined) {
      if (this.entries.size >= COUNTED_LIMIT) this.forgetRare();
      entry = { text, count: 0, spaceBefore: 0, spaceAfter: 0 };
      this.entries.set(text, entry);
    }
    entry.count++;
    if (start > this.previousEnd) {
      entry.spaceBefore++;
      if (this.previous !== null) this.previous.spaceAfter++;
    }
    this.previous = entry;
    this.previousEnd = end;
  }

  get distinct(): number {
    return this.entries.size;
  }

  /** The most frequent token, or null before the first. */
  get mostFrequent(): VocabularyEntry | null {
    let best: VocabularyEntry | null = null;
    for (const entry of this.entries.values()) if (best === null || entry.count > best.count) best = entry;
    return best;
  }

  /**
   * The vocabulary of what was counted, most frequent first (equal counts in code-unit order, so that it is reproducible):
   * at most `limit` tokens; from RARE_FROM tokens on without those seen only once.
   */
  vocabulary(unit: TokenUnit, limit = VOCABULARY_LIMIT[unit]): Vocabulary {
    const minimum = this.tokens >= RARE_FROM ? 2 : 1;
    const kept = [...this.entries.values()].filter(({ text, count }) => count >= minimum && text !== UNKNOWN_TEXT);
    kept.sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
    const known = kept.slice(0, limit);
    const unknown = { text: UNKNOWN_TEXT, count: this.tokens, spaceBefore: 0, spaceAfter: 0 };
    for (const { count } of known) unknown.count -= count;
    return new Vocabulary(unit, [unknown, ...known]);
  }

  /** Every distinct token in code point order. */
  inCodePointOrder(): string[] {
    const points = (text: string) => Array.from(text, (symbol) => symbol.codePointAt(0) ?? 0);
    const compare = (a: number[], b: number[]) => {
      const at = a.findIndex((point, k) => point !== b[k]);
      return at < 0 ? a.length - b.length : a[at] - (b[at] ?? -1);
    };
    const tokens = [...this.entries.keys()].map((text) => ({ text, points: points(text) }));
    return tokens.sort((a, b) => compare(a.points, b.points)).map(({ text }) => text);
  }

  /** A vocabulary of the given tokens in their order, behind the unknown one, with the counts of this text. */
  vocabularyOf(unit: TokenUnit, tokens: readonly string[]): Vocabulary {
    const none = { count: 0, spaceBefore: 0, spaceAfter: 0 };
    const known = tokens.map((text) => this.entries.get(text) ?? { text, ...none });
    const counted = known.reduce((sum, { count }) => sum + count, 0);
    return new Vocabulary(unit, [{ text: UNKNOWN_TEXT, ...none, count: this.tokens - counted }, ...known]);
  }

  private forgetRare(): void {
    for (const [text, { count }] of this.entries) if (count === 1) this.entries.delete(text);
  }
}

/** Stands for a token that is hidden from the network; no text holds this noncharacter. */
export const HIDDEN_TEXT = '\ufdd0';

/** The vocabulary with one id more, the last, for tokens that are hidden. */
export function withHidden({ unit, entries }: Vocabulary): Vocabulary {
  return new Vocabulary(unit, [...entries, { text: HIDDEN_TEXT, count: 0, spaceBefore: 0, spaceAfter: 0 }]);
}

/** Token ids and their texts. `entries[0]` is the unknown token. */
export class Vocabulary {
  private readonly ids = new Map<string, number>();

  constructor(
    readonly unit: TokenUnit,
    readonly entries: readonly VocabularyEntry[],
  ) {
    entries.forEach(({ text }, id) => this.ids.set(text, id));
    this.ids.delete(UNKNOWN_TEXT);
  }

  /** Number of ids, the unknown one included. */
  get size(): number {
    return this.entries.length;
  }

  /** The token's id, or UNKNOWN_ID. */
  idOf(token: string): number {
    return this.ids.get(token) ?? UNKNOWN_ID;
  }

  textOf(id: number): string {
    return this.entries[id].text;
  }

  /** Plain data for a JSON file: one row [text, count, spaceBefore, spaceAfter] per id. */
  toJSON(): unknown {
    const rows = this.entries.map(({ text, count, spaceBefore, spaceAfter }) => [text, count, spaceBefore, spaceAfter]);
    return { format: 1, unit: this.unit, tokens: rows };
  }

  /** @throws Error saying what is wrong when the data is not a vocabulary. */
  static fromJSON(data: unknown): Vocabulary {
    const { format, unit, tokens } = (data ?? {}) as { format?: unknown; unit?: unknown; tokens?: unknown };
    if (format !== 1) throw new Error(`vocabulary format ${String(format)}, expected 1`);
    if (unit !== 'characters' && unit !== 'words') throw new Error(`vocabulary unit ${String(unit)}`);
    if (!Array.isArray(tokens) || tokens.length === 0) throw new Error('vocabulary without tokens');
    const entries = tokens.map((row: unknown, id): VocabularyEntry => {
      const [text, count, spaceBefore, spaceAfter] = Array.isArray(row) ? (row as unknown[]) : [];
      if (typeof text !== 'string' || ![count, spaceBefore, spaceAfter].every((x) => typeof x === 'number'))
        throw new Error(`vocabulary row ${id} is damaged`);
      return { text, count: Number(count), spaceBefore: Number(spaceBefore), spaceAfter: Number(spaceAfter) };
    });
    return new Vocabulary(unit, entries);
  }
}
