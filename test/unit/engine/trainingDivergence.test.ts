// Steps that are not finite are noticed, named and undone.
import assert from 'node:assert/strict';
import { randomIds } from '../../oracle/smallNetworks';
import { batchOf, disposeModels, smallTraining, weightsOf, type SmallTraining } from './smallTraining';
import { ALL_VARIANTS } from './kernelsUnderTest';

const TEXT = randomIds(6, 400, 9);

/** Runs one step that must fail and checks that it left no trace; `disturb` returns its own undoing. */
function undoneStep(training: SmallTraining, disturb: () => () => void) {
  const { inputs, targets } = batchOf(TEXT, training.options);
  training.session.step(inputs, targets);
  const [weights, state] = [weightsOf(training), training.session.exportState()];
  const repair = disturb();
  const result = training.session.step(inputs, targets);
  repair();
  assert.deepEqual(weightsOf(training), weights);
  assert.deepEqual(training.session.exportState(), state);
  assert.equal(result.updateRatio, 0);
  const next = training.session.step(inputs, targets);
  assert.equal(next.notFinite, null);
  return result;
}

describe('a step that is not finite', () => {
  afterEach(disposeModels);

  for (const name of ALL_VARIANTS) {
    it(`is named after its loss when that is not a number (${name})`, async () => {
      const training = await smallTraining({}, {}, name);
      const { values } = training.model.parameters.get('W_h');
      const result = undoneStep(training, () => {
        const kept = values[5];
        values[5] = NaN;
        return () => (values[5] = kept);
      });
      assert.deepEqual(result.notFinite, { what: 'loss', parameter: null });
    });

    it(`names the parameter whose gradient is too large for Adam's second moment while the loss is not (${name})`, async () => {
      const training = await smallTraining({ cell: 'vanilla', activation: 'relu' }, {}, name);
      const result = undoneStep(training, () => {
        const kept = weightsOf(training);
        const { parameters } = training.model;
        parameters.get('b').values.fill(1e25);
        parameters.get('W_h').values.fill(0);
        parameters.get('W_o').values.forEach((value, at, all) => (all[at] = value * 1e-25));
        return () => parameters.all.forEach(({ name, values }) => values.set(kept[name]));
      });
      assert.ok(Number.isFinite(result.loss));
      assert.deepEqual(result.notFinite, { what: 'gradient', parameter: 'W_o' });
    });
  }

  it('is undone when the update itself makes a weight infinite', async () => {
    const training = await smallTraining({}, { optimizer: 'sgd' });
    const { optimizer } = training.session;
    const result = undoneStep(training, () => {
      const kept = optimizer.learningRate;
      optimizer.learningRate = 1e39;
      return () => (optimizer.learningRate = kept);
    });
    assert.deepEqual(result.notFinite, { what: 'weights', parameter: 'embedding' });
  });

  it('stops an exploding relu network without clipping at its last finite weights', async () => {
    const training = await smallTraining(
      { cell: 'vanilla', activation: 'relu', recurrentInitialisation: 'identity', normalScale: 8, hiddenUnits: 12 },
      { timesteps: 60, batch: 2, learningRate: 1 },
    );
    const { inputs, targets } = batchOf(TEXT, training.options);
    let result = training.session.step(inputs, targets);
    for (let step = 0; step < 20 && !result.notFinite; step++) result = training.session.step(inputs, targets);
    assert.ok(result.notFinite);
    for (const values of Object.values(weightsOf(training))) assert.ok(values.every(Number.isFinite));
  });
});
