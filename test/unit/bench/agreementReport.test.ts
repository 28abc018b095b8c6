// What `npm run agreement` says of what it found.
import assert from 'node:assert/strict';
import type { SupervisedReport } from '../../../src/trainer/cli/agreementSupervised';
import { agreementSvg } from '../../bench/agreement/picture';
import { claimSentence, templateRows, withAgreement, type AgreementReport } from '../../bench/agreement/report';

const cells = (...accuracies: number[]) =>
  accuracies.map((accuracy, attractors) => ({
    ...{ attractors, n: 100, accuracy, low: accuracy - 0.05, high: accuracy + 0.05 },
    ...{ seeds: [accuracy, accuracy], majority: 0.5 },
  }));

function supervised(vanilla: number[], lstm: number[]): SupervisedReport {
  const network = (cell: 'vanilla' | 'lstm', accuracies: number[]) => ({
    ...{ cell, parameters: 1, seconds: 1, all: cells(...accuracies), strict: cells(...accuracies) },
  });
  const options = { hiddenUnits: 4, embeddingSize: 4, epochs: 1, learningRate: 0.1, clipNorm: 1, lanes: 2 };
  return {
    ...{ items: 400, documents: 9, folds: 5, seeds: [1, 2], interrupted: false },
    options: { ...options, leastOccurrences: 2, rareAs: 'tag' },
    networks: [network('vanilla', vanilla), network('lstm', lstm)],
  };
}

const held = supervised([0.9, 0.5, 0.4, 0.2], [0.94, 0.8, 0.7, 0.52]);

describe('the report on agreement', () => {
  it('says that the claim held only where intervals lie apart with attractors in between', () => {
    assert.match(
      claimSentence(held),
      /claim held here: however many attractors.*names their number.*no better than a coin/,
    );
    const partly = supervised([0.9, 0.5, 0.6, 0.7], [0.94, 0.8, 0.65, 0.72]);
    assert.match(claimSentence(partly), /claim held here: where 1 attractor stands in between/);
    assert.match(claimSentence(supervised([0.9, 0.8], [0.99, 0.85])), /did not hold here/);
  });

  it('tells templates by epoch as means over seeds', () => {
    const hits = (share: number) => Array.from({ length: 9 }, () => [400, 400 * share]);
    const rows = templateRows([
      { cell: 'gru', seed: 1, hits: hits(0.5) },
      { cell: 'gru', seed: 2, hits: hits(0.7) },
    ]);
    assert.deepEqual(rows.slice(0, 2), [
      ['attractors', '0', '1'],
      ['GRU, epoch 1', '100.0 %', '60.0 %'],
    ]);
  });

  it('stands between its marks in the README, with a picture of every cell', () => {
    const curves = (['vanilla', 'lstm'] as const).map((cell) => ({
      ...{ cell, seed: 1, hits: Array.from({ length: 9 }, () => [400, 200]) },
    }));
    const report: AgreementReport = {
      files: ['a.conllu'],
      supervised: { tag: held, unknown: held },
      training: 9,
      curves,
    };
    const [begin, end] = [
      '<!-- agreement: written by npm run agreement -- FILE.conllu … --readme -->',
      '<!-- agreement: end -->',
    ];
    const readme = withAgreement(`before\n${begin}\nstale\n${end}\nafter`, report, 'media/x.png');
    assert.ok(readme.startsWith('before') && readme.endsWith('after') && !readme.includes('stale'));
    assert.match(readme, /\| LSTM +\| 94\.0 % \[89\.0, 99\.0\]/);
    assert.throws(() => withAgreement('no marks', report, 'media/x.png'), /no part between/);
    const svg = agreementSvg(report);
    assert.ok(svg.includes('>vanilla<') && svg.includes('>LSTM<') && !svg.includes('NaN'));
  });
});
