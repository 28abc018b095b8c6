// Figures as tables: what is read back from the CSV are the very numbers of the frame, whatever the tokens are.
import assert from 'node:assert/strict';
import { decodeFrame, encodeFrame } from '../../../src/protocol/traceFrame';
import {
  exponentTable,
  lagTable,
  saturationTable,
  spectrumTable,
  unitTable,
} from '../../../webview/export/answerTables';
import { fileName, provenance } from '../../../webview/export/caption';
import {
  gateTable,
  gradientTable,
  influenceTable,
  weightTable,
  type FramePicture,
  type ShownInfluence,
} from '../../../webview/export/frameTables';
import { csvText, float32Text, withConstants, type Table } from '../../../webview/export/table';
import { oneAfterTheOther, trainingTable } from '../../../webview/export/trainingTable';
import { timeAxis } from '../../../webview/geometry/timeAxis';
import { syntheticFrame } from '../../../webview/harness/syntheticFrame';
import { syntheticMetrics, syntheticRecord } from '../../../webview/harness/syntheticRun';
import { NumberFormats } from '../../../webview/numberFormats';

/** RFC 4180, read by hand: rows of fields. */
function parsed(csv: string): string[][] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let k = 0; k < csv.length; k++) {
    const character = csv[k];
    if (quoted && character === '"' && csv[k + 1] === '"') field += csv[k++];
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === ',' || character === '\n')) {
      rows.at(-1)?.push(field);
      field = '';
      if (character === '\n') rows.push([]);
    } else field += character;
  }
  assert.equal(field, '', 'the last line is ended');
  return rows.slice(0, -1);
}

/** Rows by the names of their columns. */
function records(table: Table): Record<string, string>[] {
  const [head, ...rows] = parsed(csvText(table));
  for (const row of rows) assert.equal(row.length, head.length);
  return rows.map((row) => Object.fromEntries(row.map((field, k) => [head[k], field])));
}

const frame = syntheticFrame({
  cell: 'lstm',
  units: 12,
  columns: 30,
  text: 'a "b", c\n\td,한 글\r\n😀 and so on, to the end of it',
});
const picture: FramePicture = { header: frame.header, arrays: decodeFrame(frame), focus: 17 };
const { header, arrays } = picture;
const steps = header.tokens.length;
const same = (text: string, value: number): void =>
  assert.ok(Number.isNaN(value) ? text === '' : Math.fround(Number(text)) === value, `${text} is not ${value}`);

