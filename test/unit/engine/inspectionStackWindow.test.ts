// The window of a stack: names, states and gradients of every direction of every layer against the float64 stack.
import assert from 'node:assert/strict';
import { inspectWindow, type WindowInspection } from '../../../src/engine/inspection/inspectWindow';
import { norm } from '../../oracle/centralDifferences';
import type { OracleParameters, OracleState } from '../../oracle/float64Network';
import {
  placesOf,
  randomStackParameters,
  stackForward,
  stackGradients,
  suffixOf,
  zeroStates,
  type PerPlace,
  type StackPlace,
  type StackShape,
} from '../../oracle/float64Stack';
import { everyCell, randomIds } from '../../oracle/smallNetworks';
import { stackModel } from './inspectionModel';

const [H, E, V, T] = [4, 3, 6, 5];
/** Tokens that are read at a time before the window. */
const SLICE = 32;

const GATES = { vanilla: ['h'], lstm: ['f', 'i', 'o', 'g', 'c', 'h'], gru: ['u', 'r', 'g', 'h'] };
const PAIRS = {
  vanilla: ['hidden', 'weightItemised'],
  lstm: ['hidden', 'cell', 'direct', 'hiddenPath', 'weightItemised'],
  gru: ['hidden', 'weightItemised'],
};

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  assert.equal(actual.length, expected.length, what);
  for (let k = 0; k < actual.length; k++)
    assert.ok(
      Math.abs(actual[k] - expected[k]) <= tolerance * Math.max(Math.abs(expected[k]), 1e-4),
      `${what}[${k}]: ${actual[k]}, expected ${expected[k]}`,
    );
}

/** What the text before a window leaves: what reads forward goes on, what reads backward begins from zero with every slice. */
function statesAfter(shape: StackShape, parameters: OracleParameters, text: Int32Array): PerPlace<OracleState> {
  let states = zeroStates(shape);
  for (let from = 0; from < text.length; from += SLICE) {
    const slice = text.subarray(from, from + SLICE);
    const { last } = stackForward(shape, parameters, slice, slice, states);
    states = zeroStates(shape).map((both, layer) => both.map((zero, d) => (d === 0 ? last[layer][0] : zero)));
  }
  return states;
}

interface Inspected {
  shape: StackShape;
  parameters: OracleParameters;
  window: Int32Array;
  targets: Int32Array;
  initial: PerPlace<OracleState>;
  inspection: WindowInspection;
  /** ‖·‖ for every pair, row-major. */
  pairs(gradients: (j: number) => Float64Array[]): number[];
  /** An array by its name and the place it is of. */
  of(name: string, place?: StackPlace): Float32Array;
}

function inspect(shape: StackShape, warmUpTokens: number): Inspected {
  // Relu states grow without bound where the weights let them.
  const parameters = randomStackParameters(shape, 7, shape.activation === 'relu' ? 0.8 : 1.5);
  const warmUp = randomIds(V, warmUpTokens, 3);
  const window = randomIds(V, T, 5);
  const targets = Int32Array.of(...window.subarray(1), 2);
  const model = stackModel(shape, parameters, T);
  const before = model.kernels.mark();
  const inspection = inspectWindow(model, warmUp, window, 2);
  assert.equal(model.kernels.mark(), before);
  const initial = statesAfter(shape, parameters, warmUp);
  const { arrays } = inspection;
  return {
    ...{ shape, parameters, window, targets, initial, inspection },
    pairs(gradients) {
      const columns = [...window.keys()].map(gradients);
      return [...window.keys()].flatMap((i) => columns.map((rows) => norm(rows[i])));
    },
    of: (name, place) => arrays[name + (place ? suffixOf(place) : '')].values,
  };
}

/** By what a place's state, input or weights are changed at step j: [i][value]. */
function gradientsBy(
  { shape, parameters, window, targets, initial }: Inspected,
  what: 'h' | 'c' | 'x' | 'W_h',
  place: StackPlace,
  j: number,
): Float64Array[] {
  const recurrent = parameters[`W_h${suffixOf(place)}`].length;
  const size = { h: H, c: H, x: E, W_h: recurrent }[what];
  return stackGradients(shape, parameters, window, targets, { what, place, step: j }, size, initial);
}

const STACKS = [
  { layers: 3, bidirectional: false },
  { layers: 2, bidirectional: true },
];

/** One with every cell, so that every connection meets one and both directions. */
const CONNECTED: Partial<StackShape>[] = [
  { layers: 3, connections: 'dense' },
  { layers: 2, bidirectional: true, directionsJoined: 'sum' },
  { layers: 2, bidirectional: true, directionsJoined: 'sum', connections: 'highway' },
  { layers: 3, connections: 'highway' },
  { layers: 3, bidirectional: true, connections: 'residual' },
  { layers: 3, bidirectional: true, connections: 'dense' },
];

