// The plain tfjs definition of the network, held to the oracle.
import * as tf from '@tensorflow/tfjs';
import { useCpuBackend } from '../network/tensorBackend';
import type { ReferenceState } from '../reference/referenceCell';
import { referenceFlow } from '../reference/referenceFlow';
import type { ReferenceNetwork } from '../reference/referenceLayers';
import {
  referenceGradients,
  referenceLosses,
  type PerDirection,
  type ReferenceParameters,
} from '../reference/referenceModel';
import { networkOf, taggedPlaces, TORCH_GATES, type OracleCase } from './oracleCase';
import {
  GATE_KEYS,
  gradientsToStep,
  initialStateOf,
  ORACLE_STEP,
  type OracleImplementation,
  type OracleRun,
} from './oracleImplementation';
import { fromTorch, toTorch } from '../formats/torchParameters';

type Results = Map<string, ArrayLike<number>>;

/** A case as tensors: parameters, ids and targets [T,B], initial states [B,H]. */
interface ReferenceProblem {
  network: ReferenceNetwork;
  parameters: ReferenceParameters;
  ids: tf.Tensor2D;
  targets: tf.Tensor2D;
  initial: PerDirection<ReferenceState>;
}

export function createReferenceOracle(): OracleImplementation {
  useCpuBackend();
  return {
    name: 'reference',
    detail: 'plain tfjs operations',
    run(oracle): Promise<OracleRun> {
      const results: Results = new Map();
      let steepSteps = 0;
      tf.tidy(() => {
        const problem = problemOf(oracle);
        forwardResults(oracle, problem, results);
        const gradients = gradientResults(oracle, problem, results);
        steepSteps = updateResults(oracle, gradients, results);
        flowResults(oracle, problem, results);
      });
      return Promise.resolve({ results, steepSteps });
    },
  };
}

function problemOf(oracle: OracleCase): ReferenceProblem {
  const { cell, activation, reset, layers, bidirectional, hidden: H, timesteps: T, batch: B } = oracle.shape;
  const parameters: ReferenceParameters = {};
  for (const [name, { shape, values }] of fromTorch(networkOf(oracle.shape), oracle.tensors, 'sum'))
    parameters[name] = tf.tensor(values, shape);
  const state = (values: Float64Array) => tf.tensor2d(Float32Array.from(values), [B, H]);
  const initial = tagsOf(oracle).map((directions) =>
    directions.map((tag) => ({
      h: state(initialStateOf(oracle, 'h', tag)),
      c: state(initialStateOf(oracle, 'c', tag)),
    })),
  );
  const network = { cell, activation, resetGate: reset, hiddenUnits: H, layers, bidirectional };
  const [ids, targets] = [oracle.input, oracle.target].map((values) => tf.tensor2d(values, [T, B], 'int32'));
  return { network, parameters, ids, targets, initial };
}

/** Tags of the case's directions, [layer][direction]. */
function tagsOf({ shape }: OracleCase): string[][] {
  const all = taggedPlaces(shape);
  return Array.from({ length: shape.layers }, (_, layer) =>
    all.filter(({ place }) => place.layer === layer).map(({ tag }) => tag),
  );
}

function forwardResults(oracle: OracleCase, problem: ReferenceProblem, results: Results): void {
  const { network, parameters, ids, targets, initial } = problem;
  const { states, output, losses } = referenceLosses(network, parameters, ids, targets, initial);
  const stacked = (byTime: tf.Tensor[]) => tf.stack(byTime).dataSync();
  results.set('losses', stacked(losses)).set('output', stacked(output));
  tagsOf(oracle).forEach((directions, layer) =>
    directions.forEach((tag, direction) => {
      const steps = states[layer][direction];
      results.set(`hidden_${tag}`, stacked(steps.map(({ h }) => h)));
      if (network.cell === 'lstm') results.set(`cell_${tag}`, stacked(steps.map(({ c }) => c)));
      for (const gate of TORCH_GATES[network.cell]) {
        const { key, complement } = GATE_KEYS[gate];
        const values = stacked(steps.map(({ gates }) => gates[key] ?? tf.scalar(NaN)));
        results.set(`gate_${gate}_${tag}`, complement ? values.map((u) => 1 - u) : values);
      }
    }),
  );
}

/** Gradients under PyTorch's names. */
function gradientResults(oracle: OracleCase, problem: ReferenceProblem, results: Results): Map<string, Float32Array> {
  const { network, parameters, ids, targets, initial } = problem;
  const { loss, gradients } = referenceGradients(network, parameters, ids, targets, initial);
  results.set('loss', [loss]);
  const torch = toTorch(networkOf(oracle.shape), new Map(Object.entries(gradients)), 'same');
  for (const [name, values] of torch) results.set(`grad.${name}`, values);
  return torch;
}

/** The norm over PyTorch's parameters, both biases of a gate counted, and a step of tfjs's own Adam on them. */
function updateResults(oracle: OracleCase, own: Map<string, Float32Array>, results: Results): number {
  let squares = 0;
  for (const values of own.values()) for (const value of values) squares += value * value;
  const norm = Math.sqrt(squares);
  results.set('clipped_norm', [norm]);
  const { clipNorm, learningRate, beta1, beta2, epsilon } = ORACLE_STEP;
  const clipping = Math.min(1, clipNorm / norm);
  const { gradients, steepSteps } = gradientsToStep(oracle, own, clipping);
  const adam = tf.train.adam(learningRate, beta1, beta2, epsilon);
  const variables = [...gradients.keys()].map((name) =>
    tf.variable(tf.tensor1d(Float32Array.from(oracle.tensors.get(name) ?? [])), true, name),
  );
  adam.applyGradients(
    [...gradients].map(([name, values]) => ({ name, tensor: tf.tensor1d(values).mul<tf.Tensor1D>(clipping) })),
  );
  for (const variable of variables) {
    results.set(`adam.${variable.name}`, variable.dataSync().slice());
    variable.dispose();
  }
  adam.dispose();
  return steepSteps;
}

/** Of the first sequence of the batch. */
function flowResults(oracle: OracleCase, problem: ReferenceProblem, results: Results): void {
  const { network, parameters, ids, targets, initial } = problem;
  const first = <T extends tf.Tensor2D>(of: T, size: [number, number]) => of.slice([0, 0], size) as T;
  const lane = (all: tf.Tensor2D) => first(all, [oracle.shape.timesteps, 1]);
  const row = (all: tf.Tensor2D) => first(all, [1, oracle.shape.hidden]);
  const start = initial.map((directions) => directions.map(({ h, c }) => ({ h: row(h), c: row(c) })));
  const flow = referenceFlow(network, parameters, lane(ids), lane(targets), start);
  tagsOf(oracle).forEach((directions, layer) =>
    directions.forEach((tag, direction) => {
      const { hidden, cell } = flow[layer][direction];
      results.set(`flow_${tag}`, hidden);
      if (cell) results.set(`cellflow_${tag}`, cell);
    }),
  );
}
