// Surprisal along a text and the norms behind an editor's shading, against float64 recomputations.
import assert from 'node:assert/strict';
import { lossGradientNorms, surprisals } from '../../../src/engine/inspection/textLosses';
import { initialState } from '../../../src/engine/inspection/windowForward';
import { randomStackParameters, stackForward, stackGradients, type StackShape } from '../../oracle/float64Stack';
import { everyCell, randomIds } from '../../oracle/smallNetworks';
import { stackModel } from './inspectionModel';

const [H, E, V] = [5, 4, 7];
const text = randomIds(V, 700, 3);

const shapes = everyCell(H, E, V).map(({ name, shape }) => ({
  name,
  shape: { ...shape, layers: 1, bidirectional: false },
}));
const [, , , lstm] = shapes;
shapes.push({ name: 'LSTM, two layers', shape: { ...lstm.shape, layers: 2 } });
const bothWays = {
  name: 'LSTM, two layers that read both ways',
  shape: { ...lstm.shape, layers: 2, bidirectional: true },
};

const close = (value: number, truth: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(value - truth) <= tolerance, `${what}: ${value}, float64 says ${truth}`);

function modelFor(shape: StackShape) {
  const parameters = randomStackParameters(shape, 5);
  return { parameters, model: stackModel(shape, parameters, 512, 1) };
}

describe('surprisal along a text', () => {
  for (const { name, shape } of shapes)
    it(`${name}: is −log₂ p of every token after all before it, across pieces`, async () => {
      const { model, parameters } = modelFor(shape);
      let pieces = 0;
      const free = model.kernels.mark();
      const bits = await surprisals(model, text.subarray(0, 40), text.subarray(40), async () => void pieces++);
      assert.deepEqual(model.kernels.mark(), free);
      const { losses } = stackForward(shape, parameters, text, text.slice(1));
      assert.equal(bits.length, 660);
      assert.ok(pieces > 1);
      bits.forEach((value, k) => close(value, losses[39 + k] / Math.LN2, 1e-4 * Math.max(1, value), `token ${k}`));
    });

  it('is not known of the first token of all', async () => {
    const { model } = modelFor(lstm.shape);
    const [first, second] = await surprisals(model, new Int32Array(), text.subarray(0, 5), async () => undefined);
    assert.ok(Number.isNaN(first) && second > 0);
  });

  it('is nothing of no text', async () => {
    const { model } = modelFor(lstm.shape);
    assert.equal((await surprisals(model, text.subarray(0, 9), new Int32Array(), async () => undefined)).length, 0);
  });
});

describe('the norm of a loss’s gradient with respect to every input', () => {
  for (const { name, shape } of [...shapes, bothWays])
    it(`${name}: is that of central differences, zero where no path leads`, () => {
      const { model, parameters } = modelFor(shape);
      const ids = text.slice(0, 6);
      const step = 4;
      const target = text[6];
      const norms = lossGradientNorms(model, { ids, before: initialState(model), step, target });
      const targets = Array.from(ids, () => target);
      norms.forEach((norm, j) => {
        const nudged = { what: 'x' as const, place: { layer: 0, reverse: false }, step: j };
        const truth = Math.hypot(...stackGradients(shape, parameters, ids, targets, nudged, E)[step]);
        close(norm, truth, 1e-4 * Math.max(1, truth), `token ${j}`);
        if (!shape.bidirectional && j > step) assert.equal(norm, 0);
      });
    });
});
