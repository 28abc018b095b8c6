// Long work in pieces: the same result as at once, with pauses only as time passes.
import assert from 'node:assert/strict';
import { atOnce, betweenSteps, inPieces } from '../../../src/engine/inspection/pieces';

function* sumUpTo(count: number, milliseconds: number): Generator<void, number> {
  let sum = 0;
  for (let k = 1; k <= count; k++) {
    yield;
    const until = performance.now() + milliseconds;
    while (performance.now() < until);
    sum += k;
  }
  return sum;
}

describe('work in pieces', () => {
  it('pauses about every 15 ms and returns what it would at once', async () => {
    let pauses = 0;
    const result = await inPieces(sumUpTo(30, 4), () => {
      pauses++;
      return Promise.resolve();
    });
    assert.equal(result, atOnce(sumUpTo(30, 0)));
    assert.ok(pauses >= 6 && pauses <= 10, `${pauses} pauses in 120 ms`);
  });

  it('does not count the pause itself', async () => {
    const rest = betweenSteps(() => new Promise((resolve) => setTimeout(resolve, 40)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.notEqual(rest(), undefined);
    await rest();
    assert.equal(rest(), undefined);
  });

  it('ends where a pause throws, and lets the work clean up', async () => {
    let cleaned = false;
    function* work(): Generator<void, void> {
      try {
        for (;;) yield;
      } finally {
        cleaned = true;
      }
    }
    const steps = work();
    await assert.rejects(
      inPieces(steps, () => Promise.reject(new Error('superseded'))),
      /superseded/,
    );
    assert.ok(cleaned);
  });
});
