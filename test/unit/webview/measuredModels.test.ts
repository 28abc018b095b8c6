// What sections ask of the run shown and of those it is compared with: the same question, of weights that are named in its moment.
import assert from 'node:assert/strict';
import type { AgreementCell, AgreementSetAnswer } from '../../../src/protocol/agreement';
import type { JoinedAnswer } from '../../../src/protocol/joined';
import { agreementAsked, agreementChoices } from '../../../webview/agreementChoices';
import { attractorClasses, probabilityText, setCurves } from '../../../webview/agreementCurves';
import { askedModels } from '../../../webview/askedModels';
import { syntheticComparison, comparisonUnderWay } from '../../../webview/harness/syntheticComparison';
import { syntheticRecord } from '../../../webview/harness/syntheticRun';
import { nextSize } from '../../../webview/joinedMeasures';

describe('models that are asked one question', () => {
  const run = syntheticRecord({ phase: 'finished', step: 4000 });

  it('are the run shown and one run of every other model, each with its own place and moment', () => {
    const models = askedModels({ run, metrics: [], comparison: syntheticComparison(), snapshot: null });
    assert.deepEqual(
      models.map(({ index, runId }) => [index, runId === undefined]),
      [
        [0, true],
        [1, false],
        [2, false],
      ],
    );
    assert.equal(new Set(models.map(({ place }) => place)).size, 3);
    for (const { moment, record } of models) assert.equal(moment, `${record.id} 4000`);
  });

  it('leave out models without a network, and move only while they train', () => {
    const models = askedModels({ run, metrics: [], comparison: comparisonUnderWay(), snapshot: null });
    assert.deepEqual(
      models.map(({ isMoving }) => isMoving),
      [false, true],
    );
    const training = syntheticRecord({ phase: 'training', step: 2400 });
    const moving = (snapshot: number | null) =>
      askedModels({ run: training, metrics: [], comparison: null, snapshot })[0];
    assert.ok(moving(null).isMoving && !moving(100).isMoving, 'a snapshot stays as it is');
    assert.equal(moving(100).moment, `${training.id} snapshot-100`);
  });

  it('are asked for twice as many sentences as long as there are more and more are wanted', () => {
    const answer = (sentences: number, sentencesInAll = 500) =>
      ({ problem: null, sentences, sentencesInAll }) as JoinedAnswer;
    assert.equal(nextSize(answer(20), 20, 320), 40);
    assert.equal(nextSize(answer(200), 200, 320), 320);
    assert.equal(nextSize(answer(320), 320, 320), null);
    assert.equal(nextSize(answer(30, 30), 40, 320), null, 'the text is at its end');
    assert.equal(nextSize({ ...answer(0), problem: 'noTrees' }, 20, 320), null);
    assert.equal(nextSize(null, 20, 320), null);
  });
});

describe('what is asked about agreement', () => {
  it('is an example in the language of the text until something is typed', () => {
    assert.equal(agreementChoices({}, 'the lamps').prefix, 'The writer of the books');
    const korean = agreementChoices({}, '등불을 켰다');
    assert.deepEqual([korean.first, korean.second, korean.attached], ['을', '를', true]);
    const typed = agreementChoices({ 'agreement.prefix': '', 'agreement.number': 'plural' }, 'the lamps');
    assert.deepEqual([typed.prefix, typed.number], ['', 'plural'], 'an empty prefix stays empty');
  });

  it('takes a step a line, twelve at most, and nothing that is too long', () => {
    const steps = Array.from({ length: 20 }, (_, k) => `step ${k}`).join('\n\n');
    const choices = { ...agreementChoices({}, ''), own: true, steps };
    assert.equal(agreementAsked(choices)?.steps?.length, 12);
    assert.equal(agreementAsked({ ...choices, own: false })?.steps, null);
    assert.equal(agreementAsked({ ...choices, prefix: 'x'.repeat(5000) }), null);
  });
});

describe('curves of agreement sets', () => {
  const cell = (attractors: number | null, n: number): AgreementCell => ({
    ...{ attractors, n, hits: n / 2, accuracy: 0.5, low: 0.4, high: 0.6, majority: attractors === null ? null : 0.55 },
    frequent: null,
  });
  const answer = (...all: AgreementCell[]) => ({ all, strict: all.slice(0, 1) }) as AgreementSetAnswer;

  it('are that of all items, the strict one and the majority of one model; one each of several', () => {
    const one = { name: 'LSTM 8', value: answer(cell(0, 100), cell(1, 12)) };
    assert.deepEqual(
      setCurves([one]).map(({ values }) => values.map(({ few }) => few)),
      [[false, true], [false], [false, true]],
    );
    const other = { name: 'GRU 8', value: answer(cell(0, 100), cell(3, 40)) };
    assert.deepEqual(attractorClasses([one, other]), [0, 1, 3]);
    const [first, second] = setCurves([one, other]);
    assert.deepEqual([first.name, second.name], ['LSTM 8', 'GRU 8']);
    assert.deepEqual(
      second.values.map(({ at }) => at),
      [0, 2],
    );
  });

  it('say no majority of minimal pairs, and leave empty cells out', () => {
    const pairs = { name: 'LSTM 8', value: { ...answer(cell(null, 50)), strict: [] } };
    assert.equal(setCurves([pairs]).length, 1);
    assert.deepEqual(setCurves([{ name: 'a', value: { ...answer(cell(0, 0)), strict: [] } }])[0].values, []);
  });

  it('tell probabilities in per cent down to one in a thousand', () => {
    assert.deepEqual([Math.log(0.5), Math.log(0.0123), -14].map(probabilityText), ['50.0 %', '1.23 %', '8.3×10⁻⁷']);
  });
});
