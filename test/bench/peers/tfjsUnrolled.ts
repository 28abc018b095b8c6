// The tfjs peer on its WebAssembly backend: the network unrolled by hand over time from tfjs operations, since tf.layers' recurrent
// layers lack kernels there. Embedding is a product
// with one-hot tokens: the gradient of tf.gather needs a kernel that is not there either.
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { createRequire } from 'node:module';
import path from 'node:path';
import { randomIds } from '../../oracle/smallNetworks';
import { serve, Unsupported } from './serve';
import { clipByGlobalNorm } from './tfjsClipping';
import type { TrainingWorkload } from '../workloads';

interface Direction {
  inputWeights: tf.Variable;
  recurrentWeights: tf.Variable;
  bias: tf.Variable;
}

interface State {
  h: tf.Tensor2D;
  c: tf.Tensor2D;
}

const GATES = { lstm: 4, gru: 3, vanilla: 1 };

function timestep(cell: TrainingWorkload['cell'], z: tf.Tensor2D, weights: tf.Tensor2D, { h, c }: State): State {
  const past = tf.matMul(h, weights);
  if (cell === 'vanilla') return { h: tf.tanh(tf.add(z, past) as tf.Tensor2D), c };
  if (cell === 'lstm') {
    const [i, f, g, o] = tf.split(tf.add(z, past), 4, 1);
    const next = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
    return { h: tf.mul(tf.sigmoid(o), tf.tanh(next)), c: next as tf.Tensor2D };
  }
  const [zr, zu, zn] = tf.split(z, 3, 1);
  const [pr, pu, pn] = tf.split(past, 3, 1);
  const candidate = tf.tanh(tf.add(zn, tf.mul(tf.sigmoid(tf.add(zr, pr)), pn)));
  const update = tf.sigmoid(tf.add(zu, pu));
  return { h: tf.add(candidate, tf.mul(update, tf.sub(h, candidate))), c };
}

class UnrolledNetwork {
  private readonly embedding: tf.Variable;
  private readonly layers: Direction[][] = [];
  private readonly outputWeights: tf.Variable;
  private readonly outputBias: tf.Variable;
  readonly variables: tf.Variable[] = [];

  constructor(private readonly workload: TrainingWorkload) {
    const { embedding, hidden, vocabulary, classes, cell, layers, bidirectional } = workload;
    const weights = (rows: number, columns: number): tf.Variable => {
      const bound = hidden ** -0.5;
      const variable = tf.variable(tf.randomUniform([rows, columns], -bound, bound));
      this.variables.push(variable);
      return variable;
    };
    const columns = GATES[cell] * hidden;
    const directions = bidirectional ? 2 : 1;
    this.embedding = weights(vocabulary, embedding);
    for (let width = embedding; this.layers.length < layers; width = directions * hidden)
      this.layers.push(
        Array.from({ length: directions }, () => ({
          inputWeights: weights(width, columns),
          recurrentWeights: weights(hidden, columns),
          bias: weights(1, columns),
        })),
      );
    this.outputWeights = weights(directions * hidden, classes || vocabulary);
    this.outputBias = weights(1, classes || vocabulary);
  }

  initialStates(): State[][] {
    const { batch, hidden } = this.workload;
    const zeros = (): tf.Tensor2D => tf.zeros([batch, hidden]);
    return this.layers.map((directions) => directions.map(() => ({ h: zeros(), c: zeros() })));
  }

  /** Mean cross-entropy of one-hot targets; tokens one-hot, time-major [T·B, V]. `last` receives the final states. */
  loss(tokens: tf.Tensor2D, targets: tf.Tensor2D, states: State[][], last: State[][]): tf.Scalar {
    const { batch, timesteps, classes } = this.workload;
    let rows: tf.Tensor = tf.matMul(tokens, this.embedding as tf.Tensor2D);
    this.layers.forEach((directions, layer) => {
      last.push([]);
      const outputs = directions.map((direction, at) => {
        const { h, state } = this.unroll(rows as tf.Tensor2D, direction, states[layer][at], at === 1);
        last[layer].push(state);
        return tf.concat(h, 0);
      });
      rows = outputs.length > 1 ? tf.concat(outputs, 1) : outputs[0];
    });
    if (classes > 0) rows = tf.mean(tf.reshape(rows, [timesteps, batch, -1]), 0);
    const logits = tf.add(tf.matMul(rows as tf.Tensor2D, this.outputWeights as tf.Tensor2D), this.outputBias);
    return tf.losses.softmaxCrossEntropy(targets, logits).asScalar();
  }

  private unroll(x: tf.Tensor2D, direction: Direction, initial: State, reverse: boolean) {
    const { cell, timesteps } = this.workload;
    const z = tf.split(tf.add(tf.matMul(x, direction.inputWeights as tf.Tensor2D), direction.bias), timesteps, 0);
    let state = initial;
    const h: tf.Tensor2D[] = [];
    for (let k = 0; k < timesteps; k++) {
      const t = reverse ? timesteps - 1 - k : k;
      state = timestep(cell, z[t] as tf.Tensor2D, direction.recurrentWeights as tf.Tensor2D, state);
      h[t] = state.h;
    }
    return { h, state };
  }
}

function prepare(workload: TrainingWorkload): () => void {
  const { vocabulary, timesteps, batch, classes, learningRate, clipNorm } = workload;
  const network = new UnrolledNetwork(workload);
  const optimizer = tf.train.adam(learningRate);
  const ids = randomIds(vocabulary, (timesteps + 1) * batch, 1);
  const oneHot = (values: Int32Array, depth: number): tf.Tensor2D =>
    tf.oneHot(tf.tensor1d(values, 'int32'), depth).toFloat() as tf.Tensor2D;
  const tokens = oneHot(ids.subarray(0, timesteps * batch), vocabulary);
  const targets = classes > 0 ? oneHot(randomIds(classes, batch, 2), classes) : oneHot(ids.subarray(batch), vocabulary);
  let states = network.initialStates();
  return () => {
    const last: State[][] = [];
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => {
        const loss = network.loss(tokens, targets, states, last);
        // Else the states would go with the rest of the pass.
        if (classes === 0) keep(last);
        return loss;
      }, network.variables);
      optimizer.applyGradients(clipByGlobalNorm(grads, clipNorm));
      value.dataSync();
    });
    if (classes === 0) states = replace(states, last);
  };
}

const tensorsOf = (states: State[][]): tf.Tensor[] => states.flat().flatMap(({ h, c }) => [h, c]);

function keep(states: State[][]): void {
  for (const tensor of tensorsOf(states)) tf.keep(tensor);
}

/** Disposes of what the new states do not hold any more. */
function replace(old: State[][], states: State[][]): State[][] {
  const held = new Set(tensorsOf(states));
  tf.dispose(tensorsOf(old).filter((tensor) => !held.has(tensor)));
  return states;
}

async function main(): Promise<void> {
  const folder = path.dirname(createRequire(__filename).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  setWasmPaths(`${folder}/wasm-out/`);
  await tf.setBackend('wasm');
  await tf.ready();
  await serve({ name: 'tfjs', version: tf.version.tfjs }, (workload) => {
    if (workload.task !== 'train') throw new Unsupported('measured for training only');
    return prepare(workload);
  });
}

void main();
