// Units that do alike stand together, joined as average linkage joins them.
import assert from 'node:assert/strict';
import { similarUnitsTogether } from '../../../webview/geometry/similarUnits';
import { keptShares, timeConstant } from '../../../webview/geometry/timeConstants';
import type { FrameHeader } from '../../../src/protocol/traceFrame';
import { randomNumbers } from '../../oracle/smallNetworks';

/** Average linkage by its definition: in every round the two groups with the smallest mean distance over all pairs of members. */
function naiveOrder(distance: (a: number, b: number) => number, units: number, rank: number[]): number[] {
  let groups = Array.from({ length: units }, (_, unit) => [unit]);
  const mean = (list: number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;
  while (groups.length > 1) {
    let best: [number, number, number] = [0, 1, Infinity];
    groups.forEach((a, i) =>
      groups.forEach((b, j) => {
        const between = mean(a.flatMap((x) => b.map((y) => distance(x, y))));
        if (i < j && between < best[2]) best = [i, j, between];
      }),
    );
    const [a, b] = [groups[best[0]], groups[best[1]]];
    const rankOf = (group: number[]): number => mean(group.map((unit) => rank[unit]));
    const joined = rankOf(a) <= rankOf(b) ? [...a, ...b] : [...b, ...a];
    groups = [...groups.filter((group) => group !== a && group !== b), joined];
  }
  return groups[0];
}

describe('similar units', () => {
  it('stand together: three families that were dealt out in turn', () => {
    const units = 12;
    const random = randomNumbers(3);
    const values = Float32Array.from({ length: 60 * units }, (_, k) => {
      const [t, family] = [Math.floor(k / units), (k % units) % 3];
      return Math.sin(t / (family + 1.3)) + 0.3 * random();
    });
    const order = similarUnitsTogether(values, units, new Array<number>(units).fill(0));
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      [...Array(units).keys()],
    );
    const families = order.map((unit) => unit % 3);
    assert.equal(families.filter((family, k) => k > 0 && family !== families[k - 1]).length, 2);
  });

  it('are joined as average linkage of 1 − r joins them, the group of the smaller ranks first', () => {
    const [units, steps] = [14, 25];
    const random = randomNumbers(8);
    const values = Float32Array.from({ length: units * steps }, () => random());
    const rank = Array.from({ length: units }, () => random());
    const row = (unit: number): number[] => Array.from({ length: steps }, (_, t) => values[t * units + unit]);
    const mean = (list: number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;
    const covariance = (a: number[], b: number[]): number => mean(a.map((x, t) => (x - mean(a)) * (b[t] - mean(b))));
    const distance = (a: number, b: number): number =>
      1 - covariance(row(a), row(b)) / Math.sqrt(covariance(row(a), row(a)) * covariance(row(b), row(b)));
    assert.deepEqual(similarUnitsTogether(values, units, rank), naiveOrder(distance, units, rank));
  });

  it('are ordered where some never change, and where there is one', () => {
    const values = Float32Array.from({ length: 40 }, (_, k) => (k % 4 === 1 ? 0.5 : Math.sin(k * k)));
    assert.deepEqual(
      similarUnitsTogether(values, 4, [0, 1, 2, 3]).sort((a, b) => a - b),
      [0, 1, 2, 3],
    );
    assert.deepEqual(similarUnitsTogether(Float32Array.of(1, 2), 1, [0]), [0]);
  });
});

describe('the time constant of a unit', () => {
  it('is −1/ln of the share it keeps: at τ steps back 1/e is left', () => {
    assert.ok(Math.abs(0.9 ** timeConstant(0.9) - 1 / Math.E) < 1e-12);
    assert.deepEqual([timeConstant(0), timeConstant(-0.4), timeConstant(1)], [0, 0, Infinity]);
  });

  it('takes the mean forget gate, 1 − the mean update gate, or the autocorrelation of h', () => {
    const header = { hiddenUnits: 2 } as FrameHeader;
    const array = (...values: number[]) => ({ shape: [values.length / 2, 2], values: Float32Array.from(values) });
    assert.deepEqual([...keptShares(header, { 'gate.f': array(0.25, 1, 0.75, 1) })], [0.5, 1]);
    assert.deepEqual([...keptShares(header, { 'gate.u': array(0.25, 1, 0.75, 1) })], [0.5, 0]);
    const wave = Array.from({ length: 400 }, (_, t) => [Math.sin(t / 20), t % 2]).flat();
    const [slow, fast] = keptShares(header, { 'gate.h': array(...wave) });
    assert.ok(Math.abs(slow - Math.cos(1 / 20)) < 0.02 && fast < -0.9);
  });
});
