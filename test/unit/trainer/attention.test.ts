// Training waits while a person’s picture is on its way, and is never starved by that.
import assert from 'node:assert/strict';
import { Attention } from '../../../src/trainer/attention';

describe('training', () => {
  let now = 0;
  beforeEach(() => (now = 0));
  const attention = () => new Attention(() => now);

  it('goes on where nobody waits', () => {
    assert.equal(attention().rest(), null);
  });

  it('rests from the question for a first look until that is drawn, and no longer', () => {
    const held = attention();
    held.begin();
    assert.notEqual(held.rest(), null);
    now += 149;
    assert.notEqual(held.rest(), null);
    now += 1;
    assert.equal(held.rest(), null);
  });

  it('gets two fifths of the time at least, however fast somebody types', () => {
    const held = attention();
    let free = 0;
    for (let time = 0; time < 60_000; time += 10) {
      now += 10;
      if (time % 30 === 0) held.begin();
      if (held.rest() === null) free += 10;
    }
    assert.ok(free >= 0.4 * 60_000 - 200, `${free} ms of 60,000`);
    assert.ok(free <= 0.5 * 60_000, `${free} ms of 60,000: the typist was not attended to`);
  });
});
