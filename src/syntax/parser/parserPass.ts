// The parser's network over a batch of sentences: features → recurrent layers (and the tagger on top of them) → perceptrons → scores; and
// for training the loss with the gradient of every parameter.
import { SOLO } from '../../engine/kernels/programs';
import { allocateBackwardTrace, runBackward, topGradients } from '../../engine/network/backward';
import { drawDropout } from '../../engine/network/dropout';
import { allocateTrace, runLayers, type ForwardTrace } from '../../engine/network/forward';
import { setLengths, withPadding } from '../../engine/network/laneEnds';
import type { NetworkPlan } from '../../engine/network/languageModel';
import { meanLoss, runOutput, setTargets } from '../../engine/network/outputLayer';
import { NO_TAG } from '../../engine/network/tagHead';
import { arcBackward, arcForward, arcLoss } from './arcScores';
import { addRowGradients, joinRows } from './joinedRows';
import { trainLabels } from './labelScores';
import { inputsOf, perceptronColumns, type ParserDropout } from './parserConfig';
import type { ParserModel } from './parserModel';
import { perceptronBackward, perceptronForward } from './perceptrons';
import type { GoldSentence, SentenceBatch } from './sentenceBatch';
import { addInputGradients, chooseSlots, writeInputs, type ReadSlots } from './wordInputs';

/** What the tags' loss weighs beside those of heads and relations: more would take units away from them. */
const TAG_WEIGHT = 0.3;

/** Mean over words, in nats. */
export interface ParserLosses {
  heads: number;
  relations: number;
  tags: number;
}

/** What makes a pass one of training. */
export interface TrainingPass {
  dropout: ParserDropout;
  /** [rows of the first slot] how often each was seen. */
  frequencies: ArrayLike<number>;
  /** Tells what is dropped. */
  key: number;
}

/** The pass through the recurrent layers; allocates, so mark and release around its use. */
export function runRecurrent(
  model: ParserModel,
  batch: SentenceBatch,
  slots: ReadSlots,
  key: number | null,
): ForwardTrace {
  const { network } = model;
  const trace = withPadding(allocateTrace(planFor(model, batch), batch.T, batch.B, key !== null));
  if (!trace) throw new Error('the network does not read sentences');
  const pass = { ...trace, givenInputs: true };
  setLengths(pass, batch.lengths);
  writeInputs(model, slots, pass.x);
  if (key !== null) drawDropout(pass, key, 0);
  runLayers(network, pass, SOLO);
  return pass;
}

/**
 * The loss of a batch; its gradients are written to the arrays that `gradient` names, those of the tables added to what is there.
 * Allocates nothing for good.
 */
export function trainBatch(
  model: ParserModel,
  batch: SentenceBatch<GoldSentence>,
  { dropout, frequencies, key }: TrainingPass,
  gradient: (name: string) => Float32Array,
): ParserLosses {
  const { kernels, network, config } = model;
  const H = config.units;
  const { width } = perceptronColumns(config);
  const mark = kernels.mark();
  try {
    const slots = chooseSlots(config, batch, dropout, frequencies, key);
    const trace = runRecurrent(model, batch, slots, key);
    const back = allocateBackwardTrace(planFor(model, batch), batch.T, batch.B);
    const tags = tagBackward(model, batch, trace, topGradients(back));

    const joined = kernels.allocate(batch.rows * 2 * H);
    joinRows(trace, batch, model.get('root'), H, joined);
    const perceptrons = perceptronForward(model, joined, batch.rows, dropout, key);
    const m = perceptrons.outputs;
    const dm = kernels.allocate(batch.rows * width);
    const arcs = arcForward(model, batch, m);
    const heads = arcLoss(model, batch, arcs);
    arcBackward(model, batch, m, arcs, dm, gradient);
    const relations = trainLabels(model, batch, m, dm, gradient);

    const dJoined = kernels.allocate(batch.rows * 2 * H);
    perceptronBackward(model, perceptrons, dm, dJoined, gradient);
    addRowGradients(trace, back, batch, dJoined, H, gradient('root'));
    runBackward(network, trace, back, gradient, SOLO);
    addInputGradients(model, slots, back.dx, gradient);
    return { heads, relations, tags };
  } finally {
    kernels.release(mark);
  }
}

/** The tagger's loss, weighed; ∂J/∂y of the top layer goes to `dTop`. */
function tagBackward(
  { network, kernels }: ParserModel,
  batch: SentenceBatch<GoldSentence>,
  trace: ForwardTrace,
  dTop: Float32Array[],
): number {
  const targets = new Int32Array(batch.T * batch.B).fill(NO_TAG);
  batch.sentences.forEach(({ tags }, lane) => tags.forEach((tag, t) => (targets[t * batch.B + lane] = tag)));
  setTargets(network, trace, targets);
  runOutput(network, trace, dTop, SOLO);
  const weight = kernels.allocate(1);
  weight[0] = TAG_WEIGHT;
  for (const values of [trace.output.logits, ...dTop]) kernels.scaleBy(values, weight);
  return meanLoss(trace.output);
}

/** The engine keeps rows of inputs where its vocabulary is no smaller than the batch; ours are given, so it is told so. */
function planFor({ kernels, network, config }: ParserModel, { T, B }: SentenceBatch): NetworkPlan {
  const given = { ...network.config, embeddingSize: inputsOf(config), vocabulary: T * B };
  return { kernels, config: given, gateColumns: network.gateColumns };
}
