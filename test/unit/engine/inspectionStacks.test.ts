// Stacks of layers and both directions, inspected: every gradient against differences of whole float64 passes, and those that
// vanish against products of float64 Jacobians.
import assert from 'node:assert/strict';
import { stackedFlows } from '../../../src/engine/inspection/stackedFlows';
import { allocateTrace, forward } from '../../../src/engine/network/forward';
import { initialRow } from '../../../src/engine/network/layerTrace';
import { norm } from '../../oracle/centralDifferences';
import { chainedStackGradients } from '../../oracle/chainedStack';
import type { OracleParameters, OracleState } from '../../oracle/float64Network';
import {
  placesOf,
  randomStackParameters,
  randomStates,
  stackGradients,
  zeroStates,
  type PerPlace,
  type StackPlace,
  type StackShape,
} from '../../oracle/float64Stack';
import { everyCell, randomIds } from '../../oracle/smallNetworks';
import { stackModel } from './inspectionModel';

const SMALLEST = 1e-30;
const [H, E, V] = [4, 3, 6];

interface Problem {
  shape: StackShape;
  parameters: OracleParameters;
  T: number;
  B: number;
  lane: number;
  ids: Int32Array;
  targets: Int32Array;
  initial: PerPlace<OracleState>;
}

function problemOf(shape: StackShape, T: number, B: number, lane: number, isCarried: boolean, scale?: number): Problem {
  const [ids, targets] = [1, 2].map((seed) => randomIds(V, T * B, seed));
  const initial = isCarried ? randomStates(shape, 3) : zeroStates(shape);
  return { shape, parameters: randomStackParameters(shape, 4, scale), T, B, lane, ids, targets, initial };
}

/** One lane of a batch [T,B]. */
function laneOf({ T, B, lane }: Problem, values: Int32Array): Int32Array {
  return Int32Array.from({ length: T }, (_, t) => values[t * B + lane]);
}

/** What the engine says of the lane; the other lanes begin from something else. */
function flowsOf(problem: Problem) {
  const { shape, parameters, T, B, lane, ids, targets, initial } = problem;
  const model = stackModel(shape, parameters, T, B);
  const before = model.kernels.mark();
  const trace = allocateTrace(model, T, B);
  for (const layer of trace.layers.flat()) {
    const { h, c } = initial[layer.place.layer][layer.place.reverse ? 1 : 0];
    const at = initialRow(layer) * B * shape.hiddenUnits;
    layer.h.fill(0.3, at, at + B * shape.hiddenUnits).set(h, at + lane * shape.hiddenUnits);
    layer.c?.set(c, at + lane * shape.hiddenUnits);
  }
  forward(model, ids, trace);
  const top = trace.output.logits.slice();
  const mark = model.kernels.mark();
  const flows = stackedFlows(model, trace, targets, lane);
  assert.equal(model.kernels.mark(), mark);
  assert.deepEqual(trace.output.logits, top, 'the pass is left as it was');
  model.kernels.release(before);
  return flows;
}

const titleOf = ({ layers, bidirectional }: StackShape) =>
  `${layers} ${layers > 1 ? 'layers' : 'layer'}${bidirectional ? ', both directions' : ''}`;

/** Whether any path leads from a state of a place at j to the loss at i. */
function isReached(
  { layers, bidirectional }: StackShape,
  { layer, reverse }: StackPlace,
  i: number,
  j: number,
): boolean {
  if (bidirectional && layer < layers - 1) return true;
  return reverse ? j >= i : j <= i;
}

function assertFlow(problem: Problem, what: 'h' | 'c', place: StackPlace, actual: Float64Array): void {
  const { shape, parameters, T, initial } = problem;
  const [ids, targets] = [problem.ids, problem.targets].map((values) => laneOf(problem, values));
  for (let j = 0; j < T; j++) {
    const truth = stackGradients(shape, parameters, ids, targets, { what, place, step: j }, H, initial);
    for (let i = 0; i < T; i++) {
      const where = `${what} of layer ${place.layer}${place.reverse ? ' in reverse' : ''}, i=${i} j=${j}`;
      const [value, expected] = [actual[i * T + j], norm(truth[i])];
      if (!isReached(shape, place, i, j)) assert.equal(value, 0, where);
      else assert.ok(Math.abs(value - expected) <= 1e-4 * expected + 1e-8, `${where}: ${value}, expected ${expected}`);
    }
  }
}

