// The plan of a run: when it is evaluated and recorded, and how its speed is told.
import assert from 'node:assert/strict';
import { arenaBytes } from '../../../src/engine/network/arenaBytes';
import { GatescopeError } from '../../../src/protocol/failures';
import { DEFAULT_CONFIG } from '../../../src/protocol/runConfig';
import { metricOf, thinned } from '../../../src/trainer/metricsLog';
import { ProgressMeter } from '../../../src/trainer/progressMeter';
import {
  evaluationInterval,
  isEvaluated,
  networkConfig,
  planShape,
  recordInterval,
} from '../../../src/trainer/trainingPlan';

const evaluatedSteps = (planned: number, interval: number) =>
  Array.from({ length: planned + 1 }, (_, step) => step).filter((step) => isEvaluated(step, planned, interval));

describe('the plan of a run', () => {
  it('evaluates often at first, then about forty times, and at the end', () => {
    assert.deepEqual(evaluatedSteps(70, 20), [0, 4, 8, 16, 20, 40, 60, 70]);
    const steps = evaluatedSteps(5000, 125);
    assert.equal(evaluationInterval(5000, 64 * 32), 125);
    assert.deepEqual(steps.slice(0, 8), [0, 4, 8, 16, 32, 64, 125, 250]);
    assert.ok(steps.length <= 48 && steps.at(-1) === 5000);
  });

  it('evaluates less often where that would take more than a fortieth of the time', () => {
    const tokensRead = (interval: number, stepTokens: number) => interval * stepTokens * 3;
    for (const stepTokens of [16, 512, 2048]) {
      const interval = evaluationInterval(900, stepTokens, 8192);
      assert.ok(tokensRead(interval, stepTokens) >= 40 * 8192, `${interval} steps of ${stepTokens} tokens`);
    }
    assert.equal(evaluationInterval(900, 2048, 1000), 22, 'a short validation text costs little');
  });

  it('records a few thousand points however long the run is', () => {
    assert.equal(recordInterval(500), 1);
    assert.ok(1_000_000 / recordInterval(1_000_000) <= 4000);
  });

  it('keeps the wanted shape where text and memory allow it, else takes fewer lanes', () => {
    const network = networkConfig(DEFAULT_CONFIG, 5001);
    assert.deepEqual(planShape(DEFAULT_CONFIG, network, 90_000, 2048), { timesteps: 64, lanes: 32 });
    const small = planShape(DEFAULT_CONFIG, network, 90_000, 100);
    assert.equal(small.timesteps, 64);
    assert.ok(small.lanes >= 1 && small.lanes < 32);
  });

  it('refuses a network that does not fit with one lane, and says how much memory it would need', () => {
    const network = networkConfig({ ...DEFAULT_CONFIG, hiddenUnits: 1024 }, 20_001);
    const failure = (megabytes: number) => {
      try {
        planShape(DEFAULT_CONFIG, network, 90_000, megabytes);
      } catch (error) {
        if (error instanceof GatescopeError) return error.failure;
      }
      return assert.fail(`it takes ${megabytes} MB`);
    };
    const { code, args } = failure(256);
    assert.deepEqual([code, args.megabytes], ['networkTooLarge', 256]);
    const needed = Number(args.needed);
    assert.deepEqual(failure(needed - 1).args, { needed, megabytes: needed - 1 });
    assert.equal(planShape(DEFAULT_CONFIG, network, 90_000, needed).lanes, 1);
  });

  it('takes what a WebAssembly memory holds, however much is allowed', () => {
    const network = networkConfig({ ...DEFAULT_CONFIG, hiddenUnits: 1024 }, 65_000);
    const config = { ...DEFAULT_CONFIG, sequenceLength: 1024, batchSize: 256 };
    const { timesteps, lanes } = planShape(config, network, 1e9, 1e6);
    assert.ok(lanes < 256 && arenaBytes(network, timesteps, lanes, 8) <= 4e9);
  });
});

describe('the progress meter', () => {
  it('tells speed and time left from the last seconds', () => {
    const meter = new ProgressMeter(2048);
    assert.equal(meter.speed(100), null);
    meter.mark(0, 0);
    meter.mark(10, 1000);
    assert.deepEqual(meter.speed(30), { tokensPerSecond: 20_480, secondsLeft: 2 });
    meter.mark(30, 12_000);
    meter.mark(40, 13_000);
    assert.equal(meter.speed(40)?.tokensPerSecond, 20_480);
  });
});

describe('the training chart’s points', () => {
  const start = {
    step: 0,
    clippedSteps: 2,
    bestValidationLoss: null,
    bestEpochLoss: null,
    bestEpochStep: 0,
    epochsWithoutGain: 0,
  };

  it('hold null for what is not finite', () => {
    const result = {
      loss: NaN,
      gradientNorm: Infinity,
      clippedNorm: 1,
      clipped: false,
      updateRatio: 0,
      notFinite: null,
    };
    const metric = metricOf(start, 3, result, Infinity);
    assert.deepEqual(metric, {
      ...{ step: 3, trainingLoss: null, validationLoss: null, gradientNorm: null },
      ...{ clippedNorm: 1, updateRatio: 0, clippedSteps: 2 },
    });
  });

  it('are thinned evenly, keeping every evaluation and the last', () => {
    const metrics = Array.from({ length: 9001 }, (_, step) => metricOf(start, step, null, step % 100 === 7 ? 1 : null));
    const kept = thinned(metrics);
    assert.ok(kept.length <= 2100);
    assert.equal(kept.filter(({ validationLoss }) => validationLoss !== null).length, 90);
    assert.equal(kept.at(-1)?.step, 9000);
  });
});
