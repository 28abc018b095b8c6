// How likely continuations are and what speaks for them: against the network computed once more in float64.
import assert from 'node:assert/strict';
import { initialState } from '../../../src/engine/inspection/windowForward';
import { attractorLadder } from '../../../src/labs/agreement/attractorLadder';
import { readPair, wordEnds, type ReadContinuation } from '../../../src/labs/agreement/continuation';
import { readOn, scoreContinuation } from '../../../src/labs/agreement/continuationScore';
import { oddsInfluence } from '../../../src/labs/agreement/oddsInfluence';
import { ItemScorer } from '../../../src/labs/agreement/scoreItem';
import { TokenCounter, type Vocabulary } from '../../../src/text/vocabulary';
import { tokenize, type TokenUnit } from '../../../src/text/tokenize';
import { crossEntropy, oracleForward, type OracleParameters, type OracleShape } from '../../oracle/float64Network';
import { everyCell, randomParameters } from '../../oracle/smallNetworks';
import { modelOf } from '../engine/inspectionModel';

const TEXT = 'the writer of the books is here, the writers are near the door; islands and art. area\n';

function vocabularyOf(unit: TokenUnit, text = TEXT): Vocabulary {
  const counter = new TokenCounter();
  for (const token of tokenize(text, unit)) counter.add(token.text, token.start, token.end);
  return counter.vocabulary(unit);
}

/** ln P of a continuation after a prefix, token by token in float64, and that no token in `inWord` follows where they are given. */
function oracleScore(
  shape: OracleShape,
  parameters: OracleParameters,
  prefix: ArrayLike<number>,
  continuation: ArrayLike<number>,
  inWord: number[] | null,
  perturbed?: { step: number; delta: Float64Array },
): number {
  const ids = [...Array.from(prefix), ...Array.from(continuation)];
  const targets = [...ids.slice(1), -1];
  const perturbation = perturbed && { what: 'x' as const, ...perturbed };
  const { losses, logits } = oracleForward(shape, parameters, ids, targets, undefined, perturbation);
  const sum = losses.slice(prefix.length - 1, ids.length - 1).reduce((total, loss) => total - loss, 0);
  if (inWord === null) return sum;
  const goesOn = inWord.reduce((total, id) => total + Math.exp(-crossEntropy(logits[ids.length - 1], id)), 0);
  return sum + Math.log(1 - goesOn);
}

const inWordOf = ({ entries }: Vocabulary): number[] =>
  entries.flatMap(({ text }, id) => (/^[a-z]$/.test(text) ? [id] : []));

describe('the probability of a continuation', () => {
  for (const { name, shape } of everyCell(5, 4, 0))
    it(`is that of its tokens together, and of its word’s end, in a network of ${name}`, () => {
      const vocabulary = vocabularyOf('characters');
      const own = { ...shape, vocabulary: vocabulary.size };
      const parameters = randomParameters(own, 3, 0.5);
      const model = modelOf(own, parameters, 64);
      const ends = wordEnds(vocabulary);
      const { prefix, continuations } = readPair(vocabulary, 'the writer', ['is', 'are, or'], false);
      for (const read of continuations) {
        const { total, tokens, ending } = scoreContinuation(model, readOn(model, prefix.ids), read, ends);
        const wanted = oracleScore(own, parameters, prefix.ids, read.ids, inWordOf(vocabulary));
        assert.ok(Math.abs(total - wanted) < 1e-4 * Math.abs(wanted), `${total} for ${wanted}`);
        assert.ok(Math.abs(tokens.reduce((a, b) => a + b, 0) + (ending ?? 0) - total) < 1e-12);
      }
      model.dispose();
    });

  it('has no word’s end to a model of words, and is not asked before anything was read', () => {
    const vocabulary = vocabularyOf('words');
    const shape = { ...everyCell(5, 4, vocabulary.size)[3].shape };
    const parameters = randomParameters(shape, 4);
    const model = modelOf(shape, parameters, 64);
    const { prefix, continuations } = readPair(vocabulary, 'the writer of the books', ['is', 'are near'], false);
    const read = readOn(model, prefix.ids);
    for (const continuation of continuations) {
      const { total, ending } = scoreContinuation(model, read, continuation, wordEnds(vocabulary));
      const wanted = oracleScore(shape, parameters, prefix.ids, continuation.ids, null);
      assert.equal(ending, null);
      assert.ok(Math.abs(total - wanted) < 1e-4 * Math.abs(wanted));
    }
    assert.throws(
      () => scoreContinuation(model, initialState(model), continuations[0], wordEnds(vocabulary)),
      RangeError,
    );
    model.dispose();
  });

  it('decides between forms and between sentences, and leaves out what the model does not know', () => {
    const vocabulary = vocabularyOf('words');
    const shape = { ...everyCell(5, 4, vocabulary.size)[5].shape };
    const parameters = randomParameters(shape, 4);
    const model = modelOf(shape, parameters, 64);
    const scorer = new ItemScorer(model, vocabulary);
    const item = { number: null, attractors: null, strict: false, condition: '' };
    const forms = { prefix: 'the writer', right: 'is', wrong: 'are', attached: false };
    const ids = (text: string) => tokenize(text, 'words').map((token) => vocabulary.idOf(token.text));
    const odds = (before: string, a: string, b: string) =>
      oracleScore(shape, parameters, ids(before), ids(a), null) -
      oracleScore(shape, parameters, ids(before), ids(b), null);
    const near = (found: number | undefined, wanted: number) =>
      assert.ok(Math.abs((found ?? NaN) - wanted) < 1e-4, `${found} for ${wanted}`);
    near(scorer.score({ ...item, what: forms })?.logOdds, odds('\nthe writer', 'is', 'are'));
    const sentences = { good: 'the writer is near the door', bad: 'the writers is near the door' };
    near(
      scorer.score({ ...item, what: sentences })?.logOdds,
      odds('\nthe', 'writer is near the door', 'writers is near the door'),
    );
    assert.equal(scorer.score({ ...item, what: { ...forms, wrong: 'wasn’t' } }), null);
    assert.equal(scorer.score({ ...item, what: { good: 'the writer is', bad: 'the poet is' } }), null);
    // The text holds "the" more often than any other word, and "is" as often as "are".
    const frequent = (right: string, wrong: string) =>
      scorer.byFrequency({ ...item, what: { ...forms, right, wrong } });
    assert.deepEqual([frequent('the', 'is'), frequent('is', 'the'), frequent('is', 'are')], [1, 0, 0.5]);
    assert.equal(frequent('is', 'near the'), null, 'no one token decides');
    assert.equal(scorer.byFrequency({ ...item, what: { good: 'the writer', bad: 'is writer' } }), 1);
    model.dispose();
  });
});

