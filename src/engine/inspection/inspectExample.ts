// What the inspector draws of one whole example of a task, a sequence that is classified or whose tokens are tagged: what is predicted, and
// how the one loss looked at depends on every state and input.
import type { LanguageModel } from '../network/languageModel';
import { stateRows } from '../network/layerTrace';
import { classHeadOf, layerSuffix, outputWidth } from '../network/networkConfig';
import { EmbeddedLanes } from './embeddedLanes';
import { gateArrays, type WindowInspection } from './inspectWindow';
import { initialState } from './windowForward';

/** What the loss is of. */
export interface ExampleLoss {
  /** The token whose tag is predicted; without a meaning where the whole sequence has a class. */
  step: number;
  /** The class or tag that is right; null: J is the loss of the likeliest one. */
  gold: number | null;
}

export interface ExampleInspection {
  /** `gate.<key>` [T,H] as in WindowInspection; `flow.hidden` [T], ‖∂J/∂h(j)‖, of every direction of a layer, and `flow.input`, ‖∂J/∂x(j)‖. */
  arrays: WindowInspection['arrays'];
  /** Of the classes or tags at what is looked at. */
  probabilities: Float64Array;
  /** Whose loss J is, and J in nats. */
  target: number;
  loss: number;
  /** Probabilities of the tags of every token; none where sequences are classified, or where they were not asked for. */
  everyToken: Float64Array[];
}

/**
 * Reads `ids` from a zero state to their end. The arena is left as it was. Throws RangeError for no ids or a step outside of them.
 */
export function inspectExample(
  model: LanguageModel,
  ids: Int32Array,
  { step, gold }: ExampleLoss,
  everyToken = false,
): ExampleInspection {
  if (ids.length === 0) throw new RangeError('an example needs at least one token');
  if (!(step >= 0 && step < ids.length)) throw new RangeError(`step ${step} of ${ids.length}`);
  const mark = model.kernels.mark();
  try {
    const read = new EmbeddedLanes(model, { ids, before: initialState(model), step, target: gold ?? 0 }, 1);
    read.read([read.inputs]);
    const probabilities = softmax(read.logits(0));
    const target = gold ?? probabilities.indexOf(Math.max(...probabilities));
    // 1 − p(target) without its cancellation.
    const others = probabilities.reduce((sum, p, k) => (k === target ? sum : sum + p), 0);
    const dx = read.gradients(Float64Array.from(probabilities, (p, k) => (k === target ? -others : p)));
    const T = ids.length;
    const arrays = {
      ...gateArrays(model, { layers: read.layers }),
      ...hiddenFlows(model, read, T),
      'flow.input': { shape: [T], values: rowNorms(dx, model.config.embeddingSize, T, (t) => t) },
    };
    const perToken = everyToken && classHeadOf(model.config) === null;
    return {
      ...{ arrays, probabilities, target, loss: -Math.log1p(-Math.min(others, 1 - Number.MIN_VALUE)) },
      everyToken: perToken ? Array.from(ids, (_, t) => softmax(logitsAfter(model, read, t))) : [],
    };
  } finally {
    model.kernels.release(mark);
  }
}

function hiddenFlows(model: LanguageModel, read: EmbeddedLanes, T: number): WindowInspection['arrays'] {
  const flows: WindowInspection['arrays'] = {};
  read.layers.forEach((both, k) =>
    both.forEach(({ place }, d) => {
      const { dh } = read.layerGradients[k][d];
      const values = rowNorms(dh, model.config.hiddenUnits, T, (t) => stateRows(place, t).after);
      flows[`flow.hidden${layerSuffix(place)}`] = { shape: [T], values };
    }),
  );
  return flows;
}

function rowNorms(values: Float32Array, width: number, T: number, rowOf: (t: number) => number): Float32Array {
  return Float32Array.from({ length: T }, (_, t) => {
    let squares = 0;
    for (let k = rowOf(t) * width; k < (rowOf(t) + 1) * width; k++) squares += values[k] * values[k];
    return Math.sqrt(squares);
  });
}

/** Logits [V] of the output layer after token t. */
function logitsAfter({ config, parameters }: LanguageModel, read: EmbeddedLanes, t: number): Float64Array {
  const V = outputWidth(config);
  const H = config.hiddenUnits;
  const weights = parameters.get('W_o').values;
  const logits = Float64Array.from(parameters.get('b_o').values);
  read.top().forEach(({ h, place }, part) => {
    const first = stateRows(place, t).after * H;
    for (let k = 0; k < H; k++) for (let v = 0; v < V; v++) logits[v] += h[first + k] * weights[(part * H + k) * V + v];
  });
  return logits;
}

function softmax(logits: ArrayLike<number>): Float64Array {
  let largest = -Infinity;
  for (let k = 0; k < logits.length; k++) largest = Math.max(largest, logits[k]);
  const masses = Float64Array.from(logits, (logit) => Math.exp(logit - largest));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return masses.map((mass) => mass / total);
}
