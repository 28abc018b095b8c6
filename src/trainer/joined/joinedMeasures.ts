// The joined measure of one run as far as it has come: the trees are found once, the measure begins anew with other weights, and asked again
// for more sentences it goes on where it was.
import { inPieces } from '../../engine/inspection/pieces';
import type { LanguageModel } from '../../engine/network/languageModel';
import { ArcMeasurement } from '../../labs/arcs/arcMeasurement';
import type { ArcSentence } from '../../labs/arcs/arcSentence';
import { estimateArcs } from '../../labs/arcs/arcStatistics';
import { nullQuantiles } from '../../labs/arcs/nullQuantiles';
import { JOINED_DISTANCES, type AskedWord, type JoinedAnswer } from '../../protocol/joined';
import type { TokenUnit } from '../../text/tokenize';
import type { ArcSource } from './arcSource';

type Pause = () => Promise<void>;

/** A model as it is measured. */
export interface MeasuredModel {
  model: LanguageModel;
  /** Training step of its weights. */
  step: number;
  unit: TokenUnit;
  /** What a cloze model reads for a hidden token; null for a model that reads forward. */
  hidden: number | null;
}

export class JoinedMeasures {
  private readonly sentences: ArcSentence[] = [];
  private measurement: { of: ArcMeasurement; step: number; milliseconds: number } | null = null;
  /** The question that is being worked on: another one waits for it. */
  private busy: Promise<unknown> = Promise.resolve();

  constructor(private readonly source: ArcSource) {}

  /** Over the first `count` sentences, or all. What `pause` throws gives it up; what was measured stays. */
  async measure(measured: MeasuredModel, count: number, pause: Pause): Promise<JoinedAnswer> {
    const before = this.busy.catch(() => undefined);
    const own = before.then(() => this.measureNow(measured, count, pause));
    this.busy = own;
    return own;
  }

  /** What is measured so far. */
  get counted(): number {
    return this.measurement?.of.counts.sentences ?? 0;
  }

  private async measureNow(measured: MeasuredModel, count: number, pause: Pause): Promise<JoinedAnswer> {
    const { model, step, hidden } = measured;
    if (this.measurement === null || this.measurement.step !== step)
      this.measurement = { of: new ArcMeasurement(model, hidden), step, milliseconds: 0 };
    const own = this.measurement;
    const wanted = Math.min(count, this.source.sentencesInAll);
    while (own.of.counts.sentences < wanted) {
      const at = own.of.counts.sentences;
      if (at >= this.sentences.length) {
        const more = await this.source.next(pause);
        if (more.length === 0) break;
        this.sentences.push(...more);
      }
      const began = performance.now();
      await through(own.of.add(this.sentences[at], model), pause);
      own.milliseconds += performance.now() - began;
    }
    return this.answer(measured, own.of, own.milliseconds / 1000, pause);
  }

  private async answer(
    { unit, hidden }: MeasuredModel,
    { later, earlier, documents, counts }: ArcMeasurement,
    seconds: number,
    pause: Pause,
  ): Promise<JoinedAnswer> {
    const tables = [{ asked: 'later' as AskedWord, pairs: later }];
    if (hidden !== null) tables.push({ asked: 'earlier', pairs: earlier });
    const answer: JoinedAnswer = {
      ...{ problem: null, reads: hidden === null ? 'forward' : 'cloze', unit, curves: [], relations: [] },
      nullByLag: nullQuantiles(later),
      ...{ sentences: counts.sentences, sentencesInAll: this.source.sentencesInAll },
      ...{ words: counts.words, arcs: counts.arcs, trees: this.source.trees, seconds },
      leftOut: { unaligned: counts.unaligned, unknown: counts.unknown, long: counts.long, unmatched: 0 },
    };
    for (const { asked, pairs } of tables) {
      const found = await inPieces(estimateArcs([pairs], documents, JOINED_DISTANCES), pause);
      answer.curves.push(...found.curves.map((curve) => ({ ...curve, asked })));
      answer.relations.push(...found.relations.map((relation) => ({ ...relation, asked })));
      answer.leftOut.unmatched += found.unmatched;
    }
    answer.relations.sort((a, b) => b.n - a.n);
    return answer;
  }
}

/** A sentence is measured to its end even where nobody waits for it any more: what was found of it stays whole. */
async function through(steps: Generator<void, void>, pause: Pause): Promise<void> {
  try {
    while (!steps.next().done) await pause();
  } catch (error) {
    while (!steps.next().done);
    throw error;
  }
}

/** Of a run that nothing can be measured of, and why. */
export function nothingMeasured(
  problem: NonNullable<JoinedAnswer['problem']>,
  { unit, hidden }: Pick<MeasuredModel, 'unit' | 'hidden'>,
): JoinedAnswer {
  return {
    ...{ problem, reads: hidden === null ? 'forward' : 'cloze', unit, curves: [], relations: [], nullByLag: [] },
    ...{ sentences: 0, sentencesInAll: 0, words: 0, arcs: 0, seconds: 0 },
    leftOut: { unaligned: 0, unknown: 0, long: 0, unmatched: 0 },
    trees: { source: 'parser', language: null, file: null },
  };
}
