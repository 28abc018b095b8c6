// The Lyapunov exponents over training: at every snapshot, from its own weights on the same text, whatever training does meanwhile.
import assert from 'node:assert/strict';
import { readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { LyapunovDirections } from '../../../src/engine/inspection/lyapunov';
import { stepJacobian } from '../../../src/engine/inspection/stepJacobian';
import { tracedLayer } from '../../../src/engine/inspection/tracedLayer';
import { initialState, traceFrom } from '../../../src/engine/inspection/windowForward';
import type { TrainingExponents } from '../../../src/protocol/spectra';
import { exponentStretch } from '../../../src/trainer/answers/lyapunov';
import { ModelCopy } from '../../../src/trainer/modelCopy';
import type { RunSession } from '../../../src/trainer/runSession';
import { openTokenFile } from '../../../src/trainer/tokenFile';
import { decodeSafetensors } from '../../../src/engine/formats/safetensors';
import { networkConfig } from '../../../src/trainer/trainingPlan';
import { smallText, TINY, until, Workspace } from './trainerFixture';

describe('the exponents over training', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  async function asked(session: RunSession, count = 3): Promise<TrainingExponents> {
    const answered = await session.ask({ question: { about: 'lyapunov', count }, view: null });
    assert.ok(answered !== null && 'points' in answered.value);
    return answered.value;
  }
  const fileOf = (step: number) => path.join(workspace.runFolder('run'), 'snapshots', `${step}.safetensors`);

  /** Straight from the definition: the step's whole Jacobian times each direction. */
  async function expected({ record }: RunSession, step: number, count: number): Promise<Float64Array> {
    const { corpus, config } = record;
    assert.ok(corpus);
    const { start, steps, burnIn } = exponentStretch(corpus);
    const copy = await ModelCopy.create(networkConfig(config, corpus.vocabulary), null, 'javascript');
    const { tensors } = decodeSafetensors(readFileSync(fileOf(step)));
    copy.load(new Map([...tensors].map(([name, { values }]) => [name, Float32Array.from(values, Number)])));
    const tokens = openTokenFile(path.join(workspace.runFolder('run'), 'tokens.bin'), corpus.tokens);
    const ids = new Uint16Array(steps);
    tokens.read(start, ids);
    const layer = tracedLayer(
      copy.model,
      traceFrom(copy.model, Int32Array.from(ids), initialState(copy.model)).layers[0][0],
    );
    const directions = new LyapunovDirections(2 * config.hiddenUnits, count, 1);
    for (let t = 0; t < steps; t++) directions.apply(stepJacobian(layer, t), t >= burnIn);
    copy.dispose();
    return directions.exponents.sort().reverse();
  }

  it('are those of every snapshot’s own weights', async () => {
    const { session } = workspace.session();
    session.train(workspace.order('run', { ...TINY, epochs: 2 }, { text: smallText(300) }));
    await session.settled();
    const { points, units, damaged } = await asked(session);
    assert.deepEqual(
      points.map(({ step }) => step),
      session.record.snapshots,
    );
    assert.deepEqual([units, damaged], [2 * TINY.hiddenUnits, []]);
    for (const { step, exponents } of [points[0], points[5], points[points.length - 1]]) {
      const truth = await expected(session, step, 3);
      for (const [k, value] of exponents.entries()) assert.ok(Math.abs(value - truth[k]) < 1e-4, `${step}: ${value}`);
      assert.ok(exponents[0] >= exponents[1] && exponents[1] >= exponents[2]);
    }
    assert.notDeepEqual(points[0].exponents, points[points.length - 1].exponents);
  });

  it('are answered while training goes on, whose bits they leave alone', async () => {
    const losses = [];
    for (const asks of [true, false]) {
      const id = asks ? 'run' : 'other';
      const { session } = workspace.session();
      session.train(workspace.order(id, { ...TINY, epochs: 4 }, { text: smallText(300) }));
      await until(() => session.record.step > 4);
      while (asks && session.record.phase === 'training') await asked(session);
      await session.settled();
      losses.push(session.record.bestValidationLoss);
    }
    assert.equal(losses[0], losses[1]);
  });

  it('leave out a snapshot that cannot be read, and name it', async () => {
    const { session } = workspace.session();
    session.train(workspace.order('run', TINY, { text: smallText(300) }));
    await session.settled();
    truncateSync(fileOf(4), 64);
    const { points, damaged } = await asked(session);
    assert.deepEqual(damaged, [4]);
    assert.ok(points.length > 5 && points.every(({ step }) => step !== 4));
  });

  it('are read on the beginning of the held-out text, of a short one on its end', () => {
    assert.deepEqual(exponentStretch({ tokens: 100_000 }), { start: 90_000, steps: 256, burnIn: 64, heldOut: true });
    assert.deepEqual(exponentStretch({ tokens: 1000 }), { start: 744, steps: 256, burnIn: 64, heldOut: false });
    assert.deepEqual(exponentStretch({ tokens: 100 }), { start: 0, steps: 100, burnIn: 25, heldOut: false });
  });
});
