// The classes that are confused most often, found in a matrix of counts.
import assert from 'node:assert/strict';
import { confusedPairs } from '../../../src/protocol/confusedPairs';
import type { Scores } from '../../../src/protocol/taskRun';
import { scoreLines } from '../../../src/trainer/cli/scoreLines';

describe('confused classes', () => {
  it('are those off the diagonal, most frequent first, of equals the one that takes more of its class', () => {
    const pairs = confusedPairs(
      [
        [90, 3, 0],
        [3, 4, 1],
        [0, 7, 50],
      ],
      3,
    );
    assert.deepEqual(pairs, [
      { right: 2, predicted: 1, count: 7, of: 57 },
      { right: 1, predicted: 0, count: 3, of: 8 },
      { right: 0, predicted: 1, count: 3, of: 93 },
    ]);
  });

  it('are told on the command line where there are too many classes for a matrix', () => {
    const labels = Array.from({ length: 30 }, (_, k) => `class ${k}`);
    const confusion = labels.map((_, right) => labels.map((__, predicted): number => (predicted === right ? 9 : 0)));
    confusion[4][17] = 3;
    const scores: Scores = {
      ...{
        part: 'test',
        step: 10,
        examples: 273,
        n: 273,
        accuracy: 0.99,
        interval: [0.97, 1],
        macroF1: 0.99,
        loss: 0.1,
      },
      ...{ perplexity: null, majority: { label: 'class 4', accuracy: 0.04 }, labels, confusion },
    };
    const lines = scoreLines(scores);
    assert.deepEqual(lines.slice(2), [
      'confused most often, of 30 classes:',
      'class 4  taken for class 17:  3 of 12 (25.0 %)',
    ]);
  });
});