describe('a figure as CSV', () => {
  it('has every unit of a gate at every step, exactly, and tokens that need quotes', () => {
    const [gate] = header.gates;
    const rows = records(gateTable(picture, gate));
    assert.equal(rows.length, steps * 12);
    for (const row of rows) {
      const [t, unit] = [Number(row.step), Number(row.unit)];
      same(row.value, arrays['gate.f'].values[t * 12 + unit]);
      assert.equal(row.token, header.tokens[t].text);
      assert.equal(row.gate, 'forget');
    }
    assert.ok(rows.some(({ token }) => token === '"') && rows.some(({ token }) => token === '\n'));
  });

  it('has the gradients of the focus step on every state before it, one column per path', () => {
    const rows = records(gradientTable(picture, 'focus'));
    assert.deepEqual(
      rows.map(({ j }) => Number(j)),
      Array.from({ length: 18 }, (_, j) => j),
    );
    for (const row of rows) {
      const at = 17 * steps + Number(row.j);
      same(row.hidden_norm, arrays['gradient.hidden'].values[at]);
      same(row.cell_norm, arrays['gradient.cell'].values[at]);
      same(row.cell_direct_norm, arrays['gradient.direct'].values[at]);
      same(row.cell_rest_norm, arrays['gradient.hiddenPath'].values[at]);
      same(row.input_norm, arrays['gradient.input'].values[at]);
      assert.deepEqual([row.token_i, row.token_j], [header.tokens[17].text, header.tokens[Number(row.j)].text]);
    }
  });

  it('has the lower triangle of all pairs, and nothing where a loss is not known', () => {
    const rows = records(gradientTable(picture, 'every'));
    assert.equal(rows.length, (steps * (steps + 1)) / 2);
    for (const { i, j, hidden_norm } of rows)
      same(hidden_norm, arrays['gradient.hidden'].values[Number(i) * steps + Number(j)]);
  });

  it('says the bound of a vanilla network beside its gradient', () => {
    const vanilla = syntheticFrame({ cell: 'vanilla', units: 4, columns: 20 });
    const values = decodeFrame(vanilla)['gradient.hidden'].values;
    const rows = records(gradientTable({ header: vanilla.header, arrays: decodeFrame(vanilla), focus: 10 }, 'focus'));
    for (const { j, bound } of rows) assert.equal(Number(bound), values[10 * 20 + 10] * 0.93 ** (10 - Number(j)));
    assert.ok(!('cell_norm' in rows[0]));
  });

  it('has surprisal, loss and the gradient on the input per step, and the weights’ gradient', () => {
    const ablation = { focus: 17, columns: [1], logit: Float64Array.of(0.1 + 0.2), loss: Float64Array.of(-1 / 3) };
    const answered = {
      method: 'integrated',
      focus: 17,
      values: new Float64Array(),
      logit: 1,
      baseline: 0,
      delta: 1 / 7,
      steps: 16,
    };
    const measures: ShownInfluence = {
      ...{ method: 'integrated', row: Float64Array.of(-0.3, 1e-300, 0.1), step: 2390 },
      ...{ answered: answered as ShownInfluence['answered'], check: { ablation, rho: 0, step: 2380 } },
    };
    const shown = { ...picture, topArrows: 2, axis: timeAxis(1000, steps, 'characters') };
    const rows = records(influenceTable(shown, measures));
    assert.deepEqual(
      rows.slice(0, 4).map(({ arrow, share }) => [arrow, share]),
      [
        ['1', String(0.3 / (0.3 + 1e-300 + 0.1))],
        ['', String(1e-300 / 0.4)],
        ['2', String(0.1 / (0.3 + 1e-300 + 0.1))],
        ['', ''],
      ],
    );
    const tried = [
      rows[1].ablated_weights_step,
      rows[1].logit_without_minus_with,
      rows[1].loss_without_minus_with_nats,
    ];
    assert.deepEqual(tried, ['2380', String(-0.1 - 0.2), String(-1 / 3)]);
    assert.equal(rows[0].logit_without_minus_with, '');
    rows.forEach((row, t) => {
      assert.deepEqual([row.weights_step, row.completeness_delta, row.focus], ['2390', String(1 / 7), '17']);
      assert.equal(row.target, header.tokens[18].text);
      same(row.surprisal_bits, arrays.surprisal.values[t]);
      same(row.loss_nats, arrays.loss.values[t]);
      assert.deepEqual([row.method, row.influence], ['integrated', ['-0.3', '1e-300', '0.1'][t] ?? '']);
      same(row.input_gradient_norm, t <= 17 ? arrays['gradient.input'].values[17 * steps + t] : NaN);
    });
    records(weightTable(picture)).forEach((row, t) =>
      same(row.weight_gradient_norm, arrays['gradient.weight'].values[t]),
    );
  });

  it('has every point of the training chart as it was measured, run after run', () => {
    const metrics = syntheticMetrics(300);
    const rows = records(oneAfterTheOther([trainingTable(metrics), trainingTable(metrics.slice(0, 3))]));
    assert.equal(rows.length, metrics.length + 3);
    metrics.forEach((point, k) => {
      assert.equal(Number(rows[k].step), point.step);
      assert.equal(rows[k].training_loss_nats, String(point.trainingLoss ?? ''));
      assert.equal(rows[k].validation_loss_nats, String(point.validationLoss ?? ''));
    });
  });

  it('has every eigenvalue, every singular value by lag and every exponent, unknown ones left empty', () => {
    const [real, imaginary] = [Float64Array.of(0.1 + 0.2, 0.1), Float64Array.of(0.7, -0.7)];
    const spectrum = { real, imaginary, singularValues: Float64Array.of(1 / 3, 0.2), slope: 1 };
    const [first] = records(spectrumTable(spectrum, 'f'));
    assert.deepEqual([first.block, first.k], ['f', '1']);
    assert.deepEqual([Number(first.eigenvalue_real), Number(first.singular_value)], [0.1 + 0.2, 1 / 3]);
    const curves = [{ lag: 3, values: [{ low: -400.5, median: -400, high: -1 / 3 }, null] }];
    const rows = records(lagTable({ positions: [7, 8], curves }));
    assert.deepEqual(
      rows.map(({ log10_low, log10_high }) => [log10_low, log10_high]),
      [
        ['-400.5', String(-1 / 3)],
        ['', ''],
      ],
    );
    const points = [{ step: 12, exponents: Float64Array.of(-0.1, -Infinity) }];
    const exponents = { points, damaged: [], units: 2, start: 0, steps: 9, burnIn: 1, heldOut: true };
    const values = records(exponentTable(exponents)).map((row) => Number(row.exponent_nats_per_step));
    assert.deepEqual(values, [-0.1, -Infinity]);
  });

  it('has one unit at every step, and how often each is at an end', () => {
    for (const { step, gate, value } of records(unitTable(picture, 5))) {
      const { key } = header.gates.find(({ name }) => name === gate) ?? header.gates[0];
      same(value, arrays[`gate.${key}`].values[Number(step) * 12 + 5]);
    }
    for (const { gate, unit, share_open } of records(saturationTable(picture)).filter((row) => row.gate === 'forget')) {
      const open = header.tokens.filter((_, t) => arrays['gate.f'].values[t * 12 + Number(unit)] > 0.9).length;
      assert.ok(Math.abs(Number(share_open) - open / steps) < 1e-9, `${gate} ${unit}`);
    }
  });

  it('names file, model, initialisation, seed, step and window in every row', () => {
    const run = syntheticRecord({});
    const rows = records(withConstants(provenance(run, header, new NumberFormats('en')), weightTable(picture)));
    assert.equal(rows.length, steps);
    for (const row of rows)
      assert.deepEqual(
        [row.file, row.model, row.initialisation, row.seed, row.training_step, row.window_start, row.window_steps],
        ['lamps.txt', 'LSTM 128', 'orthogonal, b_f = 1', String(run.config.seed), '2400', '0', String(steps)],
      );
  });
});

