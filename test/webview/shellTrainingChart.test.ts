// The geometry of the training chart: goldens reviewed by eye, and rules that hold for every run.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Metric } from '../../src/protocol/run';
import { divergenceLayout } from '../../webview/chart/divergenceLayout';
import { LINE } from '../../webview/chart/labelPlacement';
import { scrubberMarks, stepScale } from '../../webview/chart/scrubberLayout';
import { logTicks, lossDomain, normDomain } from '../../webview/chart/logScales';
import { trainingLayout, type TrainingInput } from '../../webview/chart/trainingLayout';
import { syntheticMetrics } from '../../webview/harness/syntheticRun';

const bits = (nats: number): number => nats / Math.LN2;

function input(changes: Partial<TrainingInput> = {}): TrainingInput {
  return {
    width: 984,
    compact: false,
    metrics: syntheticMetrics(2400),
    step: 2400,
    plannedSteps: 4000,
    clipNorm: 1,
    convert: bits,
    floor: 1e-4,
    baselines: { untrained: Math.log(65), unigram: 3.31 },
    comparisons: [],
    scrubber: true,
    notFiniteStep: null,
    measure: (text) => text.length * 6,
    words: {
      number: (v) => v.toFixed(2),
      integer: (v) => String(v),
      training: (v) => `training ${v.toFixed(2)}`,
      validation: (v) => `validation ${v.toFixed(2)} bits/char`,
      unigram: (v) => `unigram ${v.toFixed(2)}`,
      clip: (n) => [`clip at ‖g‖ = 1 · ${n} of 2400 steps clipped`, `clip at 1 · ${n} clipped`],
      notFinite: (step) => `not finite at step ${step}`,
      steps: (planned) => `${planned} steps`,
    },
    ...changes,
  };
}

function golden(name: string, value: unknown): void {
  const file = path.resolve('test/goldens', `${name}.json`);
  const text = `${JSON.stringify(value, (_, v: unknown) => (typeof v === 'number' ? Math.round(v * 10) / 10 : v), 1)}\n`;
  if (process.env.UPDATE_GOLDENS === '1') fs.writeFileSync(file, text);
  assert.equal(text, fs.readFileSync(file, 'utf8'), `${name} changed; look at it, then UPDATE_GOLDENS=1`);
}

const comparisons = [
  { name: 'GRU 150', metrics: syntheticMetrics(4000, 20, { seed: 8, end: 1.62 }), convert: bits },
  { name: 'Vanilla tanh 256', metrics: syntheticMetrics(4000, 20, { seed: 9, end: 1.74 }), convert: bits },
];

