// Finding a treebank's sentences in a text that is laid out in another way.
import assert from 'node:assert/strict';
import { readConllu } from '../../../../src/syntax/trees/readConllu';
import { TreeFinder } from '../../../../src/trainer/syntax/findTrees';

/** A file with these sentences, words parted by spaces; _ in front of a word that no space stands before. */
const bank = (...sentences: string[]) =>
  new TreeFinder(
    readConllu(
      sentences
        .map((sentence) => {
          const words = sentence.split(' ');
          const rows = words.map((word, at) => {
            const misc = words[at + 1]?.startsWith('_') ? 'SpaceAfter=No' : '_';
            return [at + 1, word.replace('_', ''), '_', '_', '_', '_', at, at === 0 ? 'root' : 'dep', '_', misc].join(
              '\t',
            );
          });
          return `${rows.join('\n')}\n\n`;
        })
        .join(''),
    ).trees,
  );
const found = (finder: TreeFinder, text: string, isWhole = true) => {
  const { trees, unmatched } = finder.find(text, isWhole);
  return {
    words: trees.map((tree) => tree.words.map(({ start, end }) => text.slice(start, end))),
    unmatched: unmatched.map(({ start, end }) => text.slice(start, end)),
  };
};

describe('finding trees in a text', () => {
  it('does not care for white space: line ends, several spaces, none where the file has one', () => {
    const finder = bank('The sea is calm _.', 'Yes _.');
    assert.deepEqual(found(finder, 'The  sea\r\nis calm .Yes.'), {
      words: [
        ['The', 'sea', 'is', 'calm', '.'],
        ['Yes', '.'],
      ],
      unmatched: [],
    });
  });

  it('tells what belongs to no tree', () => {
    const { words, unmatched } = found(bank('They sleep _.'), 'First this. They sleep. Then that.');
    assert.deepEqual([words.length, unmatched], [1, ['First this.', 'Then that.']]);
  });

  it('takes the longest sentence that fits, and none that ends within a word', () => {
    const finder = bank('We saw the sea', 'We saw the sea _, too _.', 'We saw the s');
    assert.deepEqual(found(finder, 'We saw the sea, too.').words[0].length, 7);
    assert.deepEqual(found(finder, 'We saw the seaside.').words, []);
  });

  it('does not find a short sentence within another one', () => {
    assert.deepEqual(found(bank('No _.', 'Yes _!'), 'He said: No. But “oh Yes!” was meant; he knows no. 7.').words, [
      ['No', '.'],
    ]);
  });

  it('finds Korean and emoji, and where the forms of a contraction are not written an empty place', () => {
    assert.deepEqual(found(bank('우리는 👩‍👩‍👧 갔다 _.'), '우리는👩‍👩‍👧 갔다.').words, [['우리는', '👩‍👩‍👧', '갔다', '.']]);
    const french = readConllu(
      ['1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_', ...['1\tde\t3\tcase', '2\tle\t3\tdet', '3\tvin\t0\troot']]
        .map((line, at) =>
          at === 0 ? line : line.replace(/^(\d)\t(\w+)\t(\d)\t(\w+)$/, '$1\t$2\t_\t_\t_\t_\t$3\t$4\t_\t_'),
        )
        .join('\n')
        .concat('\n\n'),
    );
    assert.deepEqual(found(new TreeFinder(french.trees), 'du vin').words, [['', '', 'vin']]);
  });

  it('takes a sentence that the text breaks off in, with empty places for what is missing', () => {
    const finder = bank('The old man went down to the sea again and again _.');
    const { words } = found(finder, 'The old man went down to the sea', false);
    assert.deepEqual(words[0].slice(6), ['the', 'sea', '', '', '', '']);
    assert.deepEqual(found(finder, 'The old man went down to the sea').words, []);
  });
});
