// The agreement probe: how likely a language model finds each of two continuations of a prefix, what that rests on, and what becomes of
// it as nouns of the other number come in between; and how often it is right on whole sets of such prefixes.
import * as v from 'valibot';

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

/** Phrases that come in between one by one, at most. */
export const MOST_INSERTED = 6;
/** Items of a set under which a share is told, but greyed: its interval is too wide to lean on. */
export const FEW_ITEMS = 30;

/** How likely two continuations of a prefix are. */
export const agreementQuestion = v.object({
  about: v.literal('agreement'),
  prefix: text(4000),
  continuations: v.tuple([text(200), text(200)]),
  /**
   * Whether continuations go on with the prefix's last word (a Korean particle, an ending). Else they are words of their own: to a
   * character model a space is put before them where neither side brings one.
   */
  attached: v.optional(v.boolean(), false),
  /** Whether the verb is to agree with a singular or a plural; null lets it be told from the prefix where that is possible. */
  number: v.optional(v.nullable(v.picklist(['singular', 'plural'])), null),
  /** Prefixes of the person's own, one a step, instead of generated ones. */
  steps: v.optional(v.nullable(v.pipe(v.array(text(4000)), v.maxLength(12))), null),
});

/**
 * How often a model prefers the right form, on a set of items. Every answer goes on where the last one with the same weights ended: ask until
 * all are scored. While training goes on the newest weights are others every time; then ask about a snapshot.
 */
export const agreementSetQuestion = v.object({
  about: v.literal('agreementSet'),
  set: v.variant('kind', [
    /** Sentences made from the product's own words; so many a number of attractors. */
    v.object({
      kind: v.literal('templates'),
      seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1)),
      each: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
    }),
    /** A file's content: CoNLL-U, or minimal pairs (.jsonl of BLiMP or LM_syneval); told from the content. */
    v.object({ kind: v.literal('file'), name: text(1000), content: v.pipe(v.string(), v.maxLength(64_000_000)) }),
  ]),
});

export type GrammaticalNumber = 'singular' | 'plural';

export interface ScoredToken {
  text: string;
  /** ln p(token | all before it), nats. */
  logProbability: number;
}

/** A continuation, scored as a whole: P = ∏ p(token). */
export interface ScoredContinuation {
  /** As typed. */
  text: string;
  /** What is read of it, a space before it included where one was put. */
  tokens: ScoredToken[];
  /**
   * Character models: ln P(what follows does not go on with the word), counted in, so that "is" does not stand for "island". Null where
   * tokens are words or the continuation does not end in a letter.
   */
  ending: number | null;
  /** Σ of the above, nats. */
  logProbability: number;
}

/** One prefix of the ladder. */
export interface AgreementRung {
  prefix: string;
  /** What was put in against the rung before; null on the first one and in steps of one's own. */
  inserted: string | null;
  /** Phrases put in so far; null in steps of one's own. */
  count: number | null;
  /** Nats: ln P(first), ln P(second), by whole continuations. */
  logProbabilities: [number, number];
  /** Words of the prefix that the model does not know. */
  unknown: string[];
}

export interface AgreementLadder {
  /** `typed`: the person's steps; `none`: no rungs but the first, `reason` says why. */
  kind: 'generated' | 'typed' | 'none';
  /** The noun that was taken for the subject and its number, where rungs were generated. */
  subject: { word: string; number: GrammaticalNumber; guessed: boolean } | null;
  reason: 'numberUnknown' | 'nounsUnknown' | 'notEnglish' | null;
  /** With nouns of the other number: attractors. */
  rungs: AgreementRung[];
  /** The same phrases with nouns of the subject's own number: what distance alone does. Empty where the rungs are not generated. */
  control: AgreementRung[];
}

export interface AgreementColumn {
  text: string;
  /** UTF-16 offsets in the prefix. */
  start: number;
  end: number;
  known: boolean;
}

export type AgreementRefusal =
  | { why: 'emptyPrefix' }
  | { why: 'emptyContinuation'; which: 0 | 1 }
  /** The same text, or the same tokens to this model. */
  | { why: 'sameContinuations' }
  /** These words or characters of a continuation are not in the vocabulary: P would be that of any unknown one. */
  | { why: 'unknownContinuation'; which: 0 | 1; words: string[] }
  | { why: 'otherScript'; model: string; prefix: string };

export type AgreementAnswer =
  | { refused: AgreementRefusal }
  | {
      refused: null;
      /** Tokens of the prefix that arrows may lead from: the last 256 at most. */
      columns: AgreementColumn[];
      /** Tokens read before them. */
      readBefore: number;
      /** By column: gradient × input of ln P(first) − ln P(second); positive speaks for the first. */
      influence: Float64Array;
      continuations: [ScoredContinuation, ScoredContinuation];
      /** ln P(first) − ln P(second), nats. */
      logOdds: number;
      /** Words of the prefix that the model does not know, in their order, each once. */
      unknown: string[];
      ladder: AgreementLadder;
    };

/** Items with equally many attractors. */
export interface AgreementCell {
  /** Nouns of the other number between subject and verb; null where the set does not say. */
  attractors: number | null;
  n: number;
  hits: number;
  /** hits / n, with Wilson's interval, 95 %. NaN where n is 0. */
  accuracy: number;
  low: number;
  high: number;
  /** Right if the number that is more frequent in the whole set is always said; null where the set says no numbers. */
  majority: number | null;
  /**
   * Right if the form that the training text holds more often is always said, which takes no grammar; null where the forms are not one word
   * each to the model, and as long as not all of the set is scored.
   */
  frequent: number | null;
}

export interface AgreementSetAnswer {
  /** `pairs`: minimal pairs of whole sentences. */
  kind: 'templates' | 'conllu' | 'pairs';
  /** Items scored so far, and of the whole set. */
  scored: number;
  total: number;
  /** Items left out because the model does not know a form that is compared. */
  unknownForms: number;
  overall: AgreementCell;
  /** By number of attractors, ascending; one cell of unknown number for pairs. */
  all: AgreementCell[];
  /** The strict curve: only items where all nouns in between are of the other number. Empty for pairs. */
  strict: AgreementCell[];
  /** By construction, in the set's order. */
  conditions: { name: string; cell: AgreementCell }[];
  /** Lines that could not be used, the first so many, each with the code of what is wrong, and how many there are. */
  problems: { line: number; reason: string }[];
  problemCount: number;
}