describe('the flows through a stack', () => {
  for (const { name, shape: cell } of everyCell(H, E, V))
    for (const [layers, bidirectional] of [
      [2, false],
      [1, true],
      [3, true],
    ] as const) {
      const shape = { ...cell, layers, bidirectional };
      it(`${name}, ${titleOf(shape)}: equal differences of the whole pass, 0 where no path leads`, () => {
        const problem = problemOf(shape, 5, 3, 1, true);
        const { hidden, cell: cells } = flowsOf(problem);
        assert.equal(cells !== null, shape.cell === 'lstm');
        for (const place of placesOf(shape)) {
          const direction = place.reverse ? 1 : 0;
          assertFlow(problem, 'h', place, hidden[place.layer][direction]);
          if (cells) assertFlow(problem, 'c', place, cells[place.layer][direction]);
        }
      });
    }

  for (const { name, shape: cell } of everyCell(H, E, V))
    it(`${name}: stay right while they vanish through two layers`, () => {
      const shape = { ...cell, layers: 2, bidirectional: false };
      const problem = problemOf(shape, 90, 1, 0, true, 0.5);
      if (cell.cell !== 'vanilla')
        for (const suffix of ['', '_l1'])
          problem.parameters[`b${suffix}`].fill(cell.cell === 'lstm' ? -1.5 : 1.2, 0, H);
      const { parameters, T, ids, targets, initial } = problem;
      const truth = chainedStackGradients(shape, parameters, ids, targets, initial);
      const flows = flowsOf(problem);
      let smallest = Infinity;
      for (let layer = 0; layer < 2; layer++)
        for (let i = 0; i < T; i++)
          for (let j = 0; j < T; j++)
            for (const [actual, expected] of [
              [flows.hidden[layer][0], truth.hidden[layer]],
              [flows.cell?.[layer][0], truth.cell[layer]],
            ] as const) {
              if (!actual) continue;
              const value = actual[i * T + j];
              const size = j > i ? 0 : norm(expected[i][j]);
              if (size > SMALLEST) smallest = Math.min(smallest, size);
              const bound = size > SMALLEST ? 1e-3 * size : j > i ? 0 : SMALLEST;
              assert.ok(Math.abs(value - size) <= bound, `layer ${layer} i=${i} j=${j}: ${value}, expected ${size}`);
            }
      assert.ok(smallest < 1e-20, `the smallest gradient of this test is only ${smallest}`);
    });

  it('of a layer that passes nothing on are 0, however often something could have come from it', () => {
    const [, , relu] = everyCell(H, E, V);
    const shape = { ...relu.shape, layers: 2, bidirectional: true };
    const problem = problemOf(shape, 6, 1, 0, false);
    // The upper layer never wakes up, so the lower one is not heard.
    for (const suffix of ['_l1', '_l1_reverse']) problem.parameters[`b${suffix}`].fill(-1000);
    const { hidden } = flowsOf(problem);
    for (const values of hidden[0]) assert.ok(values.every((value) => value === 0));
    for (const values of hidden[1]) assert.equal(values.filter((value) => value > 0).length, 6);
  });

  it('are of one lane that there is, and of tokens that there are', () => {
    const shape = { ...everyCell(H, E, V)[3].shape, layers: 2, bidirectional: false };
    const { parameters, ids, targets } = problemOf(shape, 3, 2, 0, false);
    const model = stackModel(shape, parameters, 3, 2);
    const trace = allocateTrace(model, 3, 2);
    forward(model, ids, trace);
    const before = model.kernels.mark();
    assert.throws(() => stackedFlows(model, trace, targets, 2), /lane 2 is outside a batch of 2/);
    assert.throws(() => stackedFlows(model, trace, targets.subarray(1), 0), /5 targets for a pass of 3×2/);
    assert.throws(() => stackedFlows(model, trace, new Int32Array(6).fill(V), 0), /token id 6 is outside/);
    assert.equal(model.kernels.mark(), before);
  });
});
