// A single move of the cursor is told at once; many in a row, and edits whose cursor is still to come, are told together.
import assert from 'node:assert/strict';
import { Pace } from '../../../src/host/editor/pace';

const after = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('the pace at which the cursor is followed', () => {
  let told: number;
  let now: number;
  let pace: Pace;
  beforeEach(() => {
    [told, now] = [0, 1000];
    pace = new Pace(
      () => told++,
      () => now,
    );
  });
  afterEach(() => pace.dispose());

  it('tells of a single move at once, and of the next one after a while at once again', () => {
    pace.changed();
    assert.equal(told, 1);
    now += 40;
    pace.changed();
    assert.equal(told, 2);
  });

  it('tells of moves in quick succession together, the last one included', async () => {
    for (let move = 0; move < 10; move++) {
      pace.changed();
      now += 2;
    }
    assert.equal(told, 1);
    await after(60);
    assert.equal(told, 2);
  });

  it('waits after an edit for the cursor, which then is told at once, and once', async () => {
    pace.changing();
    assert.equal(told, 0);
    pace.changed();
    assert.equal(told, 1);
    await after(60);
    assert.equal(told, 1);
  });

  it('tells of an edit elsewhere, after which no cursor moves', async () => {
    pace.changing();
    await after(60);
    assert.equal(told, 1);
  });
});
