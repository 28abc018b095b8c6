// `gatescope train` and `inspect` one after the other: the numbers that inspect prints are those of a float64 recomputation from the
// stored weights.
import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { decodeSafetensors, encodeSafetensors } from '../../../src/engine/formats/safetensors';
import type { RunRecord } from '../../../src/protocol/run';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import { gateInfos } from '../../../src/trainer/inspectSlice';
import { inspectionAsData, inspectionAsText } from '../../../src/trainer/cli/inspectReport';
import { optionName } from '../../../src/trainer/cli/trainOptions';
import { oracleForward, type OracleParameters } from '../../oracle/float64Network';
import { disposeModels, smallTraining } from '../engine/smallTraining';
import { gatescope } from './commandLineFixture';
import { smallText, TINY, Workspace } from './trainerFixture';

interface Inspection {
  run: string;
  step: number;
  from: number;
  tokens: { text: string; start: number; end: number; known: boolean }[];
  next: string | null;
  loss: (number | null)[];
  surprisal: (number | null)[];
  predictions: { text: string; probability: number }[][];
  gates: Record<string, { symbol: string; mean: number[]; smallest: number[]; open: number[]; values?: number[][] }>;
  gradients: Record<string, (number | null)[][]>;
}

describe('gatescope inspect', () => {
  const workspace = new Workspace();
  const text = smallText(120);
  const run = workspace.runFolder('run');
  let trained: Awaited<ReturnType<typeof gatescope>>;
  before(async () => {
    const fields = Object.entries(TINY).flatMap(([key, value]) => [`--${optionName(key)}`, String(value)]);
    trained = await gatescope('train', workspace.file('text.txt', text), ...fields, '--out', run, '--json');
  });
  after(() => workspace.dispose());

  const inspect = async (...options: string[]): Promise<Inspection> => {
    const { code, output, notes } = await gatescope('inspect', run, ...options, '--json');
    assert.deepEqual([code, notes], [0, []]);
    return JSON.parse(output) as Inspection;
  };

  /** The whole of `read` in float64, from the stored weights. */
  function recompute(read: string) {
    const { config } = JSON.parse(readFileSync(path.join(run, 'run.json'), 'utf8')) as RunRecord;
    const parameters: OracleParameters = {};
    const { tensors } = decodeSafetensors(readFileSync(path.join(run, 'checkpoint.safetensors')));
    for (const [name, { values }] of tensors) parameters[name] = Float64Array.from(values, Number);
    const { tokens } = JSON.parse(readFileSync(path.join(run, 'vocabulary.json'), 'utf8')) as { tokens: [string][] };
    const ids = [...read].map((letter) =>
      Math.max(
        0,
        tokens.findIndex(([known]) => known === letter),
      ),
    );
    const shape = { ...config, vocabulary: parameters.b_o.length };
    return oracleForward(shape, parameters, ids, [...ids.slice(1), -1]);
  }

  const near = (actual: number | null, expected: number, what: string) =>
    assert.ok(actual !== null && Math.abs(actual - expected) < 1e-5, `${what}: ${actual}, expected ${expected}`);

  it('finds the run that train has stored', () => {
    assert.equal(trained.code, 0);
    const record = JSON.parse(trained.output) as RunRecord;
    assert.equal(record.phase, 'finished');
    assert.deepEqual(record.config, TINY);
    assert.ok(existsSync(path.join(run, 'checkpoint.safetensors')));
  });

  it('prints losses, surprisal and gates of a window, everything before it read first', async () => {
    const shown = await inspect('--string', text.slice(0, 60), '--from', '20', '--count', '10', '--units');
    const truth = recompute(text.slice(0, 60));
    assert.deepEqual([shown.run, shown.from, shown.next], ['run', 20, text[30]]);
    assert.deepEqual(shown.tokens[3], { text: text[23], start: 23, end: 24, known: true });
    for (let t = 0; t < 10; t++) {
      near(shown.loss[t], truth.losses[20 + t], `loss ${t}`);
      near(shown.surprisal[t], truth.losses[19 + t] / Math.LN2, `surprisal ${t}`);
      for (const [key, { values, mean, smallest }] of Object.entries(shown.gates)) {
        const units = [...truth.gates[key][20 + t]];
        units.forEach((value, unit) => near(values?.[t][unit] ?? null, value, `${key} ${t} ${unit}`));
        const drawn = key === 'c' ? units.map(Math.tanh) : units;
        near(mean[t], drawn.reduce((a, b) => a + b) / units.length, `mean ${key}`);
        near(smallest[t], Math.min(...drawn), `smallest ${key}`);
      }
    }
    assert.deepEqual(Object.keys(shown.gates), ['f', 'i', 'o', 'g', 'c', 'h']);
    assert.deepEqual(
      Object.values(shown.gradients).map((rows) => rows.length),
      Object.values(shown.gradients).map(() => 10),
    );
    assert.equal(shown.gradients.hidden[2][5], 0);
  });

  it('takes the beginning of the training text where none is given, and leaves the units out', async () => {
    const shown = await inspect();
    assert.equal(shown.tokens.map((token) => token.text).join(''), text.slice(0, 64));
    assert.equal(shown.gates.f.values, undefined);
    assert.equal(shown.surprisal[0], null);
  });

  it('says null for what the end of the text leaves open', async () => {
    const shown = await inspect('--text', workspace.file('short.txt', 'the ∂og'), '--count', '20');
    assert.deepEqual([shown.tokens.length, shown.next, shown.loss[6]], [7, null, null]);
    assert.deepEqual(shown.gradients.hidden[6], Array<null>(7).fill(null));
    assert.deepEqual(
      shown.tokens.map(({ known }) => known),
      [...'the ∂og'].map((letter) => letter !== '∂'),
    );
  });

  it('prints a line per token for people', async () => {
    const { code, output } = await gatescope('inspect', run, '--string', 'the cat', '--count', '3');
    assert.equal(code, 0);
    assert.match(output, /^run: lstm, 6 units, step \d+$/m);
    assert.match(output, /^2 +"e" +\d+\.\d\d +0\.\d{3} /m);
  });

  it('tells other layers and directions apart by their names', async () => {
    const { model } = await smallTraining({ cell: 'gru', layers: 2, bidirectional: true });
    const window = {
      ...{ run: 'stack', step: 0, config: TINY, kernels: 'simd', from: 0, next: null },
      tokens: [...'abc'].map((letter, at) => ({ text: letter, start: at, end: at + 1, known: true })),
      gates: gateInfos(model),
      inspection: inspectWindow(model, new Int32Array(), Int32Array.of(1, 2, 3), null),
      textOf: String,
    };
    const { gates, gradients } = inspectionAsData(window, false) as Inspection;
    const suffixes = ['', '_l0_reverse', '_l1', '_l1_reverse'];
    assert.deepEqual(
      Object.keys(gates),
      suffixes.flatMap((suffix) => ['u', 'r', 'g', 'h'].map((key) => key + suffix)),
    );
    assert.equal(gates.r_l1_reverse.symbol, 'r');
    for (const suffix of suffixes) assert.equal(gradients[`hidden${suffix}`].length, 3);
    assert.match(inspectionAsText(window), /^token +bits +mean u +mean r +mean h̃ +mean h +‖/m);
    disposeModels();
  });

  it('says of a checkpoint that needs more memory than there may be that it is too large, not that it is damaged', async () => {
    const copy = workspace.runFolder('enormous');
    cpSync(run, copy, { recursive: true });
    const file = path.join(copy, 'checkpoint.safetensors');
    const { tensors, metadata } = decodeSafetensors(readFileSync(file));
    const named = Array.from(tensors, ([name, { shape, values }]) => ({ name, shape, values: values as Float32Array }));
    writeFileSync(file, encodeSafetensors(named, { ...metadata, shape: '{"timesteps":64,"lanes":1000000}' }));
    const { code, notes } = await gatescope('inspect', copy, '--string', 'abc');
    assert.equal(code, 1);
    assert.match(notes[0], /needs about \d+ MB/);
    assert.doesNotMatch(notes[0], /damaged/);
  });

  const failures: [string[], number, RegExp][] = [
    [[workspace.runFolder('nowhere')], 2, /There is no run nowhere\.$/],
    [[run, '--text', path.join(workspace.folder, 'nothing.txt')], 2, /nothing.txt does not exist\.$/],
    [[run, '--string', ''], 2, /the text is empty\.$/],
    [[run, '--string', 'abc', '--from', '3'], 2, /--from 3: the text has only 3 tokens\.$/],
  ];
  for (const [argv, expected, message] of failures)
    it(`ends with ${expected} and a sentence: ${message.source}`, async () => {
      const { code, output, notes } = await gatescope('inspect', ...argv);
      assert.deepEqual([code, output], [expected, '']);
      assert.match(notes[0], message);
    });
});
