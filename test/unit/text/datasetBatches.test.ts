// Parts, batches and hidden places: everything is somewhere exactly once, in proportion, the same for the same seed.
import assert from 'node:assert/strict';
import { bucketedBatches, bucketSteps } from '../../../src/text/datasets/bucketedBatches';
import { SequenceCutter } from '../../../src/text/datasets/clozeSequences';
import { encodeLabelled, encodeTagged } from '../../../src/text/datasets/encodedDataset';
import { hiddenPlaces } from '../../../src/text/datasets/hiddenTokens';
import { splitInOrder, splitStratified, TEST, TRAINING, VALIDATION } from '../../../src/text/datasets/splitExamples';

const count = (values: ArrayLike<number>, value: number) => Array.from(values).filter((each) => each === value).length;

describe('the parts of a dataset', () => {
  it('have every class in its share, and differ from seed to seed', () => {
    const labels = Array.from({ length: 1000 }, (_, k) => (k % 10 === 0 ? 1 : 0));
    const parts = splitStratified(labels, 1);
    for (const part of [VALIDATION, TEST]) {
      const members = labels.filter((_, at) => parts[at] === part);
      assert.equal(members.length, 100);
      assert.equal(count(members, 1), 10);
    }
    assert.deepEqual(splitStratified(labels, 1), parts);
    assert.notDeepEqual(splitStratified(labels, 2), parts);
  });

  it('train on classes of one example, and still hold out a tenth of a hundred small classes', () => {
    const labels = Array.from({ length: 400 }, (_, k) => k % 100);
    labels.push(200);
    const parts = splitStratified(labels, 3);
    assert.equal(parts[400], TRAINING);
    assert.ok(Math.abs(count(parts, TEST) - 40) <= 1);
    assert.equal(count(parts, VALIDATION), count(parts, TEST));
    for (let label = 0; label < 100; label++)
      assert.ok(labels.some((each, at) => each === label && parts[at] === TRAINING));
  });

  it('hold something out even where no class has three examples', () => {
    const parts = splitStratified([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 1);
    assert.deepEqual([count(parts, VALIDATION), count(parts, TEST)], [1, 1]);
  });

  it('keep the order of a document where sentences follow each other', () => {
    const parts = splitInOrder(20);
    assert.deepEqual(Array.from(parts.subarray(15)), [TRAINING, VALIDATION, VALIDATION, TEST, TEST]);
  });
});

describe('batches of sequences', () => {
  const lengths = Array.from({ length: 333 }, (_, k) => 1 + ((k * 37) % 60));
  const examples = lengths.map((_, at) => at);
  const buckets = bucketSteps(60);

  it('come in halves of the longest sequence', () => {
    assert.deepEqual(buckets, [15, 30, 60]);
    assert.deepEqual(bucketSteps(5), [5]);
  });

  it('hold every example once an epoch, in a pass long enough, in another order every epoch', () => {
    const epochs = [0, 1].map((epoch) => bucketedBatches(examples, lengths, 8, buckets, 7, epoch));
    for (const batches of epochs) {
      const seen = batches.flatMap(({ members }) => members).sort((a, b) => a - b);
      assert.deepEqual(seen, examples);
      for (const { members, timesteps } of batches) {
        const longest = Math.max(...members.map((at) => lengths[at]));
        assert.ok(timesteps >= longest && buckets.includes(timesteps));
        assert.ok(members.length <= 8);
      }
    }
    assert.notDeepEqual(epochs[0], epochs[1]);
    assert.deepEqual(bucketedBatches(examples, lengths, 8, buckets, 7, 1), epochs[1]);
  });

  it('waste little on padding', () => {
    const batches = bucketedBatches(examples, lengths, 8, buckets, 7);
    const computed = batches.reduce((sum, { timesteps, members }) => sum + timesteps * members.length, 0);
    assert.ok(computed < 1.5 * lengths.reduce((a, b) => a + b, 0), `${computed}`);
  });
});

describe('hidden tokens', () => {
  it('are 15 % of all, at least one of each example, others every epoch', () => {
    let hidden = 0;
    for (let example = 0; example < 400; example++) {
      const places = hiddenPlaces(50, 1, example, 0);
      assert.ok(places.length > 0 && places.every((at, k) => at < 50 && (k === 0 || at > places[k - 1])));
      hidden += places.length;
    }
    // Standard error of the share over 20,000 tokens: 0.25 percentage points.
    assert.ok(Math.abs(hidden / 20_000 - 0.15) < 0.01, `${hidden / 20_000}`);
    assert.deepEqual(hiddenPlaces(50, 1, 3, 0), hiddenPlaces(50, 1, 3, 0));
    assert.notDeepEqual(hiddenPlaces(50, 1, 3, 0), hiddenPlaces(50, 1, 3, 1));
    assert.equal(hiddenPlaces(1, 1, 0, 0).length, 1);
  });

  it('stand in sequences that end with lines where these are long enough, and leave no token out', () => {
    const cutter = new SequenceCutter(6);
    for (const token of ['a', '\n', 'b', 'c', '\n', 'd', 'e', 'f', 'g', 'h', 'i', 'j', '\n', 'k']) cutter.add(token);
    cutter.end();
    assert.deepEqual(cutter.lengths, [5, 6, 3]);
  });
});

describe('encoded examples', () => {
  const options = { unit: 'words', lowerCase: true, longest: 4, seed: 1 } as const;

  it('know only what the training part holds, and say how much of the rest is unknown', () => {
    const examples = Array.from({ length: 40 }, (_, k) => ({ label: k % 2 ? 'b' : 'a', text: `Word${k} is Here` }));
    const { vocabulary, parts, lengths, labels, unknownShare, truncated } = encodeLabelled(examples, options);
    assert.deepEqual(labels, ['a', 'b']);
    assert.ok(vocabulary.idOf('here') > 0 && vocabulary.idOf('Here') === 0);
    examples.forEach((_, k) => assert.equal(vocabulary.idOf(`word${k}`) > 0, parts[k] === TRAINING));
    assert.ok(Math.abs(unknownShare - 1 / 3) < 1e-12);
    assert.deepEqual([lengths[0], truncated], [3, 0]);
  });

  it('are cut at the longest sequence, tags too, and counted', () => {
    const sentence = { tokens: ['a', 'b', 'c', 'd', 'e'], tags: ['X', 'Y', 'X', 'Y', 'Z'] };
    const { lengths, ids, tags, truncated, labels, singletons } = encodeTagged(
      Array.from({ length: 12 }, () => sentence),
      options,
    );
    assert.deepEqual([truncated, ids.length, tags?.length, lengths[3]], [12, 48, 48, 4]);
    assert.deepEqual(labels, ['X', 'Y', 'Z']);
    assert.equal(singletons, 0);
  });

  it('are refused where there are too few or all of one class', () => {
    const one = (label: string, k: number) => ({ label, text: `text ${k}` });
    assert.throws(() => encodeLabelled([one('a', 1), one('b', 2)], options), /tooFew .*"needed":10/);
    const same = Array.from({ length: 12 }, (_, k) => one('a', k));
    assert.throws(() => encodeLabelled(same, options), /oneClass .*"label":"a"/);
  });
});