describe('a number in a table', () => {
  it('is the shortest decimal that reads back as the same float32', () => {
    assert.equal(float32Text(Math.fround(0.1)), '0.1');
    assert.equal(float32Text(1), '1');
    assert.equal(float32Text(NaN), null);
    for (let k = 0, bits = 1; k < 20_000; k++, bits = (bits * 1_664_525 + 1_013_904_223) >>> 0) {
      const [value] = new Float32Array(Uint32Array.of(bits).buffer);
      if (Number.isFinite(value)) same(float32Text(value) ?? '', value);
    }
  });
});

describe('the name of a figure’s file', () => {
  it('says text, model, figure and step in letters that every file system takes', () => {
    const run = syntheticRecord({});
    assert.equal(fileName(run, 'gate-forget', 2400), 'lamps-lstm-128-gate-forget-step-2400');
    const korean = { ...run, source: { ...run.source, name: '../소설: 1/2?.txt' } };
    assert.equal(fileName(korean, 'training', 0), '소설-1-2-lstm-128-training-step-0');
  });
});

describe('a frame', () => {
  it('of one step gives tables of one row', () => {
    const one = encodeFrame(
      { ...header, tokens: header.tokens.slice(0, 1), hiddenUnits: 1 },
      { 'gradient.hidden': { shape: [1, 1], values: Float32Array.of(0.5) } },
    );
    const rows = records(gradientTable({ header: one.header, arrays: decodeFrame(one), focus: 0 }, 'every'));
    assert.deepEqual(
      rows.map(({ hidden_norm }) => hidden_norm),
      ['0.5'],
    );
  });
});
