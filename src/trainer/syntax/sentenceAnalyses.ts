// What the parser makes of sentences: readings with their probabilities, kept for each sentence that was parsed.
import type { ParsedLanguage, SyntaxReading } from '../../protocol/syntax';
import { readingsOf, type Readings } from '../../syntax/trees/readings';
import type { ScoredSentence } from '../../syntax/trees/wordHeads';
import { LONGEST_PART } from '../../syntax/words/sentences';
import type { Parsers } from './parserShelf';
import type { TextSentence } from './textSentences';

/** Sentences that are kept: those of some screenfuls. */
const MOST_KEPT = 400;
/** Words that are parsed between two pauses. */
const WORDS_AT_A_TIME = 60;

export interface SentenceAnalysis {
  upos: string[];
  /** Best first; empty for a sentence that is too long. */
  readings: SyntaxReading[];
  /** As in SyntaxSentence. */
  differs: number[];
}

export class SentenceAnalyses {
  /** By language and forms; what was used last stands at the end. */
  private readonly kept = new Map<string, SentenceAnalysis>();
  private milliseconds = 0;
  private words = 0;

  /** `told`: which trees of a parsed sentence are its readings. */
  constructor(
    private readonly parsers: Parsers,
    private readonly told: (parsed: ScoredSentence) => Readings = readingsOf,
  ) {}

  /** Words per second over all that was parsed; undefined before the first. */
  get tokensPerSecond(): number | undefined {
    return this.words === 0 ? undefined : (1000 * this.words) / this.milliseconds;
  }

  /** In the order given; null for sentences without a parser. @throws GatescopeError parserUnusable, and what `pause` throws */
  async of(
    sentences: readonly Pick<TextSentence, 'language' | 'words'>[],
    pause: () => Promise<void>,
  ): Promise<(SentenceAnalysis | null)[]> {
    const found: (SentenceAnalysis | null)[] = [];
    let since = 0;
    for (const { language, words } of sentences) {
      if (language === null) {
        found.push(null);
        continue;
      }
      const forms = words.map(({ form }) => form);
      const key = `${language} ${forms.join(' ')}`;
      let analysis = this.kept.get(key);
      if (!analysis) {
        if (since >= WORDS_AT_A_TIME) {
          await pause();
          since = 0;
        }
        since += forms.length;
        analysis = await this.analyse(language, forms);
      }
      this.keep(key, analysis);
      found.push(analysis);
    }
    return found;
  }

  private async analyse(language: ParsedLanguage, forms: string[]): Promise<SentenceAnalysis> {
    if (forms.length > LONGEST_PART) return { upos: [], readings: [], differs: [] };
    const parser = await this.parsers.of(language);
    const began = performance.now();
    const [parsed] = parser.parse([forms]);
    const { readings, differs } = this.told(parsed);
    this.milliseconds += performance.now() - began;
    this.words += forms.length;
    return { upos: parsed.upos, readings, differs };
  }

  private keep(key: string, analysis: SentenceAnalysis): void {
    this.kept.delete(key);
    this.kept.set(key, analysis);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
  }
}
