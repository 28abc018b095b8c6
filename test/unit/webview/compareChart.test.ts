// The comparison's chart and words: axes that hold every number, markers, lengths that are censored, and what may be concluded.
import assert from 'node:assert/strict';
import { compareChart, type ComparedCurve } from '../../../webview/chart/compareChart';
import { comparedModels } from '../../../webview/comparedModels';
import { measuresOf, type MeasuredModel } from '../../../webview/comparedMeasures';
import { syntheticComparison } from '../../../webview/harness/syntheticComparison';
import { syntheticRecord } from '../../../webview/harness/syntheticRun';
import { NumberFormats } from '../../../webview/numberFormats';
import { stepBeside } from '../../../webview/comparedStep';
import { compareReading, memoryText, termsText, unequalStepsText } from '../../../webview/views/compareWords';
import type { StateGradient } from '../../../src/protocol/questions';

const T = 60;
const measure = (text: string): number => 6 * text.length;

/** N(i, lag) = gain^lag of one seed. */
function gradient(gain: number): StateGradient {
  const norms = new Float32Array(T * T);
  for (let i = 0; i < T; i++) for (let j = 0; j <= i; j++) norms[i * T + j] = 2 * gain ** (i - j);
  const gate = { key: 'h', symbol: 'h', name: 'hidden', range: 'signed', equation: '' } as const;
  return { steps: T, start: 0, norms, gate, units: 1, gateValues: new Float32Array(T) };
}

function model(name: string, index: number, gains: number[]): MeasuredModel {
  const none = { seeds: [], parameters: null, deviation: null, answered: [] };
  return { ...none, name, index, ...measuresOf(gains.map(gradient), []) };
}

const curveOf = ({ name, index, relative, memory, ablationMemory }: MeasuredModel): ComparedCurve => ({
  ...{ name, index, memory, ablationMemory, points: relative },
});

describe('the chart of a comparison', () => {
  it('draws a power of the lag as a straight line from lag 1 on, and lag 0 apart from it', () => {
    const power = model('power', 0, [0.5]);
    const curve = { ...curveOf(power), points: power.relative.map((p) => ({ ...p, median: (p.lag + 1e-9) ** -2 })) };
    const { lines, x, y } = compareChart([{ ...curve, points: curve.points.slice(1) }], 700, 100, measure);
    const [{ points }] = lines;
    const [a, b, c] = [points[0], points[7], points[40]];
    const slope = (p: typeof a, q: typeof a): number => (q.y - p.y) / (q.x - p.x);
    assert.ok(Math.abs(slope(a, b) - slope(b, c)) < 1e-6);
    assert.ok(x(0) < x(1) - 10);
    assert.ok(Math.abs(y(1) - y(0.1) - (y(0.1) - y(0.01))) < 1e-9, 'powers of ten are equally far apart');
  });

  it('keeps all points and names inside, whatever the numbers', () => {
    for (const gains of [[0.3], [0.99], [1.05], [0.6, 0.9]])
      for (const width of [460, 860]) {
        const chart = compareChart([curveOf(model('Vanilla tanh 272', 0, gains))], width, 120, measure);
        for (const { x, y, low, high } of chart.lines[0].points)
          for (const [at, least, most] of [
            [x, chart.left, chart.right],
            ...[y, low, high].map((level) => [level, chart.top - 1, chart.bottom + 1]),
          ])
            assert.ok(at >= least && at <= most, `${at} outside ${least} … ${most}`);
        for (const { left, width: wide } of chart.labels) assert.ok(left + wide <= width);
      }
  });

  it('leaves an interval open whose upper end lies beyond the longest lag', () => {
    const [row] = compareChart([curveOf(model('long', 0, [0.99]))], 700, 100, measure).rows;
    assert.deepEqual([row.gradient?.open, row.gradient?.at], [true, null]);
    assert.equal(row.ablation, null);
  });
});

describe('the words of a comparison', () => {
  it('give a memory length with its interval, and no number where there is none', () => {
    assert.equal(memoryText(model('', 0, [0.5]).memory), '7 (7–7)');
    assert.equal(memoryText(model('', 0, [0.99]).memory), '≥ 48');
    assert.equal(memoryText(null), '–');
  });

  it('name the model that remembers farthest only where the intervals lie apart', () => {
    const clear = compareReading([model('A', 0, [0.8, 0.8, 0.8]), model('B', 1, [0.5, 0.5, 0.5])]);
    assert.match(clear?.said ?? '', /A remembers farthest: memory length 21 \(21–21\), then B with 7/);
    const unclear = compareReading([model('A', 0, [0.7, 0.8, 0.85]), model('B', 1, [0.72, 0.78, 0.84])]);
    assert.match(unclear?.said ?? '', /their intervals overlap/);
    assert.equal(compareReading([model('A', 0, [0.8])]), null, 'one model is no comparison');
  });

  it('tell which models are not at the step of the snapshot that is looked at', () => {
    const said = (snapshot: boolean, ...steps: number[]): string =>
      unequalStepsText(
        { snapshot, step: 1200 },
        steps.map((step, k) => ({ name: 'ABC'[k], step })),
        new NumberFormats('en'),
      );
    assert.match(said(true, 1200, 1000, 900), /^Not all at step 1,200: B at step 1,000, C at step 900, the last/);
    assert.deepEqual([said(true, 1200, 1200), said(false, 4000, 4000)], ['', '']);
  });

  it('are of the last weights that each run has kept until the step shown', () => {
    const run = { step: 2000, snapshots: [0, 1, 10, 100, 1000, 2000] };
    const beside = (step: number, record: Parameters<typeof stepBeside>[0] = run): number | null =>
      stepBeside(record, { step, snapshot: true }, false);
    assert.deepEqual(
      [0, 5, 99, 100, 1999].map((step) => beside(step)),
      [0, 1, 10, 100, 1000],
    );
    assert.deepEqual(
      [2000, 3000].map((step) => beside(step)),
      [null, null],
      'it has not trained any further',
    );
    assert.equal(beside(5, { step: 2000, snapshots: [] }), null, 'nothing is kept');
    assert.equal(stepBeside(run, { step: 5, snapshot: true }, true), 5, 'of the run shown that of its picture');
    assert.equal(stepBeside(run, { step: 5 }, false), null, 'back to live');
  });

  it('say the terms as the records have them, not as they were meant', () => {
    const run = syntheticRecord();
    const comparison = syntheticComparison();
    const said = (): string => termsText(comparedModels(run, [], comparison));
    assert.equal(said(), 'same text and data order · same seeds 1, 2, 3 · parameters within 1.4 %');
    const [first] = comparison.runs;
    comparison.runs[0] = { ...first, record: first.record && { ...first.record, batch: { timesteps: 32, lanes: 8 } } };
    assert.match(said(), /same text, other batches/);
    comparison.runs = comparison.runs.filter(({ share }) => share === undefined).slice(0, -1);
    assert.match(said(), /seeds differ/);
    const large = syntheticRecord({ id: 'large', parameters: 2 * run.parameters });
    comparison.runs = [{ config: { ...run.config, hiddenUnits: 256 }, record: large, metrics: [], problem: null }];
    assert.match(said(), /parameters differ by up to 100\.0 %/);
  });
});
