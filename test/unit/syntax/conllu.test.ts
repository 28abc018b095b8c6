// CoNLL-U in and out: what is read, what is left out and why, and that what is written reads back equal.
import assert from 'node:assert/strict';
import { CONLLU_REASONS, conlluReasonSentence } from '../../../src/syntax/trees/conlluProblems';
import { readConllu } from '../../../src/syntax/trees/readConllu';
import { writeConllu } from '../../../src/syntax/trees/writeConllu';

/** A row with what matters here. */
const row = (id: string, form: string, head: string, relation = 'dep', misc = '_', upos = 'X') =>
  [id, form, form.toLowerCase(), upos, '_', '_', head, relation, '_', misc].join('\t');

const GOOD = [
  '# newdoc id = letters',
  '# sent_id = letters-1',
  row('1', 'Scientists', '2', 'nsubj'),
  row('2', 'study', '0', 'root'),
  '',
];

/** The problem of a sentence that stands behind a good one, on line 6. */
function problemOf(...rows: string[]): { line: number; said: string } {
  const { trees, problems } = readConllu([...GOOD, ...rows, '', ...GOOD.slice(2)].join('\n'));
  assert.deepEqual(
    trees.map(({ forms }) => forms.join(' ')),
    ['Scientists study', 'Scientists study'],
  );
  assert.equal(problems.length, 1);
  return { line: problems[0].line, said: conlluReasonSentence(problems[0].reason) };
}

const WRITTEN = [
  '# newdoc id = d1',
  '# sent_id = s1',
  '# text = Don’t see du M.!',
  row('1-2', 'Don’t', '_', '_'),
  ...[row('1', 'Do', '3', 'aux'), row('2', 'n’t', '3', 'advmod'), row('3', 'see', '0', 'root')],
  row('3.1', 'all', '_', '_'),
  row('4-5', 'du', '_', '_'),
  ...[row('4', 'de', '6', 'case'), row('5', 'le', '6', 'det')],
  row('6', 'M.', '3', 'obl:arg', 'SpaceAfter=No'),
  row('7', '!', '3', 'punct', '_', '_'),
  '',
  '# newpar',
  row('1', 'Why', '0', 'root', 'SpaceAfter=No'),
  row('2', '?', '1', 'punct'),
  '',
];

describe('a CoNLL-U file', () => {
  for (const [ends, end] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ])
    it(`gives trees with words, places, relations and documents, with ${ends} and a byte order mark`, () => {
      const { trees, problems } = readConllu(`\ufeff${WRITTEN.join(end)}`);
      assert.deepEqual(problems, []);
      const [first, second] = trees;
      assert.equal(first.text, 'Don’t see du M.!');
      assert.deepEqual(
        first.places.map((place) => place && first.text.slice(place.start, place.end)),
        ['Do', 'n’t', 'see', null, null, 'M.', '!'],
      );
      assert.deepEqual([...first.heads], [3, 3, 0, 6, 6, 3, 3]);
      assert.deepEqual([first.relations[5], first.upos[5], first.upos[6]], ['obl:arg', 'X', null]);
      assert.deepEqual([first.document, first.sentence, first.line], ['d1', 's1', 1]);
      assert.deepEqual([second.document, second.sentence, second.line, second.text], ['d1', null, 15, 'Why?']);
    });

  it('reads back equal when it was written', () => {
    const { trees } = readConllu(WRITTEN.join('\n'));
    const again = readConllu(writeConllu(trees));
    assert.deepEqual(again.problems, []);
    // The empty node is not kept, so that later lines move up.
    const withoutLine = trees.map((tree) => ({ ...tree, line: 0 }));
    assert.deepEqual(
      again.trees.map((tree) => ({ ...tree, line: 0 })),
      withoutLine,
    );
    assert.equal(writeConllu(again.trees), writeConllu(trees));
  });

  it('is written from trees that never were in a file, with spaces where their text has them', () => {
    const text = 'Why?\nNo';
    const places = [
      { start: 0, end: 3 },
      { start: 3, end: 4 },
      { start: 5, end: 7 },
    ];
    const tree = { forms: ['Why', '?', 'No'], upos: ['ADV', null, 'INTJ'], heads: Int32Array.of(0, 1, 1) };
    const written = writeConllu([
      { ...tree, relations: ['root', 'punct', 'parataxis'], text, places, document: 'mine' },
    ]);
    assert.match(written, /^# newdoc id = mine\n# text = Why\? No\n1\tWhy\t_\tADV\t_\t_\t0\troot\t_\tSpaceAfter=No\n/);
    const [again] = readConllu(written).trees;
    assert.equal(again.text, 'Why? No');
    assert.deepEqual([...again.heads], [0, 1, 1]);
    assert.deepEqual(again.upos, tree.upos);
  });

  it('without sentences has neither trees nor problems', () => {
    for (const content of ['', '\n\n', '# only a comment\n'])
      assert.deepEqual(readConllu(content), { trees: [], problems: [] });
  });
});

describe('a broken sentence of a CoNLL-U file', () => {
  const root = row('1', 'a', '0', 'root');

  it('is left out with its line and reason, and the others load', () => {
    const cases: [rows: string[], line: number, said: RegExp][] = [
      [[root, '2\tb\t1'], 7, /^3 columns instead of 10/],
      [[root, 'b'], 7, /^1 column instead of 10/],
      [[root, row('3', 'c', '1')], 7, /“3” instead of 2/],
      [[root, row('x', 'c', '1')], 7, /“x” instead of 2/],
      [[root, row('2', ' ', '1')], 7, /no token/],
      [[root, row('2', 'b', '_')], 7, /head of “b” is “_”/],
      [[root, row('2', 'b', '-1')], 7, /head of “b” is “-1”/],
      [[root, row('2', 'b', '9')], 7, /is 9, but there are 2 words/],
      [[row('1', 'a', '2'), row('2', 'b', '1')], 6, /no word has the head 0/],
      [[root, row('2', 'b', '0', 'root')], 7, /“a” and “b” both/],
      [[root, row('2', 'b', '3'), row('3', 'c', '2')], 7, /circle: b → c → b/],
      [[root, row('2', 'b', '2')], 7, /circle: b → b/],
      [[row('1-2', 'ab', '_'), root], 6, /the words 1-2/],
      [[root, row('3-4', 'cd', '_'), row('2', 'b', '1')], 7, /the words 3-4/],
      [[row('1-2', 'ab', '_'), root, row('2-3', 'bc', '_')], 8, /the words 2-3/],
    ];
    for (const [rows, line, said] of cases) {
      const problem = problemOf(...rows);
      assert.match(problem.said, said);
      assert.equal(problem.line, line, problem.said);
    }
  });

  it('still begins the document that it says it does', () => {
    const { trees } = readConllu([...GOOD, '# newdoc id = other', row('1', 'a', '5'), '', ...GOOD.slice(2)].join('\n'));
    assert.deepEqual(
      trees.map(({ document }) => document),
      ['letters', 'other'],
    );
  });

  it('has a sentence for every reason', () => {
    for (const code of CONLLU_REASONS) assert.ok(conlluReasonSentence({ code, args: {} }).length > 5);
  });
});
