// The sentences over the pictures say what was planted in a synthetic window, with its n, and nothing where too little is known.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decodeFrame, type FrameArrays, type FrameHeader } from '../../../src/protocol/traceFrame';
import { syntheticFrame } from '../../../webview/harness/syntheticFrame';
import { readingsOf } from '../../../webview/reading/sentences';
import { leaningFact, memoryFact, pathFact, saturationFact, spreadOf } from '../../../webview/reading/windowFacts';

const T = 60;

/** [T,T] of a value for every j ≤ i, 0 elsewhere. */
function square(of: (i: number, j: number) => number, steps = T): Float32Array {
  const values = new Float32Array(steps * steps);
  for (let i = 0; i < steps; i++) for (let j = 0; j <= i; j++) values[i * steps + j] = of(i, j);
  return values;
}

describe('the facts of a window', () => {
  it('hold a memory length that was planted: at the focus, and the median and middle half of later steps', () => {
    // 0.5^k ≥ 1 % up to k = 6; 0.6^k up to 9; at the focus 0.7^k up to 12.
    const rates = (i: number) => (i === 50 ? 0.7 : i % 2 === 0 ? 0.5 : 0.6);
    const fact = memoryFact(
      square((i, j) => 3 * rates(i) ** (i - j)),
      T,
      50,
    );
    assert.equal(fact?.reach, 12);
    assert.equal(fact.open, false);
    assert.deepEqual(fact.typical, { low: 6, median: 9, high: 9, n: 30 });
  });

  it('tell a gradient that has not fallen by the window’s first step from one that has', () => {
    const flat = memoryFact(
      square(() => 1),
      T,
      40,
    );
    assert.equal(flat?.open, true);
    assert.equal(flat.reach, 40);
    assert.equal(flat.typical.median, 30);
  });

  it('hold no memory length where the loss is unknown or the window too short', () => {
    assert.equal(memoryFact(square(() => 1).fill(NaN, 40 * T, 41 * T), T, 40), null);
    assert.equal(
      memoryFact(
        square(() => 1, 20),
        20,
        10,
      ),
      null,
    );
  });

  it('find the token the focus leans on, and how much tokens as far back get elsewhere', () => {
    // Every loss takes 60 % from its own token and shares the rest; the loss at 45 takes half from the token 17 before it.
    const norms = square((i, j) => (i === 45 && j === 28 ? 100 : i === j ? 60 : 40 / Math.max(1, i)));
    const fact = leaningFact(norms, T, 45);
    assert.equal(fact?.column, 28);
    assert.equal(fact.lag, 17);
    assert.ok(Math.abs(fact.share - 100 / (100 + 60 + (44 * 40) / 45)) < 1e-6);
    assert.equal(fact.others.n, T - 17 - 1);
    assert.equal(fact.smaller, T - 17 - 1);
    assert.ok(fact.others.median < 0.02);
  });

  it('never take the token just read for the one leaned on, and count who has more', () => {
    const norms = square((i, j) => (i === j ? 50 : i === j + 3 ? (i === 30 ? 5 : 10) : 1));
    const fact = leaningFact(norms, T, 30);
    assert.equal(fact?.lag, 3);
    assert.equal(fact.smaller, 0);
  });

  it('compare the LSTM’s direct path with the whole at one lag, over the steps of the second half', () => {
    const total = square((i, j) => 0.9 ** (i - j));
    const direct = total.map((value) => value * 0.4);
    const rest = total.map((value) => value * 0.8);
    const fact = pathFact({ total, direct, rest }, T);
    assert.equal(fact?.lag, 20);
    assert.equal(fact.direct.n, 30);
    assert.ok(Math.abs(fact.direct.median - 0.4) < 1e-6 && Math.abs(fact.rest.high - 0.8) < 1e-6);
    assert.equal(pathFact({ total: total.fill(0), direct, rest }, T), null);
  });

  it('count how much of a gate is open and shut', () => {
    const values = Float32Array.from({ length: 20 * 10 }, (_, k) => (k % 10 < 3 ? 0.95 : k % 10 === 9 ? 0.01 : 0.5));
    assert.deepEqual(saturationFact(values, 10), { open: 0.3, shut: 0.1, steps: 20, units: 10 });
    assert.equal(saturationFact(values.subarray(0, 30), 10), null);
  });

  it('have quartiles between neighbours', () => {
    assert.deepEqual(spreadOf([4, 1, 3, 2]), { low: 1.75, median: 2.5, high: 3.25, n: 4 });
  });
});

describe('the reading of a window', () => {
  function shown(cell: 'lstm' | 'gru' | 'vanilla', columns = 104): { header: FrameHeader; arrays: FrameArrays } {
    const frame = syntheticFrame({ cell, columns });
    return { header: frame.header, arrays: decodeFrame(frame) };
  }

  it('is two or three sentences, each held against something with its n', () => {
    for (const [cell, count] of [['lstm', 3] as const, ['gru', 3] as const, ['vanilla', 2] as const]) {
      const { header, arrays } = shown(cell);
      const readings = readingsOf(header, arrays, header.focus);
      assert.equal(readings.length, count, cell);
      for (const { said, against } of readings) {
        assert.doesNotMatch(said + against, /NaN|undefined|\{\d\}/);
        assert.match(against, /^Against: .*\d/);
      }
    }
  });

  it('follows the numbers: another decay is said with another number', () => {
    const { header, arrays } = shown('vanilla');
    const steps = header.tokens.length;
    const said = [0.5, 0.7].map((rate) => {
      const hidden = square((i, j) => rate ** (i - j), steps);
      const planted = { ...arrays, 'gradient.hidden': { shape: [steps, steps], values: hidden } };
      return readingsOf(header, planted, 90)[0];
    });
    assert.match(said[0].said, / back 6 steps before it falls under 1 %/);
    assert.match(said[1].said, / back 12 steps before it falls under 1 %/);
    assert.match(said[0].against, /the 52 loss steps .* 6, and the middle half of them is there too\.$/);
  });

  it('says no interval where none is seen, and a single step as one', () => {
    const { header, arrays } = shown('vanilla');
    const steps = header.tokens.length;
    const [all, one] = [0.99, 0.02].map((rate) => {
      const hidden = square((i, j) => rate ** (i - j), steps);
      return readingsOf(header, { ...arrays, 'gradient.hidden': { shape: [steps, steps], values: hidden } }, 90)[0];
    });
    assert.match(all.against, /^Against: of the 52 loss steps .*, three in four or more reach 52 or more\.$/);
    assert.match(one.said, / back 1 step before it falls/);
  });

  it('says nothing where nothing follows from so short a window', () => {
    const { header, arrays } = shown('lstm', 8);
    assert.deepEqual(readingsOf(header, arrays, 4), []);
  });

  it('can be said in Korean, with every number in its place', () => {
    const korean = JSON.parse(readFileSync('l10n/parts/reading.ko.json', 'utf8')) as Record<string, string>;
    for (const [english, translated] of Object.entries(korean))
      assert.deepEqual(new Set(translated.match(/\{\d\}/g)), new Set(english.match(/\{\d\}/g)), english);
  });
});
