// How a stretch of live text is shaded in the editor: by the surprisal of its tokens, or by what the loss at the cursor's token rests on.
import { lossGradientNorms, surprisals } from '../../engine/inspection/textLosses';
import { initialState, readTokens } from '../../engine/inspection/windowForward';
import { GatescopeError } from '../../protocol/failures';
import { MOST_SHADED_TOKENS, type Answers, type QuestionOf } from '../../protocol/questions';
import type { Token } from '../../text/tokenize';
import type { Vocabulary } from '../../text/vocabulary';
import { sliceTokens, WARM_UP } from '../inspectedWindow';
import type { AnswerContext } from './answerContext';

/** Tokens that a pass back has room for. */
const MOST_TOKENS_BACK = 512;

const NOTHING: Answers['shading'] = { starts: [], ends: [], values: new Float32Array(), target: null };

/** @throws GatescopeError nothingToInspect for a network that does not predict the next token. */
export async function answerShading(
  context: AnswerContext,
  question: QuestionOf<'shading'>,
): Promise<Answers['shading']> {
  const { model, vocabulary, view, pause } = context;
  const { head, bidirectional } = model.config;
  if (bidirectional || (head && head.kind !== 'tokens')) throw new GatescopeError('nothingToInspect');
  if (!view?.slice) return NOTHING;
  const tokens = sliceTokens(view.slice, vocabulary);
  await pause();
  if (question.by === 'influence') return influenceOn(context, tokens, question.start, view.cursor);
  const first = tokens.findIndex(({ end }) => end > question.start);
  if (first < 0) return NOTHING;
  const shaded = tokens.slice(first).filter(({ start }) => start < question.end);
  const part = shaded.slice(0, MOST_SHADED_TOKENS);
  const warmUp = idsOf(vocabulary, tokens.slice(Math.max(0, first - WARM_UP), first));
  const values = await surprisals(model, warmUp, idsOf(vocabulary, part), pause);
  return { ...placesOf(part), values, target: null };
}

/** Of the loss at the token left of the cursor; at the text's end, where what follows is not known, of the loss before it. */
async function influenceOn(
  { model, vocabulary, pause }: AnswerContext,
  tokens: readonly Token[],
  start: number,
  cursor: number,
): Promise<Answers['shading']> {
  const left = tokens.findLastIndex((token) => token.start < cursor);
  const focus = left + 1 < tokens.length ? left : left - 1;
  if (focus < 0) return NOTHING;
  const visible = tokens.findIndex(({ end }) => end > start);
  const first = Math.max(0, visible, focus + 1 - MOST_TOKENS_BACK);
  if (visible < 0 || first > focus) return NOTHING;
  const before = readTokens(
    model,
    idsOf(vocabulary, tokens.slice(Math.max(0, first - WARM_UP), first)),
    initialState(model),
  );
  await pause();
  const part = tokens.slice(first, focus + 1);
  const target = tokens[focus + 1];
  const ids = idsOf(vocabulary, part);
  const lookedAt = { ids, before, step: part.length - 1, target: vocabulary.idOf(target.text) };
  return { ...placesOf(part), values: lossGradientNorms(model, lookedAt), target };
}

function idsOf(vocabulary: Vocabulary, tokens: readonly Token[]): Int32Array {
  return Int32Array.from(tokens, ({ text }) => vocabulary.idOf(text));
}

function placesOf(tokens: readonly Token[]): Pick<Answers['shading'], 'starts' | 'ends'> {
  return { starts: tokens.map(({ start }) => start), ends: tokens.map(({ end }) => end) };
}
