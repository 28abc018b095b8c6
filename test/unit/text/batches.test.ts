// Batches: contiguous lanes, targets one further, the validation part never seen.
import assert from 'node:assert/strict';
import { Batches, shapeForText } from '../../../src/text/batches';
import { MINIMUM_TOKENS, splitTokens } from '../../../src/text/split';
import { MemoryTokenSource } from '../../../src/text/tokenSource';

const counting = (length: number) => new MemoryTokenSource(Uint16Array.from({ length }, (_, k) => k));

describe('the split', () => {
  it('holds the last tenth out', () => {
    assert.deepEqual(splitTokens(1000), {
      training: { start: 0, length: 900 },
      validation: { start: 900, length: 100 },
    });
  });

  it('leaves both parts something in the shortest text', () => {
    const { training, validation } = splitTokens(MINIMUM_TOKENS);
    assert.equal(training.length + validation.length, MINIMUM_TOKENS);
    assert.ok(validation.length >= 8 && training.length >= 2);
  });
});

describe('batches', () => {
  const range = { start: 10, length: 101 };
  const batches = new Batches(counting(200), range, { timesteps: 7, lanes: 3 });
  const fill = (slice: number) => {
    const inputs = new Int32Array(21);
    const targets = new Int32Array(21);
    batches.fill(slice, inputs, targets);
    return { inputs, targets };
  };

  it('continue every lane where the slice before ended', () => {
    for (let lane = 0; lane < 3; lane++) {
      const read: number[] = [];
      for (let slice = 0; slice < batches.slicesPerEpoch; slice++)
        for (let t = 0; t < 7; t++) read.push(fill(slice).inputs[t * 3 + lane]);
      assert.deepEqual(
        read,
        Array.from(read, (_, k) => read[0] + k),
      );
      assert.equal(read[0], 10 + lane * batches.laneLength);
    }
  });

  it('have the next token as target, also across slices and lanes', () => {
    for (let slice = 0; slice < batches.slicesPerEpoch; slice++) {
      const { inputs, targets } = fill(slice);
      assert.deepEqual(
        [...targets],
        Array.from(inputs, (id) => id + 1),
      );
    }
  });

  it('stay inside the training part', () => {
    for (let slice = 0; slice < batches.slicesPerEpoch; slice++)
      assert.ok(Math.max(...fill(slice).targets) < range.start + range.length);
  });

  it('leave less than a slice per lane unread', () => {
    assert.ok(batches.laneLength - batches.slicesPerEpoch * 7 < 7);
  });
});

describe('the batch shape', () => {
  it('is the wanted one for a long text', () => {
    assert.deepEqual(shapeForText({ timesteps: 64, lanes: 32 }, 90_000), { timesteps: 64, lanes: 32 });
  });

  it('shrinks so that every text that may be trained on has at least four slices', () => {
    for (const tokens of [24, 50, 100, 300, 1000, 5000]) {
      const shape = shapeForText({ timesteps: 64, lanes: 32 }, tokens);
      const { slicesPerEpoch } = new Batches(counting(tokens), { start: 0, length: tokens }, shape);
      assert.ok(slicesPerEpoch >= 4, `${tokens} tokens: ${slicesPerEpoch}`);
    }
  });
});
