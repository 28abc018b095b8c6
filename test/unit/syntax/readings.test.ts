// Which readings of a sentence are told, and how probable they are said to be.
import assert from 'node:assert/strict';
import { bestReadings, readingsOf, SECOND_HEAD_FROM } from '../../../src/syntax/trees/readings';
import type { ScoredSentence } from '../../../src/syntax/trees/wordHeads';
import { everyTree, scoreOf, scoresOf } from './everyTree';

const WORDS = ['Scientists', 'study', 'whales', 'from', 'space', '.'];
const TAGS = ['NOUN', 'VERB', 'NOUN', 'ADP', 'NOUN', 'PUNCT'];
const HEADS = [2, 0, 2, 5, 2, 2];

/** The heads above are sure, but space may depend on whales, and the full stop belongs anywhere. */
function whales(whalesRatherThanStudy: number, upos: (string | null)[] = TAGS): ScoredSentence {
  const n = WORDS.length;
  const scores = new Float64Array((n + 1) ** 2).fill(-12);
  HEADS.forEach((head, word) => (scores[(word + 1) * (n + 1) + head] = 0));
  scores[5 * (n + 1) + 3] = whalesRatherThanStudy;
  for (let head = 1; head <= 5; head++) scores[6 * (n + 1) + head] = -0.1 * head;
  const relation = (head: number, dependent: number): { relation: string } => {
    if (dependent === 6) return { relation: 'punct' };
    return { relation: dependent === 5 ? (head === 3 ? 'nmod' : 'obl') : 'dep' };
  };
  return { n, scores, relation, upos };
}

describe('the readings of a sentence', () => {
  it('are two where a word may belong to either, with the word that makes the difference', () => {
    const { readings, differs } = readingsOf(whales(-1));
    assert.deepEqual(differs, [4]);
    assert.deepEqual(
      readings.map(({ arcs }) => [arcs[4].head, arcs[4].relation]),
      [
        [2, 'obl'],
        [3, 'nmod'],
      ],
    );
    const share = 1 / (1 + Math.exp(-1));
    assert.ok(Math.abs(readings[0].probability - share) < 1e-3);
    assert.ok(Math.abs(readings[1].probability - (1 - share)) < 1e-3);
    assert.ok(Math.abs(readings[1].arcs[4].marginal - (1 - share)) < 1e-3);
  });

  it('begin with the more probable one', () => {
    assert.equal(readingsOf(whales(2)).readings[0].arcs[4].head, 3);
  });

  it('are one where the second is less probable than is told', () => {
    const { readings, differs } = readingsOf(whales(-3));
    assert.equal(readings.length, 1);
    assert.deepEqual(differs, []);
    const second = readingsOf(whales(Math.log(SECOND_HEAD_FROM / (1 - SECOND_HEAD_FROM)) + 0.01));
    assert.equal(second.readings.length, 2);
  });

  it('are one where two together are less probable than is told: the parser does not know then', () => {
    const sentence = whales(0);
    for (const head of [1, 4]) sentence.scores[5 * 7 + head] = -0.1;
    assert.equal(readingsOf(whales(0)).readings.length, 2);
    assert.equal(readingsOf(sentence).readings.length, 1);
  });

  it('are one where only the root word is in doubt', () => {
    const scores = new Float64Array(9).fill(-12);
    for (const arc of [3, 6, 5, 7]) scores[arc] = 0;
    const { readings } = readingsOf({ n: 2, scores, upos: [null, null], relation: () => ({ relation: 'dep' }) });
    assert.equal(readings.length, 1);
    assert.ok(readings[0].probability < 0.6);
  });

  it('are never two because of punctuation, tagged so or related so', () => {
    for (const upos of [TAGS, WORDS.map(() => null)]) {
      const { readings } = readingsOf(whales(-8, upos));
      assert.equal(readings.length, 1);
      assert.ok(readings[0].probability > 0.99, String(readings[0].probability));
    }
  });

  it('have the probability of all trees that agree but for punctuation', () => {
    for (let seed = 0; seed < 10; seed++) {
      const scores = scoresOf('any', 5, seed);
      const upos = ['NOUN', 'PUNCT', 'VERB', 'NOUN', 'PUNCT'];
      const { readings } = readingsOf({ n: 5, scores, upos, relation: () => ({ relation: 'dep' }) });
      const sums = new Map<string, number>();
      const key = (heads: ArrayLike<number>): string => [0, 2, 3].map((word) => heads[word]).join();
      for (const heads of everyTree(5)) {
        const weight = Math.exp(scoreOf(scores, heads));
        sums.set(key(heads), (sums.get(key(heads)) ?? 0) + weight);
      }
      const total = [...sums.values()].reduce((sum, each) => sum + each, 0);
      for (const { probability, arcs } of readings) {
        const expected = (sums.get(key(arcs.map(({ head }) => head))) ?? 0) / total;
        assert.ok(Math.abs(probability - expected) < 1e-10, `${seed}: ${probability}, not ${expected}`);
      }
    }
  });

  it('are one where other words are in doubt, too', () => {
    const sentence = whales(-1);
    sentence.scores[3 * 7 + 1] = 0;
    const relation = (head: number, dependent: number) =>
      dependent === 3 ? { relation: 'obj' } : sentence.relation(head, dependent);
    assert.equal(readingsOf({ ...sentence, relation }).readings.length, 1);
  });

  it('are one where the word has no modifier’s place at its second head', () => {
    const sentence = whales(-1);
    const relation = (head: number, dependent: number) =>
      dependent === 5 && head === 3 ? { relation: 'nsubj' } : sentence.relation(head, dependent);
    assert.equal(readingsOf({ ...sentence, relation }).readings.length, 1);
  });

  it('asked for by number are the most probable trees that differ in more than punctuation', () => {
    const upos = ['NOUN', 'PUNCT', 'VERB', 'NOUN', 'PUNCT'];
    for (let seed = 0; seed < 10; seed++) {
      const scores = scoresOf('any', 5, seed);
      const { readings } = bestReadings({ n: 5, scores, upos, relation: () => ({ relation: 'dep' }) }, 4);
      const best = new Map<string, number>();
      const key = (heads: ArrayLike<number>): string => [0, 2, 3].map((word) => heads[word]).join();
      for (const heads of everyTree(5))
        best.set(key(heads), Math.max(best.get(key(heads)) ?? -Infinity, scoreOf(scores, heads)));
      const expected = [...best].sort(([, a], [, b]) => b - a).slice(0, 4);
      const found = readings.map(({ arcs }) => key(arcs.map(({ head }) => head)));
      assert.deepEqual(new Set(found), new Set(expected.map(([heads]) => heads)));
      assert.ok(readings.every(({ probability }, at) => at === 0 || probability <= readings[at - 1].probability));
    }
  });

  it('asked for by number are fewer where there are no more trees', () => {
    const sentence = {
      n: 2,
      scores: new Float64Array(9),
      upos: ['VERB', 'NOUN'],
      relation: () => ({ relation: 'dep' }),
    };
    const { readings, differs } = bestReadings(sentence, 5);
    assert.deepEqual([readings.length, differs], [2, [0, 1]]);
  });

  it('of a single word is itself', () => {
    const sentence = { n: 1, scores: new Float64Array(4), upos: ['INTJ'], relation: () => ({ relation: 'root' }) };
    assert.deepEqual(readingsOf(sentence).readings, [
      { probability: 1, arcs: [{ head: 0, relation: 'root', marginal: 1 }] },
    ]);
  });
});
