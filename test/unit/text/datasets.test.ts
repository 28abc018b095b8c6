// Examples of tasks out of files: which columns, which line is wrong, what is skipped, and what a file is probably for.
import assert from 'node:assert/strict';
import { DatasetError } from '../../../src/text/datasets/examples';
import { guessTask } from '../../../src/text/datasets/guessTask';
import { readLabelledTable, readLinesOfClass } from '../../../src/text/datasets/labelledTexts';
import { readTagged } from '../../../src/text/datasets/taggedSentences';

function problemOf(work: () => unknown): { problem: string; args: Record<string, string | number> } {
  try {
    work();
  } catch (error) {
    if (error instanceof DatasetError) return { problem: error.problem, args: error.args };
    throw error;
  }
  throw new Error('nothing was wrong');
}

const rows = (...lines: string[]) => lines.map((line) => `${line}\n`).join('');
const CONLLU = rows(
  '# text = They don’t fly.',
  '1\tThey\tthey\tPRON\tPRP\t_\t3\tnsubj\t_\t_',
  '2-3\tdon’t\t_\t_\t_\t_\t_\t_\t_\t_',
  '2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_',
  '3\tn’t\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_',
  '4\tfly\tfly\tVERB\tVB\t_\t0\troot\t_\t_',
  '4.1\tghost\t_\tVERB\t_\t_\t_\t_\t_\t_',
  '',
  '1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_',
);

describe('labelled texts', () => {
  it('come from two columns in either order, told apart by what repeats', () => {
    const labelFirst = readLabelledTable(
      rows('good\ta fine film', 'bad\ta dull film', 'good\tlovely', 'bad\tawful "thing'),
    );
    assert.deepEqual(labelFirst.examples[3], { label: 'bad', text: 'awful "thing' });
    const several = Array.from({ length: 20 }, (_, k) => `sentence number ${k}\t${k % 2}`);
    const textFirst = readLabelledTable(rows(...several));
    assert.deepEqual(textFirst.examples[1], { label: '1', text: 'sentence number 1' });
    assert.equal(textFirst.columns.header, false);
  });

  it('come from named columns, whatever their order and number', () => {
    const table = rows('id\tdocument\tlabel', '1\t좋은 영화\t1', '2\t나쁜 영화\t0', '3\tفيلم جيد\t1');
    const { examples, columns } = readLabelledTable(table);
    assert.deepEqual(columns, { label: 2, text: 1, header: true });
    assert.deepEqual(examples[2], { label: '1', text: 'فيلم جيد' });
    const given = readLabelledTable(rows('a,b,c', 'x,1,2', 'y,3,4'), { label: 'c', text: 'a' });
    assert.deepEqual(given.examples, [
      { label: '2', text: 'x' },
      { label: '4', text: 'y' },
    ]);
    assert.deepEqual(readLabelledTable(rows('x,1', 'y,2'), { label: '2', text: '1' }).examples[0], {
      label: '1',
      text: 'x',
    });
  });

  it('may hold separators, quotation marks and line ends inside of quoted cells of CSV', () => {
    const table = 'review,label\r\n"Good, very ""good""\r\nindeed",pos\r\nfine,neg\r\n';
    const { examples } = readLabelledTable(table);
    assert.deepEqual(examples, [
      { label: 'pos', text: 'Good, very "good"\r\nindeed' },
      { label: 'neg', text: 'fine' },
    ]);
    assert.equal(readLabelledTable('text;label\na;1\nb;2\n').examples.length, 2);
  });

  it('leave out empty lines and rows without label or text, and count them', () => {
    const { examples, emptyLines, incomplete } = readLabelledTable(
      rows('p\tone', '', 'n\ttwo', '\tthree', 'p\t', '', 'n\tsix'),
    );
    assert.deepEqual([examples.length, emptyLines, incomplete], [3, 2, 2]);
    const lines = readLinesOfClass('a b\n\n  \nc\n', 'x');
    assert.deepEqual(
      [lines.examples, lines.emptyLines],
      [
        [
          { text: 'a b', label: 'x' },
          { text: 'c', label: 'x' },
        ],
        2,
      ],
    );
  });

  it('name the line that is malformed', () => {
    const columns = { problem: 'malformed', args: { line: 4, reason: '3 columns instead of 2' } };
    assert.deepEqual(
      problemOf(() => readLabelledTable(rows('p\ta', '', 'n\tb', 'p\tc\td'))),
      columns,
    );
    const csv = rows('label,text', 'p,"one', 'two"', 'n,fine', 'p,1,2');
    assert.deepEqual(
      problemOf(() => readLabelledTable(csv)),
      {
        problem: 'malformed',
        args: { line: 5, reason: '3 columns instead of 2' },
      },
    );
    const open = problemOf(() => readLabelledTable(rows('label,text', 'p,fine', 'n,"never closed', 'p,x')));
    assert.equal(open.problem, 'malformed');
    assert.equal(open.args.line, 3);
  });

  it('are none where no column repeats or the wanted one is not there', () => {
    assert.equal(problemOf(() => readLabelledTable(rows('one', 'two'))).problem, 'unlabelled');
    const distinct = Array.from({ length: 30 }, (_, k) => `a${k}\tb${k}`);
    assert.equal(problemOf(() => readLabelledTable(rows(...distinct))).problem, 'unlabelled');
    assert.deepEqual(
      problemOf(() => readLabelledTable('label,text\np,x\n', { label: 'mood' })),
      {
        problem: 'unlabelled',
        args: { column: 'mood', found: 'label, text' },
      },
    );
    const foundIn = (...lines: string[]) =>
      problemOf(() => readLabelledTable(rows(...lines), { label: 'mood' })).args.found;
    assert.equal(foundIn('feeling,words', 'p,x', 'n,y'), 'feeling, words', 'whatever they are called');
    assert.equal(foundIn('1,fine', '0,dull', '1,good'), '1–2', 'no name is a number');
  });

  it('may have a hundred classes', () => {
    const table = Array.from({ length: 400 }, (_, k) => `class ${k % 100}\ttext ${k}`);
    const { examples } = readLabelledTable(rows(...table));
    assert.equal(new Set(examples.map(({ label }) => label)).size, 100);
  });
});

