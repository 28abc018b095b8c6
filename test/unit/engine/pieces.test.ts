// Long work in pieces: the same result as at once, with pauses only as time passes.
import assert from 'node:assert/strict';
import { atOnce, betweenSteps, inPieces } from '../../../src/engine/inspection/pieces';

/** Milliseconds that the code under test reads instead of the time: a busy machine changes nothing. */
let clock = 0;

function* sumUpTo(count: number, milliseconds: number): Generator<void, number> {
  let sum = 0;
  for (let k = 1; k <= count; k++) {
    yield;
    clock += milliseconds;
    sum += k;
  }
  return sum;
}

describe('work in pieces', () => {
  const { now } = performance;
  before(() => (performance.now = () => clock));
  after(() => (performance.now = now));

  it('pauses about every 15 ms and returns what it would at once', async () => {
    const began = clock;
    const pauses: number[] = [];
    const result = await inPieces(sumUpTo(30, 4), () => {
      pauses.push(clock - began);
      return Promise.resolve();
    });
    assert.equal(result, atOnce(sumUpTo(30, 0)));
    assert.deepEqual(pauses, [16, 32, 48, 64, 80, 96, 112]);
  });

  it('does not count the pause itself', async () => {
    const rest = betweenSteps(() => {
      clock += 40;
      return Promise.resolve();
    });
    clock += 20;
    const pause = rest();
    assert.notEqual(pause, undefined);
    await pause;
    assert.equal(rest(), undefined);
  });

  it('ends where a pause throws, and lets the work clean up', async () => {
    let cleaned = false;
    function* work(): Generator<void, void> {
      try {
        for (;;) {
          clock += 4;
          yield;
        }
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
