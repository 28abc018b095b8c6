// Lyapunov exponents of the network at every snapshot, all on the same stretch of text from a zero state.
import { LyapunovDirections, readingOrder } from '../../engine/inspection/lyapunov';
import { stateUnits } from '../../engine/inspection/stepJacobian';
import { stepTangents } from '../../engine/inspection/stepTangents';
import { tracedLayer } from '../../engine/inspection/tracedLayer';
import { initialState, traceFrom } from '../../engine/inspection/windowForward';
import { GatescopeError } from '../../protocol/failures';
import type { Answers, QuestionOf } from '../../protocol/questions';
import type { CorpusInfo } from '../../protocol/run';
import { splitTokens } from '../../text/split';
import type { AnswerContext } from './answerContext';
import { askedPlace, type AskedPlace } from './askedPlace';

/** Tokens read at each snapshot; a quarter of them only turns the directions. */
const STEPS = 256;
const BURN_IN_SHARE = 1 / 4;
/** Of the random directions that are begun with: the same at every snapshot. */
const SEED = 1;
/** Steps follow each other without a pause for about this long. */
const PIECE_MILLISECONDS = 15;

/** The beginning of the held-out text; of a shorter one what comes right before it, too. */
export function exponentStretch({ tokens }: Pick<CorpusInfo, 'tokens'>): {
  start: number;
  steps: number;
  burnIn: number;
  heldOut: boolean;
} {
  const { validation } = splitTokens(tokens);
  const steps = Math.min(STEPS, tokens);
  const start = Math.min(validation.start, tokens - steps);
  return { start, steps, burnIn: Math.floor(steps * BURN_IN_SHARE), heldOut: start === validation.start };
}

/** Snapshots that cannot be read are named in `damaged`. @throws GatescopeError runDamaged */
export async function answerLyapunov(
  context: AnswerContext,
  { count, place }: QuestionOf<'lyapunov'>,
): Promise<Answers['lyapunov']> {
  const { model, corpus, snapshots, found, tokens, pause } = context;
  const stretch = exponentStretch(corpus);
  const asked = askedPlace(model, place);
  const units = stateUnits(model.config);
  const followed = Math.min(count, units);
  const read = new Uint16Array(stretch.steps);
  tokens().read(stretch.start, read);
  const ids = Int32Array.from(read);
  const points: Answers['lyapunov']['points'] = [];
  const damaged: number[] = [];
  await pause();
  for (const step of snapshots.steps) {
    const name = `lyapunov${asked.suffix} ${step} ${followed}`;
    try {
      const exponents = found.get(name) ?? (await exponentsAt(context, asked, step, ids, followed, stretch.burnIn));
      found.set(name, exponents);
      points.push({ step, exponents });
    } catch (error) {
      if (!(error instanceof GatescopeError) || error.code !== 'snapshotDamaged') throw error;
      damaged.push(step);
    }
  }
  return { points, damaged, units, ...stretch };
}

async function exponentsAt(
  { model, snapshots, load, pause }: AnswerContext,
  { layer: k, direction }: AskedPlace,
  step: number,
  ids: Int32Array,
  count: number,
  burnIn: number,
): Promise<Float64Array> {
  load(snapshots.weights(step));
  const { kernels } = model;
  const mark = kernels.mark();
  try {
    const layer = tracedLayer(model, traceFrom(model, ids, initialState(model)).layers[k][direction]);
    const tangents = stepTangents(kernels, layer, count);
    const directions = new LyapunovDirections(stateUnits(model.config), count, SEED);
    let began = performance.now();
    for (const [n, t] of readingOrder(layer).entries()) {
      directions.carry((before) => tangents(t, before), n >= burnIn);
      if (performance.now() - began < PIECE_MILLISECONDS) continue;
      await pause();
      began = performance.now();
    }
    await pause();
    // Over so many steps two that are nearly equal may have come out in the other order.
    return directions.exponents.sort().reverse();
  } finally {
    kernels.release(mark);
  }
}