describe('the influence on two continuations’ odds', () => {
  it('is the slope of ln P(first) − ln P(second) along each token’s embedding', async () => {
    for (const unit of ['characters', 'words'] as const) {
      const vocabulary = vocabularyOf(unit);
      const shape = { ...everyCell(5, 4, vocabulary.size)[3].shape };
      const parameters = randomParameters(shape, 7);
      const model = modelOf(shape, parameters, 64);
      const { prefix, continuations } = readPair(vocabulary, 'the writers', ['is', 'are near'], false);
      const ends = wordEnds(vocabulary);
      const values = await oddsInfluence(model, prefix.ids, null, continuations, ends, () => Promise.resolve());
      const inWord = unit === 'characters' ? inWordOf(vocabulary) : null;
      const E = shape.embeddingSize;
      prefix.ids.forEach((id, step) => {
        const along = (scale: number, { ids }: ReadContinuation) => {
          const delta = parameters.embedding.slice(id * E, (id + 1) * E).map((value) => scale * value);
          return oracleScore(shape, parameters, prefix.ids, ids, inWord, { step, delta });
        };
        const odds = (scale: number) => along(scale, continuations[0]) - along(scale, continuations[1]);
        const slope = (odds(1e-5) - odds(-1e-5)) / 2e-5;
        assert.ok(
          Math.abs(values[step] - slope) < 1e-4 + 1e-3 * Math.abs(slope),
          `${unit} ${step}: ${values[step]} for ${slope}`,
        );
      });
      model.dispose();
    }
  });
});

describe('reading a prefix and continuations', () => {
  const read = (prefix: string, first: string, attached = false, unit: TokenUnit = 'characters') =>
    readPair(vocabularyOf(unit), prefix, [first, 'are'], attached).continuations[0].texts.join('');

  it('puts a space between them for a model of characters, where none stands and a word begins', () => {
    assert.equal(read('the writer', 'is'), ' is');
    assert.equal(read('the writer ', 'is'), 'is');
    assert.equal(read('the writer', ' is'), ' is');
    assert.equal(read('the writer', ', is'), ', is');
    assert.equal(read('the writer', 's', true), 's');
  });

  it('goes on with the last word where continuations are attached', () => {
    const { prefix, continuations } = readPair(vocabularyOf('words'), 'the writer', ['s', 'x'], true);
    assert.deepEqual(
      prefix.tokens.map(({ text }) => text),
      ['the'],
    );
    assert.deepEqual(continuations[0].texts, ['writers']);
    assert.deepEqual([continuations[0].unknown, continuations[1].unknown], [[], ['writerx']]);
  });
});

describe('attractors put in one by one', () => {
  const known = () => true;

  it('are of the other number, beside the same phrases in the subject’s own', () => {
    const ladder = attractorLadder('The writer', null, 3, known);
    assert.ok(typeof ladder !== 'string');
    assert.deepEqual(ladder.subject, { word: 'writer', number: 'singular', guessed: false });
    assert.deepEqual(
      ladder.attractors.map(({ prefix }) => prefix),
      [
        ...['The writer', 'The writer of the books', 'The writer of the books near the doors'],
        'The writer of the books near the doors with the letters',
      ],
    );
    assert.equal(ladder.control[2].prefix, 'The writer of the book near the door');
  });

  it('follow the number that is told, or guessed of a noun that is not listed', () => {
    const subjectOf = (prefix: string, number: 'singular' | 'plural' | null = null) => {
      const ladder = attractorLadder(prefix, number, 2, known);
      return typeof ladder === 'string' ? ladder : [ladder.subject.word, ladder.subject.number, ladder.subject.guessed];
    };
    assert.deepEqual(subjectOf('The old governments of the land'), ['governments', 'plural', true]);
    assert.deepEqual(subjectOf('The committee'), ['committee', 'singular', true]);
    assert.deepEqual(subjectOf('These sheep'), ['sheep', 'plural', true]);
    assert.deepEqual(subjectOf('The committee', 'plural'), ['committee', 'plural', false]);
    assert.deepEqual(subjectOf('작가는'), 'notEnglish');
    assert.deepEqual(subjectOf('...'), 'numberUnknown');
  });

  it('are nouns that the model knows in both numbers, and none twice', () => {
    const words = new Set(['the', 'near', 'of', 'door', 'doors', 'key', 'boat', 'boats']);
    const ladder = attractorLadder('The writer', null, 6, (word) => words.has(word));
    assert.ok(typeof ladder !== 'string');
    assert.deepEqual(
      ladder.attractors.map(({ inserted }) => inserted),
      [null, 'of the boats', 'near the doors'],
    );
    assert.equal(
      attractorLadder('The writer', null, 6, (word) => word === 'the'),
      'nounsUnknown',
    );
  });
});