describe('tagged sentences', () => {
  it('come from CoNLL-U by words, without multiword tokens, empty nodes and comments', () => {
    const { examples, column } = readTagged(CONLLU);
    assert.equal(column, 'UPOS');
    assert.deepEqual(examples, [
      { tokens: ['They', 'do', 'n’t', 'fly'], tags: ['PRON', 'AUX', 'PART', 'VERB'] },
      { tokens: ['Yes'], tags: ['INTJ'] },
    ]);
    assert.deepEqual(readTagged(CONLLU, 'xpos').examples[0].tags, ['PRP', 'VBP', 'RB', 'VB']);
    assert.deepEqual(readTagged(CONLLU, '8').examples[1].tags, ['root']);
  });

  it('come from lines with token and tag, empty lines between sentences', () => {
    const { examples, emptyLines } = readTagged('나는\tNP\r\n간다\tVV\r\n\r\n\r\nשלום\tIJ\r\n');
    assert.deepEqual(examples, [
      { tokens: ['나는', '간다'], tags: ['NP', 'VV'] },
      { tokens: ['שלום'], tags: ['IJ'] },
    ]);
    assert.equal(emptyLines, 1);
    assert.deepEqual(readTagged(rows('EU\tNNP\tB-ORG', 'rejects\tVBZ\tO')).examples[0].tags, ['B-ORG', 'O']);
    assert.deepEqual(readTagged(rows('EU\tNNP\tB-ORG', 'rejects\tVBZ\tO'), '2').examples[0].tags, ['NNP', 'VBZ']);
  });

  it('name the line that is malformed', () => {
    const short = problemOf(() => readTagged(CONLLU + '2\tand\tand\n'));
    assert.equal(short.problem, 'malformed');
    assert.equal(short.args.line, 10);
    assert.deepEqual(problemOf(() => readTagged(rows('a\tX', 'b', 'c\tX'))).args.line, 2);
    assert.deepEqual(problemOf(() => readTagged(rows('a\tX', '\tY'))).args, { line: 2, reason: 'no token' });
  });

  it('are none where no token has a tag', () => {
    assert.equal(problemOf(() => readTagged('just\nwords\n')).problem, 'unlabelled');
    assert.deepEqual(
      problemOf(() => readTagged(CONLLU, 'DEPS')),
      { problem: 'untagged', args: { column: 'DEPS' } },
    );
    const { args } = problemOf(() => readTagged(CONLLU, 'COLOUR'));
    assert.deepEqual(args, { column: 'COLOUR', found: 'LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC' });
  });
});

describe('the guess what a file is for', () => {
  const labelled = rows(...Array.from({ length: 20 }, (_, k) => `${k % 2 ? 'pos' : 'neg'}\tsentence ${k} of them`));
  const tagged = rows('the\tDT', 'cat\tNN', '', 'a\tDT', 'dog\tNN', 'barks\tVBZ');
  const cases: [string, string, string][] = [
    ['a.conllu', CONLLU, 'tagging'],
    ['a.txt', CONLLU, 'tagging'],
    ['a.txt', tagged, 'tagging'],
    ['a.tsv', labelled, 'classification'],
    ['a.txt', `${labelled}neg\tcut off in the mid`, 'classification'],
    ['a.csv', 'text,label\n"a, b",x\nc,y\nd,x\ne,y\n', 'classification'],
    ['a.txt', 'Call me Ishmael.\nSome years ago, never mind how long.\n', 'language'],
    ['a.csv', 'x,y\n1.5,2.25\n3.5,4.75\n5.5,6.5\n7.5,8.125\n9,10\n11,12\n13,14\n15,16\n17,18\n', 'language'],
    ['a.ts', 'if (a) {\n\treturn b;\n}\n', 'language'],
    ['empty', '', 'language'],
  ];
  for (const [name, beginning, task] of cases)
    it(`is ${task} for ${name}: ${JSON.stringify(beginning.slice(0, 24))}`, () =>
      assert.equal(guessTask(name, beginning), task));
});