for (const [at, { name, shape: cell }] of everyCell(H, E, V).entries())
  for (const stack of [...STACKS, { ...STACKS[0], ...CONNECTED[at] }]) {
    const shape: StackShape = { ...cell, ...stack };
    const { connections = 'none', directionsJoined = 'concatenation' } = shape;
    const directions = stack.bidirectional ? `both directions by ${directionsJoined}` : 'one direction';
    describe(`the window of ${name}, ${stack.layers} layers, ${directions}, ${connections} around them`, () => {
      const places = placesOf(shape);
      const inspected = inspect(shape, 40);
      const { initial, inspection, parameters, window, targets } = inspected;

      it('has its gates, states and gradients under the names of its directions', () => {
        const perPlace = places.flatMap((place) =>
          [...GATES[shape.cell].map((gate) => `gate.${gate}`), ...PAIRS[shape.cell].map((pair) => `gradient.${pair}`)]
            .concat('gradient.weight')
            .map((array) => array + suffixOf(place)),
        );
        const ledAround = { none: [], dense: [...Array(shape.layers).keys()], residual: [1, 2], highway: [1, 2] }[
          connections
        ];
        const shares = ledAround
          .filter((layer) => layer < shape.layers)
          .flatMap((layer) =>
            ['gradient.through', 'gradient.around'].map((share) => share + suffixOf({ layer, reverse: false })),
          );
        const names = [...perPlace, ...shares, 'loss', 'surprisal', 'gradient.input'];
        assert.deepEqual(Object.keys(inspection.arrays).sort(), names.sort());
        for (const { shape: size, values } of Object.values(inspection.arrays)) {
          assert.equal(values.length, size[0] * (size[1] ?? 1));
          assert.equal(values.byteLength, values.buffer.byteLength);
        }
      });

      it('has the oracle’s states, gates and losses after 40 tokens of warm-up', () => {
        const oracle = stackForward(shape, parameters, window, targets, initial);
        for (const place of places) {
          const steps = oracle.steps[place.layer][place.reverse ? 1 : 0];
          for (const gate of GATES[shape.cell]) {
            const truth = steps.flatMap(({ gates, h, c }) => [...({ h, c }[gate] ?? gates[gate])]);
            const values = inspected.of(`gate.${gate}`, place);
            const allowed = (v: number) => 2e-6 * Math.max(1, Math.abs(v));
            truth.forEach((v, k) =>
              assert.ok(
                Math.abs(v - values[k]) <= allowed(v),
                `${gate}${suffixOf(place)}[${k}]: ${values[k]}, not ${v}`,
              ),
            );
          }
        }
        assertClose(inspected.of('loss'), oracle.losses, 1e-5, 'loss');
      });

      it('has the gradients by the input and every state of differences of the whole pass', () => {
        const byInput = inspected.pairs((j) => gradientsBy(inspected, 'x', places[0], j));
        assertClose(inspected.of('gradient.input'), byInput, 1e-4, 'input');
        for (const place of places) {
          const hidden = inspected.pairs((j) => gradientsBy(inspected, 'h', place, j));
          assertClose(inspected.of('gradient.hidden', place), hidden, 1e-4, `hidden${suffixOf(place)}`);
        }
      });

      it('itemises what a change of W_h at one step alone does to every loss and to their sum', () => {
        for (const place of places) {
          const columns = [...window.keys()].map((j) => gradientsBy(inspected, 'W_h', place, j));
          const norms = inspected.pairs((j) => columns[j]);
          assertClose(inspected.of('gradient.weightItemised', place), norms, 1e-4, `itemised${suffixOf(place)}`);
          const sums = columns.map((rows) => norm(rows[0].map((_, k) => rows.reduce((sum, row) => sum + row[k], 0))));
          assertClose(inspected.of('gradient.weight', place), sums, 1e-4, `weight${suffixOf(place)}`);
        }
      });

      if (shape.cell === 'lstm')
        it('tells the direct path of the cell from what goes round by some h', () => {
          const { steps } = stackForward(shape, parameters, window, targets, initial);
          for (const place of places) {
            const columns = [...window.keys()].map((j) => gradientsBy(inspected, 'c', place, j));
            const { reverse, layer } = place;
            const forget = steps[layer][reverse ? 1 : 0].map(({ gates }) => gates.f);
            const direct = (i: number, j: number) => {
              if (reverse ? j < i : j > i) return new Float64Array(H);
              const between = reverse ? forget.slice(i, j) : forget.slice(j + 1, i + 1);
              return between.reduce((product, f) => product.map((v, k) => v * f[k]), columns[i][i]);
            };
            const rows = (of: (i: number, j: number) => Float64Array) => (j: number) =>
              [...window.keys()].map((i) => of(i, j));
            const suffix = suffixOf(place);
            assertClose(
              inspected.of('gradient.cell', place),
              inspected.pairs((j) => columns[j]),
              1e-4,
              `cell${suffix}`,
            );
            assertClose(inspected.of('gradient.direct', place), inspected.pairs(rows(direct)), 1e-4, `direct${suffix}`);
            const around = (i: number, j: number) => columns[j][i].map((v, k) => v - direct(i, j)[k]);
            const path = inspected.of('gradient.hiddenPath', place);
            assertClose(path, inspected.pairs(rows(around)), 1e-4, `hiddenPath${suffix}`);
            for (let i = 0; i < T; i++) assert.equal(path[i * T + i], 0);
          }
        });

      it('does not know what comes of the loss after the end of the text, and the rest as well as before', () => {
        const model = stackModel(shape, parameters, T);
        const { arrays } = inspectWindow(model, randomIds(V, 40, 3), window, null);
        for (const [key, { values, shape: size }] of Object.entries(arrays)) {
          if (!key.startsWith('gradient.')) continue;
          const known = inspection.arrays[key].values;
          assert.ok(values.subarray(size.length === 1 ? T - 1 : T * (T - 1)).every(Number.isNaN), key);
          if (size.length === 2) assert.deepEqual(values.subarray(0, T * (T - 1)), known.subarray(0, T * (T - 1)), key);
          else assert.ok(values.subarray(0, T - 1).every(Number.isFinite), key);
        }
      });
    });
  }
