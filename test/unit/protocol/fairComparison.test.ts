// Equal terms: curves read where all models came, spreads over seeds, and what they tell apart.
import assert from 'node:assert/strict';
import {
  fairComparison,
  lossAt,
  lossCurve,
  secondsPerStep,
  spreadOf,
  verdictOf,
} from '../../../src/protocol/fairComparison';
import type { Metric } from '../../../src/protocol/run';

/** Every step is recorded, the validation loss of every tenth is 4 − step/100 + offset; a step takes `each` seconds. */
function history(steps: number, each: number | null, offset = 0): Metric[] {
  return Array.from({ length: steps + 1 }, (_, step) => ({
    ...{ step, trainingLoss: null, gradientNorm: null, clippedNorm: null, updateRatio: null, clippedSteps: 0 },
    validationLoss: step % 10 === 0 ? 4 - step / 100 + offset : null,
    ...(each === null ? {} : { seconds: step * each }),
  }));
}

const near = (a: number | null | undefined, b: number): boolean => Math.abs((a ?? NaN) - b) < 1e-12;

describe('a loss curve', () => {
  const curve = lossCurve(history(100, 0.5));

  it('is read on the line between two evaluations, by step and by time alike, and nowhere beyond them', () => {
    assert.equal(curve.length, 11);
    assert.ok(near(lossAt(curve, 'step', 25), 3.75));
    assert.ok(near(lossAt(curve, 'seconds', 12.5), 3.75));
    assert.ok(near(lossAt(curve, 'step', 100), 3));
    assert.equal(lossAt(curve, 'step', 101), null);
    assert.equal(lossAt(lossCurve(history(100, null)), 'seconds', 10), null, 'no time was measured');
  });
});

describe('seconds per step', () => {
  it('are a median, so that a pause of the machine does not count', () => {
    const metrics = history(20, 0.5).map((one) => ({ ...one, seconds: (one.seconds ?? 0) + (one.step >= 7 ? 60 : 0) }));
    assert.ok(near(secondsPerStep(metrics), 0.5));
    assert.equal(secondsPerStep(history(20, null)), null);
    const sparse = history(40, 0.25).filter(({ step }) => step % 8 === 0);
    assert.ok(near(secondsPerStep(sparse), 0.25), 'of a thinned history too');
  });
});

describe('a fair comparison', () => {
  it('reads every model where the shortest ended, by steps and by time', () => {
    const seeds = (each: number, steps: number, offset: number) =>
      [0, 0.01, 0.02].map((more) => ({ metrics: history(steps, each, offset + more), diverged: false }));
    const { step, seconds, models } = fairComparison([
      { name: 'slow', seeds: seeds(0.4, 100, 0) },
      { name: 'fast', seeds: seeds(0.1, 200, 0.2) },
    ]);
    assert.equal(step, 100);
    assert.ok(near(seconds, 20), 'the fast one’s 200 steps of 0.1 s');
    const [slow, fast] = models;
    assert.ok(near(slow.atStep?.mean, 3.01) && near(fast.atStep?.mean, 3.21));
    assert.ok(near(slow.atSeconds?.mean, 4 - 0.5 + 0.01), 'which is at step 50 of the slow one');
    assert.ok(near(fast.atSeconds?.mean, 2.21));
    assert.deepEqual([fast.atStep?.n, near(fast.atStep?.low, 3.2), near(fast.atStep?.high, 3.22)], [3, true, true]);
    assert.ok(near(fast.lowest?.low, 2.2));
    assert.ok(near(slow.secondsPerStep, 0.4) && near(fast.secondsPerStep, 0.1));
  });

  it('counts nothing of what diverged, and says how many did', () => {
    const { step, models } = fairComparison([
      { name: 'a', seeds: [0, 1].map((k) => ({ metrics: history(k === 0 ? 20 : 90, 1), diverged: k === 0 })) },
    ]);
    assert.deepEqual([step, models[0].atStep?.n, models[0].diverged], [90, 1, 1]);
  });

  it('has no equal time where one run was not measured, and nothing at all without runs', () => {
    const told = fairComparison([
      { name: 'a', seeds: [{ metrics: history(50, 1), diverged: false }] },
      { name: 'b', seeds: [{ metrics: history(50, null), diverged: false }] },
    ]);
    assert.deepEqual([told.step, told.seconds, told.models[0].atSeconds], [50, null, null]);
    assert.equal(fairComparison([{ name: 'a', seeds: [] }]).step, null);
  });
});

describe('the verdict', () => {
  const model = (name: string, ...values: number[]) => ({ name, spread: spreadOf(values) });

  it('tells the best apart only where no other model’s range meets its own', () => {
    const apart = verdictOf([model('a', 2, 2.1, 2.2), model('b', 1.7, 1.8, 1.9), model('c', 3, 3, 3)]);
    assert.deepEqual([apart?.best, apart?.alike, apart?.seeds], ['b', [], 3]);
    const alike = verdictOf([model('a', 1.85, 2.1, 2.2), model('b', 1.7, 1.8, 1.9), model('c', 3, 3, 3)]);
    assert.deepEqual([alike?.best, alike?.alike], ['b', ['a']]);
    assert.equal(verdictOf([model('a', 1), model('b')]), null);
  });

  it('says how often chance would do the same: counted over all ways to deal out the ranks', () => {
    assert.ok(near(verdictOf([model('a', 1, 2, 3), model('b', 4, 5, 6)])?.chance, countedChance([3, 3])));
    assert.ok(near(verdictOf([model('a', 1, 2), model('b', 4), model('c', 6, 7)])?.chance, countedChance([2, 1, 2])));
  });

  /** Deals ranks to models in every order and counts in how many one model has the lowest ranks alone. */
  function countedChance(sizes: number[]): number {
    let [all, apart] = [0, 0];
    const deal = (left: number[], dealt: number[]): void => {
      if (left.every((count) => count === 0)) {
        all++;
        const [first] = dealt;
        if (dealt.slice(0, sizes[first]).every((one) => one === first)) apart++;
        return;
      }
      left.forEach((count, k) => {
        if (count === 0) return;
        deal(
          left.map((other, at) => (at === k ? other - 1 : other)),
          [...dealt, k],
        );
      });
    };
    deal(sizes, []);
    return apart / all;
  }
});
