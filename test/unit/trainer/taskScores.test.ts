// Scores against published values and closed forms; the linear read-out against what makes it the minimum.
import assert from 'node:assert/strict';
import { trainReadout } from '../../../src/engine/inspection/linearReadout';
import { Confusion, wilsonInterval } from '../../../src/trainer/tasks/scores';
import { linearReadoutScores } from '../../../src/trainer/tasks/readoutScores';
import { randomNumbers } from '../../oracle/smallNetworks';

describe('Wilson’s interval', () => {
  // Newcombe 1998, Statistics in Medicine 17, table I, method 3, four decimals.
  const published: [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ];
  for (const [hits, n, low, high] of published)
    it(`is the published one for ${hits} of ${n}`, () => {
      const [from, to] = wilsonInterval(hits, n);
      assert.ok(Math.abs(from - low) < 6e-5 && Math.abs(to - high) < 6e-5, `${from} to ${to}`);
    });

  it('mirrors hits and misses and tells nothing of no predictions', () => {
    const [low, high] = wilsonInterval(3, 40);
    const [from, to] = wilsonInterval(37, 40);
    assert.ok(Math.abs(low - (1 - to)) < 1e-12 && Math.abs(high - (1 - from)) < 1e-12);
    assert.deepEqual(wilsonInterval(0, 0), [0, 1]);
  });
});

describe('a confusion matrix', () => {
  it('has the accuracy and macro-F1 of precision and recall', () => {
    const table = [
      [50, 3, 0, 0],
      [10, 20, 5, 0],
      [0, 0, 0, 0],
      [1, 0, 0, 11],
    ];
    const confusion = new Confusion(4);
    table.forEach((row, right) =>
      row.forEach((count, predicted) => {
        for (let k = 0; k < count; k++) confusion.add(right, predicted);
      }),
    );
    assert.deepEqual([confusion.total, confusion.hits], [100, 81]);
    const f1 = (precision: number, recall: number) => (2 * precision * recall) / (precision + recall);
    // Class 2 never occurs, but is predicted: its F1 is 0.
    const expected = (f1(50 / 61, 50 / 53) + f1(20 / 23, 20 / 35) + 0 + f1(1, 11 / 12)) / 4;
    assert.ok(Math.abs(confusion.macroF1 - expected) < 1e-12);
  });

  it('leaves classes out that neither occur nor are predicted', () => {
    const confusion = new Confusion(3);
    confusion.add(0, 0);
    confusion.add(1, 1);
    assert.equal(confusion.macroF1, 1);
  });
});

describe('a linear read-out', () => {
  const random = randomNumbers(5);
  const rows = Array.from({ length: 120 }, () => Array.from({ length: 4 }, () => 3 * random() - 1));
  const labels = rows.map(([a, b], k) => (k % 9 === 0 ? 2 : a > b ? 1 : 0));

  it('stands where no weight could be changed for the better', () => {
    const { weights, mean, deviation } = trainReadout(rows, labels, 3);
    const width = 5;
    const objective = (at: Float64Array) => {
      const losses = rows.map((row, n) => {
        const x = [1, ...row.map((value, k) => (value - mean[k]) / deviation[k])];
        const logits = [0, 1, 2].map((c) => x.reduce((sum, value, k) => sum + value * at[c * width + k], 0));
        return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[labels[n]];
      });
      const decay = at.reduce((sum, value, k) => (k % width === 0 ? sum : sum + value * value), 0);
      return losses.reduce((a, b) => a + b) / losses.length + (1e-3 / 2) * decay;
    };
    weights.forEach((_, k) => {
      const moved = (by: number) => objective(weights.map((value, at) => (at === k ? value + by : value)));
      assert.ok(Math.abs((moved(1e-4) - moved(-1e-4)) / 2e-4) < 1e-5, `weight ${k}`);
    });
  });

  it('reads what is linear in the states and nothing where there is nothing', () => {
    const half = <T>(all: T[], from: number) => all.filter((_, k) => k % 2 === from);
    const states = rows.map((row, k) => ({ row, label: row[0] > row[1] ? 1 : 0, k }));
    const readable = linearReadoutScores(half(states, 0), half(states, 1), 2);
    assert.ok(readable.accuracy > 0.9, `${readable.accuracy}`);
    const constant = states.map(({ k }) => ({ row: [1, 2, 3], label: k % 5 === 0 || k % 5 === 1 ? 1 : 0 }));
    const blind = linearReadoutScores(half(constant, 0), half(constant, 1), 2);
    assert.deepEqual([blind.balancedAccuracy, blind.accuracy], [0.5, blind.majority]);
  });
});
