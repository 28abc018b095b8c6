// The joined measure on a corpus whose dependencies are planted: it finds them, and finds nothing where arcs lie anywhere else.
import assert from 'node:assert/strict';
import { atOnce } from '../../../src/engine/inspection/pieces';
import type { LanguageModel } from '../../../src/engine/network/languageModel';
import { ArcMeasurement } from '../../../src/labs/arcs/arcMeasurement';
import { estimateArcs } from '../../../src/labs/arcs/arcStatistics';
import type { ArcSentence } from '../../../src/labs/arcs/arcSentence';
import { batchOf, disposeModels, smallTraining } from '../engine/smallTraining';
import { plantedCorpus, PLANTED_VOCABULARY, withoutDependencies } from './plantedCorpus';

const DISTANCES = [
  { from: 1, to: 2 },
  { from: 3, to: 4 },
  { from: 5, to: null },
];
const COUNT = 300;
const NETWORK = { hiddenUnits: 24, embeddingSize: 16, vocabulary: PLANTED_VOCABULARY };

function measure(model: LanguageModel, sentences: readonly ArcSentence[], hidden: number | null = null) {
  const measurement = new ArcMeasurement(model, hidden);
  for (const sentence of sentences) atOnce(measurement.add(sentence, model));
  return measurement;
}

describe('the joined measure', () => {
  const { sentences } = plantedCorpus(COUNT, 2);
  let model: LanguageModel;

  before(async () => {
    const training = await smallTraining(NETWORK, { timesteps: 22, batch: 32, clipNorm: 1, learningRate: 1e-2 });
    const { text } = plantedCorpus(8000, 1);
    for (let step = 0; step < 250; step++) {
      const { inputs, targets } = batchOf(text, training.options, step);
      training.session.step(inputs, targets);
    }
    model = training.model;
  });
  after(disposeModels);

  it('finds planted dependencies, at their distances alone', () => {
    const { later, documents, counts } = measure(model, sentences);
    const { curves, relations, unmatched } = atOnce(estimateArcs([later], documents, DISTANCES));
    assert.deepEqual([counts.arcs, counts.sentences, unmatched], [COUNT, COUNT, 0]);
    for (const { order, points } of curves) {
      const [near, ...planted] = points;
      assert.deepEqual([near.n, near.share, near.value], [0, null, null], order);
      for (const { n, coarse, share } of planted) {
        assert.ok(n > 50 && coarse === 0 && share, `${n} arcs`);
        assert.ok(share.ratio > 1.4 && share.low > 1.25, `${order}: ${JSON.stringify(share)}`);
      }
    }
    assert.deepEqual(
      relations.map(({ relation, order, n }) => [relation, order, n]),
      [
        ['planted', 'headFirst', COUNT / 2],
        ['planted', 'dependentFirst', COUNT / 2],
      ],
    );
  });

  it('finds in gradients themselves how surely a word is foretold: the share says where they go', () => {
    const { later, documents } = measure(model, sentences);
    const [, , { points }] = atOnce(estimateArcs([later], documents, DISTANCES)).curves;
    for (const { value } of points.slice(1)) assert.ok(value && value.high < 1, JSON.stringify(value));
  });

  it('finds nothing where arcs join words that have nothing to do with each other', () => {
    const { later, documents } = measure(model, withoutDependencies(sentences, 4));
    const [, , { points }] = atOnce(estimateArcs([later], documents, DISTANCES)).curves;
    for (const { share, n } of points.slice(1))
      assert.ok(n > 50 && share && share.low < 1 && share.high > 1, JSON.stringify(share));
  });

  it('finds nothing before training', async () => {
    const { model: untrained } = await smallTraining(NETWORK);
    const { later, documents } = measure(untrained, sentences);
    const [, , { points }] = atOnce(estimateArcs([later], documents, DISTANCES)).curves;
    for (const { share } of points.slice(1)) assert.ok(share && share.ratio < 1.2, JSON.stringify(share));
  });
});

describe('the joined measure of a cloze model', () => {
  after(disposeModels);

  it('asks both words of every arc, each hidden', async () => {
    const { sentences } = plantedCorpus(40, 2);
    const head = { kind: 'tags', tags: PLANTED_VOCABULARY + 1 } as const;
    const network = { ...NETWORK, vocabulary: PLANTED_VOCABULARY + 1, bidirectional: true, head };
    const { model } = await smallTraining(network);
    const { later, earlier, counts } = measure(model, sentences, PLANTED_VOCABULARY);
    const pairs = (10 * 9) / 2;
    assert.deepEqual([later.length, earlier.length, counts.arcs], [40 * pairs, 40 * pairs, 40]);
    // The shares of all words that one loss looks at, before it and behind it, add up to one.
    const first = Array.from({ length: pairs }, (_, k) => earlier.share(k)).slice(0, 9);
    assert.ok(Math.abs(first.reduce((sum, share) => sum + share, 0) - 1) < 1e-6);
  });
});
