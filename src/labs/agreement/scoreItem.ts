// Whether a language model prefers what is right, item by item. Every item is read by itself, after a line end where the model knows one.
import { initialState, type LaneState } from '../../engine/inspection/windowForward';
import type { LanguageModel } from '../../engine/network/languageModel';
import type { Vocabulary } from '../../text/vocabulary';
import { readPair, readPrefix, wordEnds } from './continuation';
import { logShare, readOn, scoreContinuation } from './continuationScore';
import type { ComparedForms, ComparedItem, ComparedSentences } from './comparedItems';

export interface ItemScore {
  /** ln P(right) − ln P(wrong), nats. */
  logOdds: number;
}

/** Scores items with one model. */
export class ItemScorer {
  private readonly ends: Uint8Array;
  private readonly lineEnd: Int32Array;

  constructor(
    private readonly model: LanguageModel,
    private readonly vocabulary: Vocabulary,
  ) {
    this.ends = wordEnds(vocabulary);
    this.lineEnd = Int32Array.from([vocabulary.idOf('\n')].filter((id) => id > 0));
  }

  /** Null where what is compared holds words that the model does not know, or is the same to it. */
  score({ what }: ComparedItem): ItemScore | null {
    return 'prefix' in what ? this.scoreForms(what) : this.scoreSentences(what);
  }

  /**
   * What is right without any grammar: 1 where the right form is the one that the model's text holds more often, 0 where the wrong one is, ½
   * where they are as frequent. Null unless one token decides.
   */
  byFrequency({ what }: ComparedItem): number | null {
    const pair = 'prefix' in what ? this.formIds(what) : [what.good, what.bad].map((text) => this.idsOf(text));
    const [a, b] = pair;
    const apart = [...a.keys()].filter((at) => a[at] !== b[at]);
    if (this.vocabulary.unit !== 'words' || a.length !== b.length || apart.length !== 1) return null;
    const [right, wrong] = [a, b].map((ids) => this.vocabulary.entries[ids[apart[0]]].count);
    return right > wrong ? 1 : right < wrong ? 0 : 0.5;
  }

  private formIds({ prefix, right, wrong, attached }: ComparedForms): Int32Array[] {
    return readPair(this.vocabulary, prefix, [right, wrong], attached).continuations.map(({ ids }) => ids);
  }

  private idsOf(sentence: string): Int32Array {
    return readPrefix(this.vocabulary, sentence).ids;
  }

  private scoreForms({ prefix, right, wrong, attached }: ComparedForms): ItemScore | null {
    const pair = readPair(this.vocabulary, prefix, [right, wrong], attached);
    const [first, second] = pair.continuations;
    const isUnclear = first.unknown.length + second.unknown.length > 0 || sameIds(first.ids, second.ids);
    const read = this.after(pair.prefix.ids);
    if (isUnclear || read.logits === null) return null;
    const [a, b] = [first, second].map((continuation) => scoreContinuation(this.model, read, continuation, this.ends));
    return { logOdds: a.total - b.total };
  }

  /** From the first token on that is not the same; what stands before it is as likely in both. */
  private scoreSentences({ good, bad }: ComparedSentences): ItemScore | null {
    const [a, b] = [good, bad].map((text) => this.idsOf(text));
    if (sameIds(a, b) || a.length === 0 || b.length === 0) return null;
    let apart = 0;
    while (apart < a.length && apart < b.length && a[apart] === b[apart]) apart++;
    let end = 0;
    while (end < Math.min(a.length, b.length) - apart && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
    const differs = (ids: Int32Array) => ids.subarray(apart, ids.length - end);
    if ([a, b].some((ids) => differs(ids).includes(0))) return null;
    const read = this.after(a.subarray(0, apart));
    const [right, wrong] = [a, b].map((ids) => this.logProbability(read, ids.subarray(apart)));
    return { logOdds: right - wrong };
  }

  private logProbability(read: LaneState, ids: Int32Array): number {
    if (ids.length === 0) return 0;
    if (read.logits !== null) return scoreContinuation(this.model, read, { ids, endsWord: false }, this.ends).total;
    // Nothing was read: of the first token only its frequency is known.
    const frequencies = Float32Array.from(this.vocabulary.entries, ({ count }) => Math.log(count + 1));
    const state = readOn(this.model, ids.subarray(0, 1), read);
    const rest = scoreContinuation(this.model, state, { ids: ids.subarray(1), endsWord: false }, this.ends);
    return logShare(frequencies, ids[0]) + rest.total;
  }

  private after(ids: Int32Array): LaneState {
    const read = Int32Array.from([...this.lineEnd, ...ids]);
    return read.length > 0 ? readOn(this.model, read) : initialState(this.model);
  }
}

function sameIds(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((id, t) => id === b[t]);
}
