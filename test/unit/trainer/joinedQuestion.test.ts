// The joined measure of a run: asked for more it goes on, interrupted it keeps what it has, and the command line says the same.
import assert from 'node:assert/strict';
import type { JoinedAnswer } from '../../../src/protocol/joined';
import type { RunSession } from '../../../src/trainer/runSession';
import { gatescope } from './commandLineFixture';
import { smallText, TINY, Workspace } from './trainerFixture';

const SENTENCES = 40;

/** “the cat sleeps” and its like, each a sentence with the verb for its root. */
const CONLLU = smallText(200)
  .split(/, |\.\n/)
  .slice(0, SENTENCES)
  .map((sentence) => {
    const forms = sentence.split(' ');
    const rows = forms.map((form, k) => {
      const head = k === 0 ? [2, 'DET', 'det'] : k === 1 ? [3, 'NOUN', 'nsubj'] : [0, 'VERB', 'root'];
      return [k + 1, form, form, head[1], '_', '_', head[0], head[2], '_', '_'].join('\t');
    });
    return [`# text = ${sentence}`, ...rows, '', ''].join('\n');
  })
  .join('');

async function ask(session: RunSession, sentences: number): Promise<JoinedAnswer> {
  const answered = await session.ask({ question: { about: 'joined', sentences }, view: null });
  assert.ok(answered?.about === 'joined');
  return answered.value as JoinedAnswer;
}

const withoutTime = ({ seconds: _, ...answer }: JoinedAnswer) => answer;

describe('the joined measure of a run', () => {
  let workspace: Workspace;
  let session: RunSession;
  before(async () => {
    workspace = new Workspace();
    ({ session } = workspace.session());
    session.train(workspace.order('run', { ...TINY, unit: 'words' }, { text: smallText(400) }));
    await session.settled();
    const imported = { about: 'importTrees', name: 'small.conllu', content: CONLLU } as const;
    await session.ask({ question: imported, view: null });
  });
  after(() => workspace.dispose());

  it('is of imported trees, by order, distance and relation', async () => {
    const answer = await ask(session, 1000);
    assert.deepEqual(
      [answer.problem, answer.reads, answer.sentences, answer.sentencesInAll],
      [null, 'forward', SENTENCES, SENTENCES],
    );
    assert.deepEqual([answer.words, answer.arcs, answer.trees.file], [3 * SENTENCES, 2 * SENTENCES, 'small.conllu']);
    assert.deepEqual(
      answer.curves.map(({ order, asked, points }) => [order, asked, points.length]),
      [
        ['headFirst', 'later', 7],
        ['dependentFirst', 'later', 7],
        ['both', 'later', 7],
      ],
    );
    // The only pair without an arc is two words apart: what joins neighbours has nothing to be compared with.
    assert.equal(answer.leftOut.unmatched, 2 * SENTENCES);
    assert.deepEqual(
      answer.nullByLag.map(({ lag, n }) => [lag, n]),
      [[2, SENTENCES]],
    );
  });

  it('goes on where it was, and comes to the same', async () => {
    const { session: other } = workspace.session();
    await other.open({ runFolder: workspace.runFolder('run'), text: null });
    const first = await ask(other, 10);
    assert.deepEqual([first.sentences, first.sentencesInAll], [10, SENTENCES]);
    const superseded = other.ask({ question: { about: 'joined', sentences: 30 }, view: null });
    const whole = ask(other, SENTENCES);
    assert.equal(await superseded, null);
    assert.deepEqual(withoutTime(await whole), withoutTime(await ask(session, SENTENCES)));
    await other.close();
  });

  it('is told on the command line', async () => {
    const folder = workspace.runFolder('run');
    const file = workspace.file('small.conllu', CONLLU);
    const said = await gatescope('arcs', folder, '--conllu', file, '--json');
    assert.equal(said.code, 0, said.notes.join());
    const { arcs, curves } = JSON.parse(said.output) as JoinedAnswer;
    const asked = await ask(session, SENTENCES);
    assert.deepEqual([arcs, curves], [asked.arcs, JSON.parse(JSON.stringify(asked.curves))]);
    const table = await gatescope('arcs', folder, '--sentences', '5');
    assert.match(table.output, /5 of 40 sentences, 15 words, 10 arcs; trees from small\.conllu/);
  });

  it('refuses what it cannot measure in a sentence', async () => {
    const folder = workspace.runFolder('run');
    for (const [words, reason] of [
      [['--lang', 'fr'], /--lang: one of en, ko/],
      [['--conllu', 'a', '--lang', 'en'], /not both/],
      [['--sentences', '0'], /--sentences/],
      [['--conllu', workspace.file('empty.conllu', '\n')], /empty\.conllu/],
      [['--conllu', `${workspace.folder}/missing.conllu`], /missing\.conllu/],
    ] as const) {
      const { code, notes } = await gatescope('arcs', folder, ...words);
      assert.ok(code !== 0 && reason.test(notes.join()), `${words.join(' ')}: ${notes.join()}`);
    }
  });
});
