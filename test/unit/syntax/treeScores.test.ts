// Attachment scores counted by hand.
import assert from 'node:assert/strict';
import type { DependencyTree } from '../../../src/syntax/trees/dependencyTree';
import { treeScores } from '../../../src/syntax/trees/treeScores';

function tree(heads: number[], relations: string[], upos: (string | null)[]): DependencyTree {
  return { forms: heads.map(String), heads: Int32Array.from(heads), relations, upos };
}

describe('tree scores', () => {
  const gold = tree([2, 0, 2, 2], ['nsubj:pass', 'root', 'obl', 'punct'], ['NOUN', 'VERB', null, 'PUNCT']);

  it('count heads, labels with and without subtypes, and tags, punctuation included', () => {
    const parsed = tree([2, 0, 2, 1], ['nsubj', 'root', 'obj', 'punct'], ['NOUN', 'NOUN', 'ADV', 'PUNCT']);
    const counts = treeScores([gold, gold], [parsed, gold]);
    const expected = { words: 8, heads: 7, labelled: 6, labelledWithSubtypes: 5, tagged: 6, upos: 5 };
    assert.deepEqual(counts, expected);
  });

  it('are refused where sentences or words do not match', () => {
    assert.throws(() => treeScores([gold], []), RangeError);
    assert.throws(() => treeScores([gold], [tree([0], ['root'], [null])]), /sentence 1: 1 words instead of 4/);
  });
});
