// Where the example at the cursor begins and ends, and what its file says of it.
import assert from 'node:assert/strict';
import { exampleAt, firstExample, type ExampleReading } from '../../../src/text/datasets/exampleAt';

const classes: ExampleReading = {
  ...{ task: 'classification', unit: 'words', lowerCase: true, labels: ['good', 'bad'], columns: ['1', '2'] },
};
const tagging: ExampleReading = {
  ...{ task: 'tagging', unit: 'words', lowerCase: false, labels: ['NOUN', 'VERB', 'DET'], columns: ['UPOS'] },
};

/** The example with the cursor at “|”, each token with the text that its offsets name. */
function at(text: string, reading: ExampleReading) {
  const cursor = text.indexOf('|');
  const whole = text.replace('|', '');
  const found = exampleAt(whole, cursor, reading);
  return found && { ...found, said: found.tokens.map(({ start, end }) => whole.slice(start, end)) };
}

describe('the example at the cursor', () => {
  it('is the text column of a labelled line, with its label', () => {
    const found = at('good\tA fine film\nbad\tA dull| one\n', classes);
    assert.deepEqual(
      found?.tokens.map(({ text }) => text),
      ['a', 'dull', 'one'],
    );
    assert.deepEqual(found?.said, ['A', 'dull', 'one']);
    assert.equal(found?.label, 'bad');
    assert.equal(found?.focus, 1);
  });

  it('is the text of a line of CSV, its quotation marks taken for what they stand for', () => {
    const found = at('label,text\r\nbad,"He said ""no|"", twice"\r\n', classes);
    assert.equal(found?.label, 'bad');
    assert.deepEqual(found?.said, ['He', 'said', '""', 'no', '""', ',', 'twice']);
    assert.equal(found?.focus, 3);
  });

  it('finds columns in the order that the file was read in', () => {
    const found = at('7;a fine day|;good\n', { ...classes, columns: ['3', '2'] });
    assert.equal(found?.label, 'good');
    assert.deepEqual(found?.said, ['a', 'fine', 'day']);
  });

  it('is any other line as a whole, without a label', () => {
    const found = at('first line\nIt was, well, good| enough\n', classes);
    assert.equal(found?.label, null);
    assert.deepEqual(found?.said.join(' '), 'It was , well , good enough');
  });

  it('is on an empty line the one before, else the next', () => {
    assert.deepEqual(at('one\n\n|\ntwo', classes)?.said, ['one']);
    assert.deepEqual(at('|\n\ntwo', classes)?.said, ['two']);
    assert.equal(at(' \n|\t\n', classes), null);
  });

  it('is Korean text with its own offsets', () => {
    const found = at('good\t영화가 정말| 좋았다\n', classes);
    assert.equal(found?.said.join(''), '영화가정말좋았다');
    assert.equal(found?.label, 'good');
  });

  it('is the sentence of a CoNLL-U file, words alone, with the tag of each', () => {
    const row = (id: string, form: string, tag: string) =>
      [id, form, '_', tag, '_', '_', '0', '_', '_', '_'].join('\t');
    const before = `# text = x\n${row('1', 'The', 'DET')}\n\n# next\n${row('1-2', 'dogs', '_')}\n${row('1', 'dogs', 'NOUN')}\n`;
    const found = at(`${before}${row('2', 'run', 'VERB').replace('VERB', 'VE|RB')}\n`, tagging);
    assert.deepEqual(found?.said, ['dogs', 'run']);
    assert.deepEqual(found?.tags, ['NOUN', 'VERB']);
    assert.equal(found?.focus, 1);
  });

  it('is the sentence of a file of tokens and tags; tags that were not trained on are not known', () => {
    const found = at('The\tDET\n|dogs\tNOUN\nbark\tX\n\nNo\tDET\n', { ...tagging, columns: ['2'] });
    assert.deepEqual(found?.said, ['The', 'dogs', 'bark']);
    assert.deepEqual(found?.tags, ['DET', 'NOUN', null]);
    assert.equal(found?.focus, 1);
  });

  it('is a plain sentence where a tagger is tried on one', () => {
    const found = at('Dogs bark|.\n', tagging);
    assert.deepEqual(found?.said, ['Dogs', 'bark', '.']);
    assert.deepEqual(found?.tags, [null, null, null]);
    assert.equal(found?.tokens[0].text, 'Dogs');
  });

  it('is of a file as a whole its first labelled line, not the names of its columns', () => {
    const found = firstExample('label\ttext\ngood\tnice\n', classes);
    assert.equal(found?.label, 'good');
    assert.deepEqual(
      found?.tokens.map(({ text }) => text),
      ['nice'],
    );
  });
});
