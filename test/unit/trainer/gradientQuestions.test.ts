// Questions about recurrent weights and Jacobians, asked of a run: the answers fit the picture of the same window and its checkpoint.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eigenvalues } from '../../../src/engine/inspection/eigenvalues';
import { lagPlan } from '../../../src/engine/inspection/jacobianLags';
import type { Answers, Question } from '../../../src/protocol/questions';
import type { RunConfig } from '../../../src/protocol/runConfig';
import { decodeFrame } from '../../../src/protocol/traceFrame';
import { decodeSafetensors } from '../../../src/engine/formats/safetensors';
import type { RunSession } from '../../../src/trainer/runSession';
import { smallText, TINY, Workspace } from './trainerFixture';

const view = { slice: null, cursor: 60, windowStart: null, columns: 40 };

describe('a question about recurrent weights', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  async function trained(config: Partial<RunConfig> = {}): Promise<RunSession> {
    const { session } = workspace.session();
    session.train(workspace.order('run', { ...TINY, ...config }, { text: smallText(200) }));
    await session.settled();
    return session;
  }

  async function ask<Q extends Question>(session: RunSession, question: Q): Promise<Answers[Q['about']]> {
    const answered = await session.ask({ question, view });
    assert.equal(answered?.about, question.about);
    return answered.value as Answers[Q['about']];
  }

  it('is answered with the eigenvalues of the checkpoint’s block and the largest slope of its gate', async () => {
    const session = await trained();
    const H = TINY.hiddenUnits;
    const { tensors } = decodeSafetensors(
      readFileSync(path.join(workspace.runFolder('run'), 'checkpoint.safetensors')),
    );
    const weights = tensors.get('W_h')?.values;
    assert.ok(weights instanceof Float32Array);
    const gates = ['f', 'i', 'o', 'g'] as const;
    for (const [block, gate] of gates.entries()) {
      const values: Float64Array = Float64Array.from({ length: H * H }, (_, at) => {
        const [row, column] = [Math.floor(at / H), at % H];
        return weights[row * 4 * H + block * H + column];
      });
      const spectrum = await ask(session, { about: 'spectrum', gate });
      assert.deepEqual([...spectrum.real], [...eigenvalues(values, H).real]);
      assert.equal(spectrum.slope, gate === 'g' ? 1 : 0.25);
      const [largest] = spectrum.singularValues;
      assert.ok(Math.hypot(spectrum.real[0], spectrum.imaginary[0]) <= largest * (1 + 1e-9), 'ρ ≤ σ_max');
    }
    await assert.rejects(ask(session, { about: 'spectrum', gate: 'u' }), { code: 'nothingToInspect' });
  });

  it('is answered with singular values by lag, largest first, over positions of the window', async () => {
    const session = await trained({ cell: 'gru' });
    const { positions, curves } = await ask(session, { about: 'jacobians', count: 4 });
    const plan = lagPlan(40);
    assert.deepEqual(positions, plan.positions);
    assert.deepEqual(
      curves.map(({ lag }) => lag),
      plan.lags,
    );
    for (const { values } of curves) {
      assert.equal(values.length, 4);
      values.forEach((value, k) => {
        if (!value) return;
        assert.ok(value.low <= value.median && value.median <= value.high);
        assert.ok(k === 0 || value.median <= (values[k - 1]?.median ?? NaN));
      });
    }
  });

  it('is answered with what every loss asks of every step, which together is at least what is left of it', async () => {
    const session = await trained();
    const { steps, norms, together } = await ask(session, { about: 'weightItemised' });
    const arrays = decodeFrame(await session.inspect(view));
    assert.deepEqual([...together], [...arrays['gradient.weight'].values]);
    assert.equal(norms.length, steps * steps);
    for (let t = 0; t < steps; t++) {
      let sum = 0;
      for (let i = t; i < steps; i++) sum += norms[i * steps + t];
      assert.ok(Number.isNaN(together[t]) || together[t] <= sum * (1 + 1e-5), `step ${t}: ${together[t]} of ${sum}`);
      for (let i = 0; i < t; i++) assert.equal(norms[i * steps + t], 0);
    }
  });

  it('comes with a bound in every picture of a vanilla network, which its gradients keep', async () => {
    const session = await trained({ cell: 'vanilla' });
    const frame = await session.inspect(view);
    const { bound, tokens } = frame.header;
    assert.ok(bound);
    const T = tokens.length;
    const { values } = decodeFrame(frame)['gradient.hidden'];
    for (let i = 0; i < T; i++)
      for (let j = 0; j < i; j++)
        assert.ok(values[i * T + j] <= values[i * T + i] * (bound.slope * bound.norm) ** (i - j) * (1 + 1e-4));
    const spectrum = await ask(session, { about: 'spectrum', gate: 'h' });
    assert.ok(Math.abs(spectrum.singularValues[0] / bound.norm - 1) < 1e-6);
  });
});
