// The terms of a unit in any layer and direction: the past is what stands before it in its order of reading, and together they are the gates.
import assert from 'node:assert/strict';
import { CELL_DESCRIPTIONS } from '../../../src/engine/cells/cellDescription';
import { cellTerms } from '../../../src/engine/inspection/cellTerms';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import { placesOf, randomStackParameters, suffixOf, type StackShape } from '../../oracle/float64Stack';
import { everyCell, randomIds } from '../../oracle/smallNetworks';
import { stackModel } from './inspectionModel';

const [H, E, V, T, UNIT] = [4, 3, 8, 6, 2];
const NETWORKS: Record<string, Omit<StackShape, keyof ReturnType<typeof everyCell>[number]['shape']>> = {
  'a plain stack': { layers: 3, bidirectional: false },
  'both directions, side by side': { layers: 2, bidirectional: true },
  'both directions, summed, residual': {
    layers: 2,
    bidirectional: true,
    directionsJoined: 'sum',
    connections: 'residual',
  },
  'dense connections': { layers: 3, bidirectional: false, connections: 'dense' },
  'highway connections, both directions': { layers: 2, bidirectional: true, connections: 'highway' },
};
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

describe('the terms of a unit in a stack', () => {
  for (const [name, network] of Object.entries(NETWORKS))
    for (const cell of everyCell(H, E, V))
      it(`are those of its layer and direction (${name}, ${cell.name})`, () => {
        const shape: StackShape = { ...cell.shape, ...network };
        const parameters = randomStackParameters(shape, 5);
        const model = stackModel(shape, parameters, 60);
        const [warmUp, window] = [randomIds(V, 9, 3), randomIds(V, T, 2)];
        const { arrays } = inspectWindow(model, warmUp, window, 1);
        const { gates, blocks } = CELL_DESCRIPTIONS[shape.cell];
        for (const place of placesOf(shape)) {
          const suffix = suffixOf(place);
          const terms = cellTerms(model, warmUp, window, UNIT, place);
          const valueOf = (key: string, t: number, unit = UNIT): number =>
            arrays[`gate.${key}${suffix}`].values[t * H + unit];
          for (const { key, block } of gates) {
            if (block === null) continue;
            const isCandidate = shape.cell === 'gru' && key === 'g';
            for (let t = 0; t < T; t++) {
              const at = t * blocks + block;
              const past = place.reverse ? t + 1 : t - 1;
              if (past >= 0 && past < T) {
                let sum = 0;
                for (let k = 0; k < H; k++) {
                  const reset = isCandidate && shape.resetGate === 'before' ? valueOf('r', t, k) : 1;
                  sum += reset * valueOf('h', past, k) * parameters[`W_h${suffix}`][k * blocks * H + block * H + UNIT];
                }
                assert.ok(Math.abs(terms.recurrent[at] - sum) < 3e-6, `${key}${suffix}, past of step ${t}`);
              }
              const resets = isCandidate && shape.resetGate === 'after';
              const recurrent = resets
                ? valueOf('r', t) * (terms.recurrent[at] + terms.recurrentBias)
                : terms.recurrent[at];
              const z = recurrent + terms.input[at] + terms.bias[block];
              const activation = key === 'g' ? 'tanh' : key === 'h' ? shape.activation : 'sigmoid';
              const value = { tanh: Math.tanh, sigmoid, relu: (v: number) => Math.max(0, v) }[activation](z);
              assert.ok(Math.abs(value - valueOf(key, t)) < 3e-6, `${key}${suffix}, step ${t}`);
            }
          }
        }
      });
});
