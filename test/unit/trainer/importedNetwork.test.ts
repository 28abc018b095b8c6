// A network goes out as weights for PyTorch and comes back as a run of its own: the same losses; and what cannot be shown is refused.
import assert from 'node:assert/strict';
import { decodeSafetensors, encodeSafetensors } from '../../../src/engine/formats/safetensors';
import type { Answered } from '../../../src/protocol/questions';
import type { RunConfig } from '../../../src/protocol/runConfig';
import { decodeFrame } from '../../../src/protocol/traceFrame';
import type { RunSession } from '../../../src/trainer/runSession';
import { smallText, TINY, Workspace } from './trainerFixture';

const TEXT = smallText(200);
const VIEW = { slice: null, cursor: 60, windowStart: null, columns: 40 };

describe('weights for PyTorch', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  async function trained(config: RunConfig): Promise<RunSession> {
    const { session } = workspace.session();
    session.train(workspace.order(`run-${config.cell}`, config, { text: TEXT }));
    await session.settled();
    return session;
  }

  async function exported(session: RunSession): Promise<Uint8Array<ArrayBuffer>> {
    const metadata = { config: JSON.stringify(session.record.config) };
    const answered = await session.ask({ question: { about: 'torchWeights', metadata }, view: null });
    return Uint8Array.from((answered as Answered<'torchWeights'>).value.bytes);
  }

  async function imported(bytes: Uint8Array<ArrayBuffer>, text = TEXT, id = 'imported'): Promise<RunSession> {
    const { session } = workspace.session();
    session.train({ ...workspace.order(id, TINY, { text }), weights: { name: 'weights.safetensors', bytes } });
    await session.settled();
    return session;
  }

  /** The same tensors, other metadata. */
  function withMetadata(bytes: Uint8Array, metadata: Record<string, string>): Uint8Array<ArrayBuffer> {
    const tensors = [...decodeSafetensors(bytes).tensors].map(([name, tensor]) => ({ name, ...tensor }));
    return encodeSafetensors(tensors, metadata);
  }

  const lossesOf = async (session: RunSession): Promise<Float32Array> =>
    decodeFrame(await session.inspect(VIEW)).loss.values;

  for (const cell of ['vanilla', 'lstm', 'gru'] as const)
    it(`come back as a finished run with the same losses, bit for bit (${cell})`, async () => {
      const session = await trained({ ...TINY, cell, resetGate: 'after', seed: 5, layers: cell === 'lstm' ? 2 : 1 });
      const back = await imported(await exported(session));
      const { record } = back;
      assert.equal(record.failure, null);
      assert.deepEqual(
        [record.phase, record.step, record.plannedSteps],
        ['finished', session.record.step, record.step],
      );
      assert.deepEqual(record.config, session.record.config);
      assert.deepEqual(record.imported, { name: 'weights.safetensors', configured: true });
      assert.deepEqual(await lossesOf(back), await lossesOf(session));
      assert.ok(record.bestValidationLoss !== null && record.bestValidationLoss > 0);
    });

  it('tell their vocabulary, step and unit', async () => {
    const session = await trained(TINY);
    const { metadata } = decodeSafetensors(await exported(session));
    assert.equal(metadata.format, 'pt');
    assert.equal(metadata.step, String(session.record.step));
    assert.equal(metadata.unit, 'characters');
    const tokens = JSON.parse(metadata.vocabulary) as string[];
    assert.equal(tokens[0], '\ufffd');
    assert.deepEqual(new Set(tokens.slice(1)), new Set(TEXT));
  });

  it('can be opened again and trained on', async () => {
    const back = await imported(await exported(await trained(TINY)));
    await back.close();
    const { session } = workspace.session();
    const record = await session.open({ runFolder: workspace.runFolder('imported'), text: null });
    assert.deepEqual(record.imported, { name: 'weights.safetensors', configured: true });
    await session.resume();
    await session.settled();
    assert.equal(session.record.phase, 'finished');
    assert.ok(session.record.step > record.step);
  });

  it('without metadata take their vocabulary from the text, where it has as many tokens', async () => {
    const session = await trained(TINY);
    const back = await imported(withMetadata(await exported(session), {}));
    assert.equal(back.record.imported?.configured, false);
    assert.deepEqual(await lossesOf(back), await lossesOf(session));
    const short = await imported(withMetadata(await exported(session), {}), 'abcabcabc '.repeat(20), 'short');
    assert.deepEqual(short.record.failure?.code, 'weightsVocabulary');
  });

  it('that know no unknown token get one that is never predicted', async () => {
    const session = await trained(TINY);
    const bytes = await exported(session);
    const { tensors, metadata } = decodeSafetensors(bytes);
    const rows = (name: string): { name: string; shape: number[]; values: Float32Array } => {
      const { shape, values } = tensors.get(name) ?? { shape: [], values: new Float32Array(0) };
      const [size, ...rest] = shape;
      return { name, shape: [size - 1, ...rest], values: (values as Float32Array).slice(values.length / size) };
    };
    const cut = ['embedding.weight', 'out.weight', 'out.bias'];
    const kept = [...tensors].filter(([name]) => !cut.includes(name)).map(([name, tensor]) => ({ name, ...tensor }));
    const vocabulary = JSON.stringify((JSON.parse(metadata.vocabulary) as string[]).slice(1));
    const back = await imported(encodeSafetensors([...kept, ...cut.map(rows)], { ...metadata, vocabulary }));
    assert.equal(back.record.failure, null);
    const [ours, theirs] = [await lossesOf(session), await lossesOf(back)];
    // The unknown token's share of the probability goes to the others.
    assert.ok(theirs.every((loss, t) => loss <= ours[t] + 1e-6 && loss > ours[t] - 0.5));
  });

  it('are not written for a network that no module of PyTorch computes', async () => {
    const before = await trained({ ...TINY, cell: 'gru', resetGate: 'before' });
    await assert.rejects(exported(before), { code: 'torchResetGate' });
    const logistic = await trained({ ...TINY, cell: 'vanilla', activation: 'sigmoid' });
    await assert.rejects(exported(logistic), { code: 'torchActivation' });
    const residual = await trained({ ...TINY, layers: 2, connections: 'residual' });
    await assert.rejects(exported(residual), { code: 'torchConnections' });
  });

  it('are refused by what is wrong with them, the run failing with it', async () => {
    const bytes = await exported(await trained(TINY));
    const failureOf = async (given: Uint8Array<ArrayBuffer>, id: string) =>
      (await imported(given, TEXT, id)).record.failure;
    const { metadata } = decodeSafetensors(bytes);
    assert.equal((await failureOf(new Uint8Array(4), 'short'))?.code, 'weightsUnusable');
    const wrong = (await failureOf(withMetadata(bytes, { ...metadata, vocabulary: '["a","b"]' }), 'vocabulary'))?.args;
    assert.match(String(wrong?.reason), /^the vocabulary has 2 tokens, embedding\.weight \d+ rows$/);
    const twice = (await failureOf(withMetadata(bytes, { vocabulary: '["a","a"]' }), 'twice'))?.args;
    assert.equal(twice?.reason, 'the vocabulary has "a" twice');
    const reverse = { name: 'rnn.weight_hh_l0_reverse', shape: [1], values: new Float32Array(1) };
    assert.equal((await failureOf(encodeSafetensors([reverse]), 'reverse'))?.code, 'weightsBothWays');
  });
});
