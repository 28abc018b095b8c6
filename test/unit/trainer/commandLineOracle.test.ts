// `gatescope oracle` from the outside: exit codes, what it prints, and every kind of input that cannot be used.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { decodeSafetensors, encodeSafetensors, type TensorValues } from '../../../src/engine/formats/safetensors';
import { gatescope } from './commandLineFixture';

interface Report {
  passed: boolean;
  cases: {
    name: string;
    passed: boolean;
    tensor?: string | null;
    error?: string;
    implementations?: Record<
      string,
      { kinds: Record<string, { error: number | null; passed: boolean; tensor: string }> }
    >;
  }[];
}

const KINDS = [
  'loss',
  'losses',
  'output',
  'hidden',
  'cell',
  'gates',
  'grad',
  'flow',
  'cellflow',
  'clipped_norm',
  'adam',
];

describe('gatescope oracle', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'gatescope-oracle-'));
    cpSync('test/fixtures/oracle/lstm-carried', path.join(folder, 'case'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string) => path.join(folder, 'case', name);
  const oracle = async (...options: string[]) => {
    const said = await gatescope('oracle', folder, ...options);
    return { ...said, report: options.includes('--json') ? (JSON.parse(said.output) as Report) : null };
  };

  /** Changes the tensors of the case. */
  function withTensors(change: (tensors: Map<string, { shape: number[]; values: TensorValues }>) => void): void {
    const { tensors } = decodeSafetensors(readFileSync(file('tensors.safetensors')));
    change(tensors);
    const all = [...tensors].map(([name, tensor]) => ({ name, ...tensor }));
    writeFileSync(file('tensors.safetensors'), encodeSafetensors(all));
  }

  it('reports every kind for both implementations as JSON, and nothing else on the output', async () => {
    const { code, report, notes } = await oracle('--json');
    assert.deepEqual([code, notes, report?.passed], [0, [], true]);
    const [found] = report?.cases ?? [];
    assert.equal(found.name, 'case');
    assert.deepEqual(Object.keys(found.implementations ?? {}), ['reference', 'fused']);
    for (const { kinds } of Object.values(found.implementations ?? {})) {
      assert.deepEqual(Object.keys(kinds), KINDS);
      for (const { error, passed } of Object.values(kinds)) assert.ok(passed && error !== null && error < 1e-4);
    }
  });

  it('prints a table for people', async () => {
    const { code, output } = await oracle();
    assert.equal(code, 0);
    assert.match(output, /^case +reference +\d+e-\d+/m);
    assert.match(output, /^All 1 cases agree with the oracle\.$/m);
  });

  it('takes a single case for its folder', async () => {
    const { code, output } = await gatescope('oracle', path.join(folder, 'case'), '--json');
    assert.equal(code, 0);
    assert.equal((JSON.parse(output) as Report).cases[0].name, 'case');
  });

  for (const [tensor, kind] of [
    ['loss', 'loss'],
    ['losses', 'losses'],
    ['output', 'output'],
    ['hidden_l0', 'hidden'],
    ['cell_l0', 'cell'],
    ['gate_f_l0', 'gates'],
    ['grad.rnn.bias_hh_l0', 'grad'],
    ['flow_l0', 'flow'],
    ['cellflow_l0', 'cellflow'],
    ['clipped_norm', 'clipped_norm'],
    ['adam.rnn.bias_hh_l0', 'adam'],
  ])
    it(`ends with 1 when ${tensor} is off, and blames ${kind} alone`, async () => {
      withTensors((tensors) => {
        const values = tensors.get(tensor)?.values as Float64Array;
        values[values.findIndex((value) => Math.abs(value) > 0.01)] *= 1.01;
      });
      const { code, report } = await oracle('--json');
      assert.equal(code, 1);
      for (const { kinds } of Object.values(report?.cases[0].implementations ?? {})) {
        const failed = Object.entries(kinds).filter(([, { passed }]) => !passed);
        assert.deepEqual(
          failed.map(([name, found]) => [name, found.tensor]),
          [[kind, tensor]],
        );
      }
    });

  const damages: [string, () => void, RegExp][] = [
    [
      'the tensors are cut short',
      () => truncateSync(file('tensors.safetensors'), 30_000),
      /tensor "cell_l0" lies at bytes \d+ to \d+, outside the \d+ bytes/,
    ],
    ['the header is cut', () => truncateSync(file('tensors.safetensors'), 100), /header would end at byte/],
    ['the tensors are empty', () => writeFileSync(file('tensors.safetensors'), ''), /file ends after 0 bytes/],
    [
      'the header is longer than any file',
      () => writeFileSync(file('tensors.safetensors'), Buffer.alloc(64, 0xff)),
      /header would be 18446744073709551615 bytes long/,
    ],
    [
      'the file is larger than its tensors',
      () => writeFileSync(file('tensors.safetensors'), Buffer.alloc(2_000_000)),
      /tensors.safetensors has 2000000 bytes, at most \d+ are to be expected/,
    ],
    ['the tensors are missing', () => rmSync(file('tensors.safetensors')), /tensors.safetensors is missing/],
    ['a tensor is missing', () => withTensors((tensors) => tensors.delete('cell_l0')), /^tensor "cell_l0" is missing$/],
    [
      'a tensor is NaN',
      () => withTensors((tensors) => ((tensors.get('rnn.weight_hh_l0')?.values as Float64Array)[17] = NaN)),
      /^tensor "rnn.weight_hh_l0" is NaN at \[1, 1\]$/,
    ],
    [
      'a token is outside the vocabulary',
      () => withTensors((tensors) => ((tensors.get('input')?.values as BigInt64Array)[3] = 11n)),
      /^tensor "input" is 11 at \[1, 0\], outside the vocabulary of 11$/,
    ],
    ['case.json is missing', () => rmSync(file('case.json')), /case.json is missing/],
    ['case.json is not JSON', () => writeFileSync(file('case.json'), '{"cell":'), /case.json is not JSON/],
    ['case.json lacks a field', () => editDescription({ hidden: undefined }), /case.json: hidden: .*undefined/],
    ['case.json has a strange cell', () => editDescription({ cell: 'rnn' }), /case.json: cell: .*"rnn"/],
    ['case.json has half a layer', () => editDescription({ layers: 0.5 }), /case.json: layers: /],
    ['case.json has more layers than there can be', () => editDescription({ layers: 9 }), /case.json: layers: .*8/],
    ['case.json says more than it should', () => editDescription({ dropout: 0.5 }), /case.json: dropout: /],
    ['case.json has another shape than the tensors', () => editDescription({ hidden: 15 }), /has shape|to be expected/],
    [
      'the network is larger than memory',
      () => editDescription({ timesteps: 1e6, hidden: 1e5 }),
      /needs about \d+ MB, more than the 2048 MB allowed/,
    ],
  ];

  function editDescription(change: Record<string, unknown>): void {
    const description = JSON.parse(readFileSync(file('case.json'), 'utf8')) as object;
    writeFileSync(file('case.json'), JSON.stringify({ ...description, ...change }));
  }

  for (const [what, damage, message] of damages)
    it(`ends with 2 when ${what}, says where, and computes the other cases all the same`, async () => {
      damage();
      cpSync('test/fixtures/oracle/vanilla', path.join(folder, 'whole'), { recursive: true });
      const { code, report, notes } = await oracle('--json');
      assert.equal(code, 2);
      const [damaged, whole] = report?.cases ?? [];
      assert.match(damaged.error ?? '', message);
      assert.equal(damaged.implementations, undefined);
      assert.equal(whole.passed, true);
      assert.equal(report?.passed, false);
      assert.deepEqual(notes, [`gatescope: case: ${damaged.error}`]);
    });

  it('keeps to the memory that it is allowed', async () => {
    const { code, report } = await oracle('--json', '--memory', '1');
    assert.equal(code, 2);
    assert.match(report?.cases[0].error ?? '', /needs about \d+ MB, more than the 1 MB allowed/);
  });

  it('ends with 2 for a folder that is empty, missing or none', async () => {
    rmSync(path.join(folder, 'case'), { recursive: true });
    mkdirSync(path.join(folder, '.hidden'));
    writeFileSync(path.join(folder, 'notes.txt'), 'no case');
    const empty = await oracle('--json');
    assert.deepEqual(
      [empty.code, empty.report?.passed, empty.notes],
      [2, false, [`gatescope: ${folder} holds no case`]],
    );
    const missing = await gatescope('oracle', path.join(folder, 'nowhere'));
    assert.equal(missing.code, 2);
    assert.match(missing.notes[0], /nowhere does not exist$/);
    const none = await gatescope('oracle', path.join(folder, 'notes.txt'));
    assert.equal(none.code, 2);
    assert.match(none.notes[0], /notes.txt is not a folder$/);
  });
});