describe('training chart geometry', () => {
  it('draws a run in training as reviewed', () => golden('training-chart-1000', trainingLayout(input())));

  it('draws a comparison in a narrow panel as reviewed', () =>
    golden('training-chart-520', trainingLayout(input({ width: 504, compact: true, comparisons }))));

  it('reaches to the planned end on an axis of √step, and names round steps apart from each other', () => {
    const layout = trainingLayout(input());
    const share = ((layout.ends.validation?.x ?? 0) - layout.left) / (layout.right - layout.left);
    assert.ok(Math.abs(share - Math.sqrt(2400 / 4000)) < 1e-9);
    for (const width of [328, 504, 984, 1784])
      for (const plannedSteps of [3, 40, 700, 4000, 400_000]) {
        const { stepTicks } = trainingLayout(input({ width, compact: width < 640, plannedSteps, step: 0 }));
        assert.deepEqual([stepTicks[0].label, stepTicks.at(-1)?.label], ['0', `${plannedSteps} steps`]);
        const places = stepTicks.map(({ at, label, anchor }) => {
          const long = label.length * 6;
          return anchor === 'start'
            ? [at, at + long]
            : anchor === 'end'
              ? [at - long, at]
              : [at - long / 2, at + long / 2];
        });
        for (const [k, [from]] of places.slice(1).entries())
          assert.ok(from > places[k][1], `${plannedSteps} at ${width}`);
        if (width > 900 && plannedSteps >= 700) assert.ok(stepTicks.length >= 5);
      }
  });

  it('gives early snapshots of long runs places of their own', () => {
    const x = stepScale(96, 960, 10_000, 10_000);
    const kept = [0, 1, 2, 4, 8, 13, 18, 24, 32, 42, 56, 75, 100, 1000, 10_000];
    const marks = scrubberMarks(kept, 10_000, x);
    assert.ok(marks.slice(1).every((mark, k) => mark.x - marks[k].x > 3));
  });

  for (const points of [0, 1, 2]) {
    it(`is drawn with ${points} ${points === 1 ? 'point' : 'points'}`, () => {
      const layout = trainingLayout(input({ metrics: syntheticMetrics(points, 1), step: points }));
      assert.doesNotMatch(JSON.stringify(layout), /null,null|NaN|Infinity/);
      assert.ok(layout.lossTicks.length >= 2);
      assert.equal(layout.ends.training !== null, points > 0);
    });
  }

  it('never lays one label over another, at any step, width and unit', () => {
    for (const width of [328, 504, 984, 1784])
      for (const step of [0, 1, 40, 800, 2400, 3600, 3990, 4000])
        for (const others of [[], comparisons])
          for (const convert of [bits, Math.exp]) {
            const layout = trainingLayout(
              input({
                width,
                compact: width < 640,
                step,
                metrics: syntheticMetrics(step),
                comparisons: others.map((other) => ({ ...other, convert })),
                convert,
                floor: convert === bits ? 1e-4 : 1,
                notFiniteStep: step === 3600 ? 3601 : null,
              }),
            );
            for (const [k, a] of layout.labels.entries()) {
              assert.ok(
                a.left >= layout.left - 1 && a.left + a.width <= layout.right + 1,
                `"${a.text}" leaves the chart at ${width}`,
              );
              for (const b of layout.labels.slice(k + 1)) {
                const apart = a.left + a.width <= b.left || b.left + b.width <= a.left || Math.abs(a.y - b.y) >= LINE;
                assert.ok(apart, `"${a.text}" over "${b.text}" at width ${width}, step ${step}`);
              }
            }
            if (step >= 800) assert.ok(layout.labels.some((label) => label.id === 'validation'));
          }
  });

  it('stands each label beside its line, or joins the two', () => {
    for (const width of [504, 984])
      for (const step of [40, 2400, 3990])
        for (const unigram of [1.5, 3.31, 4.1, 4.3]) {
          const baselines = { untrained: 4.35, unigram };
          const metrics = syntheticMetrics(step, 20, { start: 4.3, end: 2.9 });
          const layout = trainingLayout(input({ width, compact: width < 640, step, metrics, baselines, comparisons }));
          for (const { id, y, leader, text } of layout.labels) {
            const line = id === 'unigram' ? layout.unigram : id === 'clip' ? layout.clip : null;
            if (line === null || leader !== null) continue;
            assert.ok(y <= line + 19 && y >= line - 12, `"${text}" at ${y}, its line at ${line}, width ${width}`);
          }
        }
  });

  it('keeps the labels of two close ends in the order of the ends', () => {
    const { labels, ends } = trainingLayout(input());
    const y = (id: string): number => labels.find((label) => label.id === id)?.y ?? NaN;
    assert.ok(ends.training && ends.validation && ends.training.y > ends.validation.y);
    assert.ok(y('training') > y('validation'));
  });

  it('marks every clipping event once, on the threshold', () => {
    const metrics = syntheticMetrics(2400);
    const events = metrics.filter((m, k) => m.clippedSteps > (metrics[k - 1]?.clippedSteps ?? 0)).length;
    assert.equal(trainingLayout(input()).clipMarks.length, events);
    assert.deepEqual(trainingLayout(input({ clipNorm: 0 })).clipMarks, []);
  });

  it('keeps a spike of the gradient norm that falls between pixels', () => {
    const calm: Metric[] = syntheticMetrics(4000, 1).map((m) => ({ ...m, gradientNorm: 0.5 }));
    const spiked = calm.map((m) => (m.step === 2001 ? { ...m, gradientNorm: 900 } : m));
    const highest = (metrics: Metric[]): number =>
      Math.min(
        ...[...trainingLayout(input({ metrics, step: 4000 })).norms.matchAll(/,([\d.]+)/g)].map((m) => Number(m[1])),
      );
    assert.ok(highest(spiked) < highest(calm) - 5);
  });

  it('has axes that stay put while the loss falls a little', () => {
    const domain = (least: number): number[] => lossDomain([6, least], 6.02, 1e-4);
    assert.deepEqual(domain(2.4), domain(2.1));
    assert.deepEqual(normDomain([0.3, 0.9], 1), [0.1, 3]);
    assert.deepEqual(normDomain([0.3, 4e5], 1), [0.1, 1e6]);
    assert.ok(logTicks([2, 6.2], (v) => v * 10, 10).includes(5));
  });
});

describe('divergence chart geometry', () => {
  const divergence = {
    step: 22,
    restoredStep: 20,
    what: 'loss' as const,
    parameter: null,
    batchText: '',
    proposedClip: 1,
    medianNorm: 0.5,
  };

  it('ends the line where norms stop being finite and marks the restored step', () => {
    const layout = divergenceLayout({ ...divergence, norms: [0.5, 0.84, 2.4, 4.8e6, null] }, 900, false, 120);
    assert.equal(layout.firstStep, 18);
    assert.equal((layout.path.match(/[ML]/g) ?? []).length, 4);
    assert.ok(layout.restored !== null && layout.restored < layout.end);
  });

  it('spans an axis to the right even when the first step exploded', () => {
    const layout = divergenceLayout({ ...divergence, step: 1, restoredStep: 0, norms: [null] }, 400, true, 8);
    assert.deepEqual([layout.restored, layout.end], [layout.left, layout.right]);
    assert.equal(layout.firstStep, 0);
  });

  it('draws a single finite norm as a dot and survives having none', () => {
    assert.equal(divergenceLayout({ ...divergence, norms: [2, null] }, 400, true, 8).dots.length, 1);
    const none = divergenceLayout({ ...divergence, norms: [null] }, 400, true, 8);
    assert.equal(none.path, '');
    assert.doesNotMatch(JSON.stringify(none.ticks), /null/);
  });
});
