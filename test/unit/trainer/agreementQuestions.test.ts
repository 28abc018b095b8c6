// Questions about agreement, asked of a run: two continuations of a prefix, and whole sets, piece by piece.
import assert from 'node:assert/strict';
import type { AgreementAnswer } from '../../../src/protocol/agreement';
import type { Answers, Question } from '../../../src/protocol/questions';
import { setTold } from '../../../src/trainer/answers/agreementSet';
import { openSet } from '../../../src/trainer/answers/agreementSetOf';
import { cellOf } from '../../../src/trainer/answers/agreementTally';
import type { RunSession } from '../../../src/trainer/runSession';
import { smallText, TINY, Workspace } from './trainerFixture';

describe('a question about agreement', () => {
  const workspace = new Workspace();
  let session: RunSession;
  before(async () => {
    ({ session } = workspace.session());
    session.train(workspace.order('run', TINY, { text: smallText(200) }));
    await session.settled();
  });
  after(() => workspace.dispose());

  async function ask<Q extends Question>(question: Q): Promise<Answers[Q['about']]> {
    const answered = await session.ask({ question, view: null });
    assert.equal(answered?.about, question.about);
    return answered.value as Answers[Q['about']];
  }

  const agreement = (prefix: string, first: string, second: string, steps: string[] | null = null) =>
    ask({ about: 'agreement', prefix, continuations: [first, second], attached: false, number: null, steps });
  const answered = (answer: AgreementAnswer) => {
    assert.equal(answer.refused, null);
    return answer as Extract<AgreementAnswer, { refused: null }>;
  };

  it('is answered with both probabilities, what speaks for which, and each step with attractors in between', async () => {
    const found = answered(await agreement('the cat', 'sleeps', 'sleep'));
    assert.deepEqual(found.columns.map(({ text }) => text).join(''), 'the cat');
    assert.equal(found.influence.length, 7);
    const [first, second] = found.continuations;
    assert.equal(first.tokens.map(({ text }) => text).join(''), ' sleeps');
    assert.ok(first.ending !== null && first.ending < 0);
    assert.ok(Math.abs(found.logOdds - (first.logProbability - second.logProbability)) < 1e-12);
    const { kind, subject, rungs, control } = found.ladder;
    assert.deepEqual([kind, subject], ['generated', { word: 'cat', number: 'singular', guessed: true }]);
    assert.deepEqual(rungs[0].logProbabilities, [first.logProbability, second.logProbability]);
    assert.ok(rungs.length > 1 && control.length === rungs.length);
    for (const { inserted } of rungs.slice(1)) assert.match(inserted ?? '', /^\w+ the \w+$/);
  });

  it('takes steps of one’s own, and names what the model does not know', async () => {
    const { ladder, unknown } = answered(await agreement('the Xcat', 'sleeps', 'sleep', ['the cat', 'the dogs', ' ']));
    assert.deepEqual([ladder.kind, unknown], ['typed', ['X']]);
    assert.deepEqual(
      ladder.rungs.map(({ prefix, count }) => [prefix, count]),
      [
        ['the cat', null],
        ['the dogs', null],
      ],
    );
  });

  it('is refused where there is nothing to compare, with the reason', async () => {
    const why = async (prefix: string, first: string, second: string) =>
      (await agreement(prefix, first, second)).refused;
    assert.deepEqual(await why('the cat', 'is', ' is '), { why: 'sameContinuations' });
    assert.deepEqual(await why('', 'is', 'are'), { why: 'emptyPrefix' });
    assert.deepEqual(await why('the cat', 'is', ' '), { why: 'emptyContinuation', which: 1 });
    assert.deepEqual(await why('고양이', 'is', 'are'), { why: 'otherScript', model: 'Latin', prefix: 'Hangul' });
    const unknown = { why: 'unknownContinuation', which: 1, words: ['Z', 'Q'] };
    assert.deepEqual(await why('the cat', 'sleeps', 'ZQZ'), unknown);
  });

  it('about a set goes on where the last answer ended, and counts what the model does not know', async () => {
    const lines = ['the cat sleeps/the cat sleep', 'the dogs sleep/the dogs sleeps', 'a bird sings/a bird XYZ'].map(
      (pair) => {
        const [good, bad] = pair.split('/');
        return JSON.stringify({ good, bad, cond: 'simple' });
      },
    );
    const content = `${lines.join('\n')}\nno pair\n`;
    const set = { kind: 'file', name: 'pairs.jsonl', content } as const;
    const found = await ask({ about: 'agreementSet', set });
    assert.deepEqual([found.kind, found.scored, found.total, found.unknownForms], ['pairs', 3, 3, 1]);
    assert.deepEqual([found.problems, found.problemCount], [[{ line: 4, reason: 'notJson' }], 1]);
    assert.deepEqual([found.overall.n, found.conditions[0].name, found.conditions[0].cell.n], [2, 'simple', 2]);
    assert.deepEqual(await ask({ about: 'agreementSet', set }), found);
    const empty = await ask({ about: 'agreementSet', set: { kind: 'file', name: 'empty', content: '# nothing\n' } });
    assert.deepEqual([empty.kind, empty.total, empty.overall.n], ['conllu', 0, 0]);
  });

  it('about a set that is half scored tells that half', () => {
    const set = openSet({ kind: 'templates', seed: 1, each: 2 });
    assert.equal(set.items.length, 24);
    // Right, wrong and unknown; the last twelve are not scored yet.
    const scores = set.items.map((_, at) => (at < 12 ? [2, 1, 2, 3][at % 4] : 0));
    const told = setTold(set, scores);
    assert.deepEqual(
      [told.scored, told.total, told.unknownForms, told.overall.n, told.overall.hits],
      [12, 24, 3, 9, 6],
    );
    assert.deepEqual(
      told.all.map(({ attractors, n }) => [attractors, n]),
      [
        [0, 3],
        [1, 3],
        [2, 3],
      ],
    );
  });

  it('has Wilson’s intervals, as in Newcombe’s table, and what always saying the same would reach', () => {
    const items = Array.from({ length: 263 }, (_, at) => ({
      hit: at < 81,
      number: at % 2 === 0 ? ('singular' as const) : ('plural' as const),
    }));
    const { n, hits, low, high, majority } = cellOf(items, 1, 'singular');
    assert.deepEqual([n, hits, low.toFixed(4), high.toFixed(4)], [263, 81, '0.2553', '0.3662']);
    assert.equal(majority, 132 / 263);
    const told = (...frequent: (number | null)[]) =>
      cellOf(
        frequent.map((one) => ({ hit: true, number: null, frequent: one })),
        null,
        null,
      ).frequent;
    assert.deepEqual([told(1, 0, 0.5, 0), told(1, null), told()], [0.375, null, null], 'known of all, or not at all');
  });
});
