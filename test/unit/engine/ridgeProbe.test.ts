// Linear probes: the minimum of what they say they minimise, and answers that a line can and cannot give.
import assert from 'node:assert/strict';
import { answersOf, fitRidgeProbes, type RidgeProbes } from '../../../src/engine/inspection/ridgeProbe';
import { randomNumbers } from '../../oracle/smallNetworks';

function finished<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Between −1 and 1. */
function randomFloats(count: number, seed: number): Float32Array {
  const random = randomNumbers(seed);
  return Float32Array.from({ length: count }, () => 2 * random() - 1);
}

const [n, D] = [60, 5];
const rows = randomFloats(n * D, 4).map((value, at) => (at % D === 3 ? 7 : 10 * value + (at % D)));
const labels = Array.from({ length: n }, (_, row) => (rows[row * D] > 0 ? 2 : rows[row * D + 1] > 1 ? 1 : 0));
const fit = (): RidgeProbes => finished(fitRidgeProbes(rows, D, [{ labels, classes: 3 }]));

/** Mean squared error of standardised rows, and the decay, reckoned anew. */
function objective({ mean, scale }: RidgeProbes, weights: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < n; row++)
    for (let c = 0; c < 3; c++) {
      let score = weights[c * (D + 1) + D];
      for (let k = 0; k < D; k++) score += weights[c * (D + 1) + k] * (rows[row * D + k] - mean[k]) * scale[k];
      sum += (score - (labels[row] === c ? 1 : 0)) ** 2 / n;
    }
  return sum + 1e-3 * weights.reduce((all, w, at) => all + (at % (D + 1) === D ? 0 : w * w), 0);
}

describe('a linear probe', () => {
  it('is where no weight can be changed for the better', () => {
    const probes = fit();
    const [{ weights }] = probes.probes;
    const least = objective(probes, weights);
    weights.forEach((_, at) => {
      for (const change of [1e-4, -1e-4]) {
        const moved = weights.slice();
        moved[at] += change;
        assert.ok(objective(probes, moved) >= least - 1e-12, `weight ${at}`);
      }
    });
  });

  it('takes nothing from what never changes', () => {
    const { scale, probes } = fit();
    assert.equal(scale[3], 0);
    for (let c = 0; c < 3; c++) assert.equal(probes[0].weights[c * (D + 1) + 3], 0);
  });

  it('reads what a line can part, of rows it has not seen too, and not exclusive or', () => {
    const points = Float32Array.from(randomFloats(4000, 9));
    const parted = Array.from({ length: 2000 }, (_, k) => (points[2 * k] + 2 * points[2 * k + 1] > 0 ? 1 : 0));
    const crossed = Array.from({ length: 2000 }, (_, k) => (points[2 * k] > 0 !== points[2 * k + 1] > 0 ? 1 : 0));
    const labellings = [parted, crossed].map((all) => ({ labels: all, classes: 2 }));
    const probes = finished(fitRidgeProbes(points.subarray(0, 2000), 2, labellings));
    const answers = finished(answersOf(probes, points.subarray(2000)));
    const right = [parted, crossed].map((all, k) => answers[k].filter((one, t) => one === all[1000 + t]).length / 1000);
    assert.ok(right[0] > 0.9, `${right[0]}`);
    assert.ok(right[1] < 0.65, `${right[1]}`);
  });
});
