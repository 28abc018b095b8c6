// Whoever works in the trainer's process waits for a picture to leave it, but not for ever.
import assert from 'node:assert/strict';
import { Outbox } from '../../../src/trainer/outbox';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what the trainer has said', () => {
  it('keeps nobody waiting where everything has left', () => {
    const outbox = new Outbox();
    assert.equal(outbox.empty(), null);
    const left = outbox.add();
    left();
    assert.equal(outbox.empty(), null);
  });

  it('is waited for until the last of it has left', async () => {
    const outbox = new Outbox();
    const [first, second] = [outbox.add(), outbox.add()];
    let empty = false;
    void outbox.empty()?.then(() => (empty = true));
    first();
    first();
    await settle();
    assert.equal(empty, false, 'the same message does not leave twice');
    second();
    await settle();
    assert.equal(empty, true);
  });

  it('is not waited for for ever', async () => {
    const outbox = new Outbox();
    outbox.add();
    const began = performance.now();
    await outbox.empty();
    assert.ok(performance.now() - began < 2000);
  });
});
