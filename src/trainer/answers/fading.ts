// How fast the network forgets the state it began with, on a stretch of text: with its weights, and with W_h scaled to other spectral radii.
import { fading, FADING_PAIRS } from '../../engine/inspection/fadingMemory';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { FadingCurve } from '../../protocol/spectra';
import type { AnswerContext } from './answerContext';
import { exponentStretch } from './lyapunov';
import { atRadii } from './scaledRadii';

/** Of the states that are begun with: the same for every radius. */
const SEED = 1;
/** Places of the quartiles among the pairs in order. */
const QUARTILES = [0.25, 0.5, 0.75].map((share) => Math.round(share * (FADING_PAIRS - 1)));

/** The copy's W_h are scaled meanwhile; every question is answered with weights put into it anew. @throws GatescopeError runDamaged */
export async function answerFading(
  { model, corpus, tokens, pause }: AnswerContext,
  { radii }: QuestionOf<'fading'>,
): Promise<Answers['fading']> {
  const { start, steps, heldOut } = exponentStretch(corpus);
  const read = new Uint16Array(steps);
  tokens().read(start, read);
  const ids = Int32Array.from(read);
  const curves = await atRadii(model, radii, pause, async () => quartiles(await fading(model, ids, SEED, pause)));
  return { start, steps, heldOut, curves };
}

function quartiles(pairs: Float64Array[]): Omit<FadingCurve, 'radius'> {
  const sorted = Array.from(pairs[0], (_, t) => Float64Array.from(pairs, (distances) => distances[t]).sort());
  const [low, median, high] = QUARTILES.map((at) => Float64Array.from(sorted, (ordered) => ordered[at]));
  return { low, median, high };
}
