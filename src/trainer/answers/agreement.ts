// How likely two continuations of a prefix are, which of its tokens speak for which, and what attractors in between do to that.
import { initialState } from '../../engine/inspection/windowForward';
import { attractorLadder, type Rung } from '../../labs/agreement/attractorLadder';
import { readPair, wordEnds, type ReadContinuation, type ReadPair } from '../../labs/agreement/continuation';
import { readOn, scoreContinuation, type ContinuationScore } from '../../labs/agreement/continuationScore';
import { oddsInfluence } from '../../labs/agreement/oddsInfluence';
import { otherScript } from '../../labs/agreement/scripts';
import {
  MOST_INSERTED,
  type AgreementAnswer,
  type AgreementLadder,
  type AgreementRefusal,
  type AgreementRung,
  type ScoredContinuation,
} from '../../protocol/agreement';
import type { QuestionOf } from '../../protocol/questions';
import { UNKNOWN_ID, type Vocabulary } from '../../text/vocabulary';
import type { AnswerContext } from './answerContext';

/** Tokens of the prefix that arrows may lead from; those before them are read, too. */
const COLUMNS = 256;

type Asked = QuestionOf<'agreement'>;
type Context = Pick<AnswerContext, 'model' | 'vocabulary' | 'pause'>;

export async function answerAgreement(context: Context, question: Asked): Promise<AgreementAnswer> {
  const { model, vocabulary, pause } = context;
  const { prefix, continuations, attached } = question;
  const pair = readPair(vocabulary, prefix, continuations, attached);
  const refused = refusalOf(vocabulary, question, pair);
  if (refused !== null) return { refused };
  const ends = wordEnds(vocabulary);
  const readBefore = Math.max(0, pair.prefix.ids.length - COLUMNS);
  const before = readBefore > 0 ? readOn(model, pair.prefix.ids.subarray(0, readBefore)) : initialState(model);
  await pause();
  const columns = pair.prefix.ids.subarray(readBefore);
  const influence = await oddsInfluence(model, columns, before, pair.continuations, ends, pause);
  const after = readOn(model, columns, before);
  const [first, second] = pair.continuations.map((read, which) =>
    told(continuations[which], read, scoreContinuation(model, after, read, ends)),
  );
  return {
    refused: null,
    columns: pair.prefix.tokens.slice(readBefore),
    ...{ readBefore, influence, continuations: [first, second] },
    logOdds: first.logProbability - second.logProbability,
    unknown: pair.prefix.unknown,
    ladder: await ladderOf(context, question, ends),
  };
}

function refusalOf(
  vocabulary: Vocabulary,
  { prefix, continuations }: Asked,
  { prefix: read, continuations: both }: ReadPair,
): AgreementRefusal | null {
  for (const which of [0, 1] as const)
    if (continuations[which].trim() === '' || both[which].ids.length === 0) return { why: 'emptyContinuation', which };
  if (continuations[0].trim() === continuations[1].trim()) return { why: 'sameContinuations' };
  if (read.ids.length === 0) return { why: 'emptyPrefix' };
  const other = otherScript(vocabulary, prefix);
  if (other !== null) return { why: 'otherScript', ...other };
  for (const which of [0, 1] as const) {
    const { unknown: words } = both[which];
    if (words.length > 0) return { why: 'unknownContinuation', which, words };
  }
  const [a, b] = both;
  const isSame = a.ids.length === b.ids.length && a.ids.every((id, at) => id === b.ids[at]);
  return isSame ? { why: 'sameContinuations' } : null;
}

function told(text: string, { texts }: ReadContinuation, score: ContinuationScore): ScoredContinuation {
  const tokens = texts.map((token, at) => ({ text: token, logProbability: score.tokens[at] }));
  return { text, tokens, ending: score.ending, logProbability: score.total };
}

async function ladderOf(context: Context, question: Asked, ends: Uint8Array): Promise<AgreementLadder> {
  const { prefix, number, steps, attached } = question;
  const rungs = async (all: readonly Rung[], counted: boolean): Promise<AgreementRung[]> => {
    const scored: AgreementRung[] = [];
    for (const [at, rung] of all.entries()) {
      const found = scoreRung(context, question, rung.prefix, ends);
      await context.pause();
      if (found !== null) scored.push({ ...rung, count: counted ? at : null, ...found });
    }
    return scored;
  };
  const none = async (reason: AgreementLadder['reason']): Promise<AgreementLadder> => {
    const first = await rungs([{ prefix, inserted: null }], true);
    return { kind: 'none', subject: null, reason, rungs: first, control: [] };
  };
  if (steps !== null) {
    const typed = steps.filter((step) => step.trim() !== '').map((step) => ({ prefix: step, inserted: null }));
    return { kind: 'typed', subject: null, reason: null, rungs: await rungs(typed, false), control: [] };
  }
  const { vocabulary } = context;
  const knows = (word: string): boolean =>
    vocabulary.unit === 'characters'
      ? [...word].every((letter) => vocabulary.idOf(letter) !== UNKNOWN_ID)
      : vocabulary.idOf(word) !== UNKNOWN_ID;
  const ladder = attached ? 'notEnglish' : attractorLadder(prefix, number, MOST_INSERTED, knows);
  if (typeof ladder === 'string') return none(ladder);
  const { subject, attractors, control } = ladder;
  return {
    ...{ kind: 'generated', subject, reason: null },
    ...{ rungs: await rungs(attractors, true), control: await rungs(control, true) },
  };
}

/** Null where the prefix holds no token. */
function scoreRung(
  { model, vocabulary }: Context,
  { continuations, attached }: Asked,
  prefix: string,
  ends: Uint8Array,
): Pick<AgreementRung, 'logProbabilities' | 'unknown'> | null {
  const pair = readPair(vocabulary, prefix, continuations, attached);
  if (pair.prefix.ids.length === 0) return null;
  const after = readOn(model, pair.prefix.ids);
  const [first, second] = pair.continuations.map((read) => scoreContinuation(model, after, read, ends).total);
  return { logProbabilities: [first, second], unknown: pair.prefix.unknown };
}
