// Medians by lag and memory length against closed forms: exact powers, known mixtures, censoring, and what an interval must cover.
import assert from 'node:assert/strict';
import {
  lagRowsOf,
  medianByLag,
  memoryLength,
  relativeToStart,
  type LagRows,
} from '../../../src/protocol/lagStatistics';

/** N(i, lag) = a(i) · g(i)^lag as a matrix [T,T]. */
function matrix(T: number, gain: (i: number) => number, start = (i: number): number => 1 + (i % 7)): Float32Array {
  const values = new Float32Array(T * T);
  for (let i = 0; i < T; i++) for (let j = 0; j <= i; j++) values[i * T + j] = start(i) * gain(i) ** (i - j);
  return values;
}

const rows = (T: number, gain: (i: number) => number): LagRows => relativeToStart(lagRowsOf(matrix(T, gain), T));

describe('medians by lag', () => {
  it('are taken over the loss steps that look so far back, and tell how many these are', () => {
    const found = medianByLag([
      lagRowsOf(
        matrix(
          30,
          () => 0.5,
          (i) => i + 1,
        ),
        30,
      ),
    ]);
    assert.equal(found.length, 19, 'the longest lag still has twelve loss steps');
    for (const { lag, median, n, low, high } of found) {
      assert.equal(n, 30 - lag);
      // Steps lag … 29 hold (i + 1) / 2^lag; the upper middle of them.
      assert.equal(median, (lag + 1 + ((30 - lag) >> 1)) * 0.5 ** lag);
      assert.deepEqual([low, high], [median, median]);
    }
  });

  it('leave out steps whose loss is not known', () => {
    const T = 30;
    const values = matrix(T, () => 0.5);
    values.fill(NaN, (T - 1) * T);
    assert.equal(medianByLag([lagRowsOf(values, T)])[0].n, T - 1);
    assert.deepEqual(lagRowsOf(new Float32Array(4).fill(NaN), 2), { lags: [], rows: [] });
  });

  it('lie between the least and the greatest of the seeds’ own', () => {
    const found = medianByLag(
      [0.5, 0.8, 0.7].map((gain) =>
        lagRowsOf(
          matrix(
            40,
            () => gain,
            () => 1,
          ),
          40,
        ),
      ),
    );
    const [, first] = found;
    assert.deepEqual(
      [first.low, first.median, first.high].map((value) => Math.fround(value)),
      [0.5, 0.7, 0.8].map((value) => Math.fround(value)),
    );
    assert.equal(first.n, 3 * 39);
  });
});

describe('memory length', () => {
  it('of a linear recurrence W = gI lies within one step of ln ε / ln g', () => {
    for (const gain of [0.3, 0.5, 0.7, 0.8, 0.9, 0.93])
      for (const share of [0.01, 0.1]) {
        const found = memoryLength([rows(104, () => gain)], share);
        const exact = Math.log(share) / Math.log(gain);
        assert.ok(found?.lag !== null && found !== null);
        assert.ok(Math.abs(found.lag - exact) <= 1, `g = ${gain}: ${found.lag} beside ${exact}`);
      }
  });

  it('is at least the longest lag where the median never falls under 1 %', () => {
    const found = memoryLength([rows(104, () => 0.99)]);
    assert.deepEqual(found, { lag: null, low: null, high: null, longest: 92, steps: 104, seeds: 1 });
  });

  it('has an interval that can be open at its upper end only', () => {
    // Half of the loss steps forget at 0.7, the others nearly never: resampling goes either way.
    const found = memoryLength([rows(104, (i) => (Math.floor(i / 13) % 2 === 0 ? 0.7 : 0.999))]);
    assert.ok(found && found.low !== null && found.high === null);
    assert.ok(Math.abs(found.low - Math.log(0.01) / Math.log(0.7)) <= 3, `${found.low}`);
  });

  it('has an interval without width where all loss steps agree, and one that spans the seeds where these differ', () => {
    const alike = memoryLength([rows(104, () => 0.8)]);
    assert.ok(alike && alike.lag === alike.low && alike.lag === alike.high);
    const seeds = memoryLength([0.7, 0.8, 0.85].map((gain) => rows(104, () => gain)));
    assert.ok(seeds?.low && seeds.lag && seeds.high);
    const exact = (gain: number): number => Math.log(0.01) / Math.log(gain);
    assert.ok(Math.abs(seeds.lag - exact(0.8)) <= 1);
    assert.ok(seeds.low <= exact(0.7) + 2 && seeds.high >= exact(0.85) - 2, JSON.stringify(seeds));
    assert.equal(seeds.seeds, 3);
  });

  it('covers the true value of noisy loss steps, the same interval every time', () => {
    // Gains evenly from 0.6 to 0.9, scrambled over the steps: the median gain is 0.75.
    const noisy = rows(104, (i) => 0.6 + (0.3 * ((i * 37) % 104)) / 103);
    const found = memoryLength([noisy]);
    const exact = Math.log(0.01) / Math.log(0.75);
    assert.ok(found?.low && found.high && found.low < exact && found.high > exact, JSON.stringify(found));
    assert.ok(found.high - found.low < 14, 'and is of use');
    assert.deepEqual(memoryLength([noisy]), found);
  });

  it('is unknown where nothing is measured', () => {
    assert.equal(memoryLength([]), null);
    assert.equal(memoryLength([{ lags: [], rows: [] }]), null);
    assert.equal(memoryLength([{ lags: [0, 1], rows: [[0, 0]] }]), null);
  });
});
