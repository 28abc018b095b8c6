// Stacks of itemised weight gradients hold every loss once, and the sentence about one loss is about its row.
import assert from 'node:assert/strict';
import { askedBy, LAG_GROUPS, weightStacks } from '../../../webview/geometry/itemisedWeights';

const steps = 20;
const norms = new Float32Array(steps * steps);
for (let i = 0; i < steps; i++) for (let t = 0; t <= i; t++) norms[i * steps + t] = i === 19 ? NaN : 1 + t + i / 32;
const itemised = { steps, norms, together: new Float32Array(steps) };

describe('the stacks of weight gradients', () => {
  it('add up every known loss at and after a step, the chosen one apart', () => {
    const stacks = weightStacks(itemised, 10);
    for (let t = 0; t < steps; t++) {
      let expected = 0;
      for (let i = t; i < steps - 1; i++) expected += norms[i * steps + t];
      const { apart, groups, total } = stacks[t];
      assert.ok(Math.abs(total - expected) < 1e-4, `step ${t}`);
      assert.ok(Math.abs(apart + groups.reduce((a, b) => a + b, 0) - total) < 1e-4);
      assert.equal(apart, t <= 10 ? norms[10 * steps + t] : 0);
    }
  });

  it('group losses by how much later they are', () => {
    const [first] = weightStacks(itemised, -1);
    const expected = LAG_GROUPS.map((from, k) => {
      const end = Math.min(LAG_GROUPS[k + 1] ?? steps, steps - 1);
      return Array.from({ length: end - from }, (_, at) => norms[(from + at) * steps]).reduce((a, b) => a + b, 0);
    });
    first.groups.forEach((sum, k) => assert.ok(Math.abs(sum - expected[k]) < 1e-4, `group ${k}`));
  });

  it('say which step a loss asks most of, and how much falls far back', () => {
    const asked = askedBy(itemised, 5, 3);
    const row = Array.from({ length: 6 }, (_, t) => norms[5 * steps + t]);
    const sum = row.reduce((a, b) => a + b, 0);
    assert.equal(asked?.step, 5);
    assert.ok(Math.abs(asked.share - row[5] / sum) < 1e-6);
    assert.ok(Math.abs(asked.earlier - (row[0] + row[1] + row[2]) / sum) < 1e-6);
    assert.equal(askedBy(itemised, 19, 3), null);
  });
});
