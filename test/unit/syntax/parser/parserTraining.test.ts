// A tiny parser that learns sentences made by rules: what it learns, what it keeps in a file, and sentences unlike those it has seen.
import assert from 'node:assert/strict';
import { bestParse } from '../../../../src/syntax/parser/bestParse';
import { newParser } from '../../../../src/syntax/parser/newParser';
import { decodeParser, encodeParser, ParserFileError } from '../../../../src/syntax/parser/parserFile';
import { LONGEST_SENTENCE, parserBytes } from '../../../../src/syntax/parser/parserMemory';
import { NO_DROPOUT } from '../../../../src/syntax/parser/parserConfig';
import { ParserModel } from '../../../../src/syntax/parser/parserModel';
import { openParser, parserArenaBytes, parserWith, type Parser } from '../../../../src/syntax/parser/parseSentences';
import { DEFAULT_PLAN, ParserTraining } from '../../../../src/syntax/parser/parserTraining';
import { frequenciesOf, goldSentence } from '../../../../src/syntax/parser/readTrees';
import type { DependencyTree } from '../../../../src/syntax/trees/dependencyTree';
import { treeScores } from '../../../../src/syntax/trees/treeScores';
import { kernelsNamed } from '../../engine/kernelsUnderTest';

/** “The dogs of the king see a cat .”: what the verb's subject and object are is told by their places, not by the words. */
function madeUp(number: number): DependencyTree {
  const noun = (k: number) => ['dogs', 'cats', 'kings', 'writers', 'books'][(number * 3 + k * 2) % 5];
  const verb = ['see', 'like', 'find'][number % 3];
  const words: [form: string, upos: string, head: number, relation: string][] =
    number % 2 === 0
      ? [
          ['the', 'DET', 2, 'det'],
          [noun(0), 'NOUN', 5, 'nsubj'],
          ['of', 'ADP', 4, 'case'],
          [noun(1), 'NOUN', 2, 'nmod:of'],
          [verb, 'VERB', 0, 'root'],
          [noun(2), 'NOUN', 5, 'obj'],
        ]
      : [
          [noun(0), 'NOUN', 2, 'nsubj'],
          [verb, 'VERB', 0, 'root'],
          ['the', 'DET', 4, 'det'],
          [noun(1), 'NOUN', 2, 'obj'],
        ];
  return {
    forms: words.map(([form]) => form),
    upos: words.map(([, upos]) => upos),
    heads: Int32Array.from(words, ([, , head]) => head),
    relations: words.map(([, , , relation]) => relation),
  };
}

const TREES = Array.from({ length: 30 }, (_, number) => madeUp(number));
const SIZE = { units: 12, layers: 2, arcWidth: 12, labelWidth: 8 };
const PLAN = { ...DEFAULT_PLAN.en, epochs: 25, batchWords: 30, learningRate: 1e-2, dropout: NO_DROPOUT };

async function trained() {
  const { config, tables } = newParser(TREES, 'en', SIZE, PLAN);
  const bytes = parserBytes(config, PLAN.batchWords, true) + parserBytes(config, LONGEST_SENTENCE, false);
  const model = new ParserModel(await kernelsNamed('simd', bytes), config, PLAN.dropout.layers);
  const examples = TREES.map((tree) => goldSentence(tree, tables, config.relations, config.tags));
  const training = new ParserTraining(model, examples, frequenciesOf(tables), PLAN);
  for (let epoch = 0; epoch < PLAN.epochs; epoch++) training.runEpoch();
  return { model, tables, parser: parserWith(model, tables, {}) };
}

const treesOf = (parser: Parser, sentences: string[][]) =>
  parser.parse(sentences).map((answer, at) => bestParse(sentences[at], answer));

describe('a parser', () => {
  let small: Awaited<ReturnType<typeof trained>>;
  let file: Uint8Array<ArrayBuffer>;
  before(async () => {
    small = await trained();
    file = encodeParser(small.model, small.tables, { licence: 'CC0' });
  });
  after(() => small.model.dispose());

  it('learns thirty sentences by heart: heads, relations with subtypes and parts of speech', () => {
    const found = treeScores(
      TREES,
      treesOf(
        small.parser,
        TREES.map(({ forms }) => forms),
      ),
    );
    assert.deepEqual([found.heads, found.labelledWithSubtypes, found.upos], [found.words, found.words, found.words]);
  });

  it('learns the same weights from the same seed', async () => {
    const again = await trained();
    assert.deepEqual(encodeParser(again.model, again.tables, { licence: 'CC0' }), file);
    again.model.dispose();
  });

  it('gives the same trees from its file, whose numbers are off by little', async () => {
    const decoded = decodeParser(file);
    assert.equal(decoded.notes.licence, 'CC0');
    for (const { name, values } of small.model.all) {
      const read = new Float32Array(values.length);
      decoded.read(name, read);
      const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      const error = values.reduce((worst, value, at) => Math.max(worst, Math.abs(value - read[at])), 0);
      // Half a scale, which is at most 2^⅛ of a row's largest number by 7 (by 127).
      assert.ok(error <= (most * (name.startsWith('slot.') ? 1 / 7 : 1 / 127) * 2 ** (1 / 8)) / 2 + 1e-7, name);
    }
    const opened = openParser(file, await kernelsNamed('simd', parserArenaBytes(decoded)));
    const forms = TREES.map((tree) => tree.forms);
    assert.deepEqual(treesOf(opened, forms), treesOf(small.parser, forms));
    opened.dispose();
  });

  it('says what is no file of its own', () => {
    assert.throws(() => decodeParser(new Uint8Array(20)), ParserFileError);
    assert.throws(() => decodeParser(file.subarray(0, file.length - 5)), ParserFileError);
  });

  it('parses one word, unknown words, three hundred words, and nothing at all', () => {
    const long = Array.from({ length: 300 }, (_, word) => (word % 2 ? 'the' : '모르는😀'));
    const sentences = [['cats'], [], ['쥐', '</s>', '☃', 'xyzzy'], long];
    const trees = treesOf(small.parser, sentences);
    assert.deepEqual(
      trees.map(({ heads }) => heads.length),
      [1, 0, 4, 300],
    );
    assert.deepEqual([trees[0].heads[0], trees[0].relations[0]], [0, 'root']);
    for (const { heads, relations } of trees.filter(({ forms }) => forms.length > 0))
      assert.deepEqual(
        Array.from(heads, (head) => head === 0),
        relations.map((relation) => relation === 'root'),
      );
  });

  it('answers a sentence alone as among others, to rounding', () => {
    const [alone] = small.parser.parse([TREES[0].forms]);
    const among = small.parser.parse(TREES.map(({ forms }) => forms))[0];
    alone.scores.forEach((score, at) => assert.ok(Math.abs(score - among.scores[at]) <= 1e-3 * (1 + Math.abs(score))));
  });

  it('names a relation for every arc, the likely and the others, with probabilities', () => {
    const [answer] = small.parser.parse([TREES[0].forms]);
    for (let d = 1; d <= answer.n; d++)
      for (let h = 0; h <= answer.n; h++) {
        if (h === d) continue;
        const { relation, probability } = answer.relation(h, d);
        assert.equal(relation === 'root', h === 0);
        assert.ok(probability > 0.2 && probability <= 1);
      }
    assert.throws(() => answer.relation(1, 1), RangeError);
  });

  it('refuses sentences that do not fit', () => {
    assert.throws(() => small.parser.parse([new Array<string>(LONGEST_SENTENCE + 1).fill('a')]), RangeError);
  });
});
