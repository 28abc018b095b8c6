// What the parser makes of sentences: readings with their probabilities, kept for each sentence that was parsed.
import type { ParsedLanguage, SyntaxReading } from '../../protocol/syntax';
import { readingsOf, type Readings } from '../../syntax/trees/readings';
import type { ScoredSentence } from '../../syntax/trees/wordHeads';
import { LONGEST_PART } from '../../syntax/words/sentences';
import type { Parsers } from './parserShelf';
import type { TextSentence } from './textSentences';

/** Sentences that are kept: those of some screenfuls. */
const MOST_KEPT = 400;
/** So that nobody waits long for an answer to something else. */
const WORDS_AT_A_TIME = 60;

export interface SentenceAnalysis {
  upos: string[];
  /** Best first; empty for a sentence that is too long. */
  readings: SyntaxReading[];
  /** As in SyntaxSentence. */
  differs: number[];
}

export interface AnalysisOptions {
  /** Which trees of a parsed sentence are its readings. */
  told(parsed: ScoredSentence): Readings;
  /** Words that are parsed between two pauses, or a single longer sentence. */
  wordsAtATime: number;
}

interface ParsableSentence {
  key: string;
  language: ParsedLanguage;
  forms: string[];
}

export class SentenceAnalyses {
  /** By language and forms; what was used last stands at the end. */
  private readonly kept = new Map<string, SentenceAnalysis>();
  private milliseconds = 0;
  private words = 0;
  private readonly options: AnalysisOptions;

  constructor(
    private readonly parsers: Parsers,
    options: Partial<AnalysisOptions> = {},
  ) {
    this.options = { told: readingsOf, wordsAtATime: WORDS_AT_A_TIME, ...options };
  }

  /** Words per second over all that was parsed; undefined before the first. */
  get tokensPerSecond(): number | undefined {
    return this.words === 0 ? undefined : (1000 * this.words) / this.milliseconds;
  }

  /** In the order given; null for sentences without a parser. @throws GatescopeError parserUnusable, and what `pause` throws */
  async of(
    sentences: readonly Pick<TextSentence, 'language' | 'words'>[],
    pause: () => Promise<void>,
  ): Promise<(SentenceAnalysis | null)[]> {
    const asked = sentences.map(({ language, words }): ParsableSentence | null => {
      if (language === null) return null;
      const forms = words.map(({ form }) => form);
      return { key: `${language} ${forms.join(' ')}`, language, forms };
    });
    const known = new Map<string, SentenceAnalysis>();
    const unknown = new Map<string, ParsableSentence>();
    for (const sentence of asked) {
      if (sentence === null) continue;
      const kept = this.kept.get(sentence.key);
      if (kept) known.set(sentence.key, kept);
      else unknown.set(sentence.key, sentence);
    }
    let isFirst = true;
    for (const group of groupsOf([...unknown.values()], this.options.wordsAtATime)) {
      if (!isFirst) await pause();
      isFirst = false;
      const analyses = await this.analyse(group);
      group.forEach(({ key }, at) => known.set(key, analyses[at]));
    }
    for (const [key, analysis] of known) this.keep(key, analysis);
    return asked.map((sentence) => (sentence && known.get(sentence.key)) ?? null);
  }

  /** Of sentences in one language. */
  private async analyse(group: readonly ParsableSentence[]): Promise<SentenceAnalysis[]> {
    const short = group.filter(({ forms }) => forms.length <= LONGEST_PART);
    const parser = short.length === 0 ? null : await this.parsers.of(short[0].language);
    const began = performance.now();
    const parsed = parser?.parse(short.map(({ forms }) => forms)) ?? [];
    const told = new Map(parsed.map((each, at) => [short[at], { upos: each.upos, ...this.options.told(each) }]));
    this.milliseconds += performance.now() - began;
    this.words += short.reduce((sum, { forms }) => sum + forms.length, 0);
    return group.map((sentence) => told.get(sentence) ?? { upos: [], readings: [], differs: [] });
  }

  private keep(key: string, analysis: SentenceAnalysis): void {
    this.kept.delete(key);
    this.kept.set(key, analysis);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
  }
}

/** Sentences in a row that are in one language, of so many words together or a single longer one: a pass over several costs little more. */
function groupsOf(sentences: readonly ParsableSentence[], most: number): ParsableSentence[][] {
  const groups: ParsableSentence[][] = [];
  let words = 0;
  for (const sentence of sentences) {
    const last = groups.at(-1);
    words += sentence.forms.length;
    if (last && last[0].language === sentence.language && words <= most) last.push(sentence);
    else {
      groups.push([sentence]);
      words = sentence.forms.length;
    }
  }
  return groups;
}
