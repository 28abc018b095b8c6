// The question what linear probes read: as it is written down, on a run whose text is known.
import assert from 'node:assert/strict';
import type { ProbeAnswer } from '../../../src/protocol/probes';
import { splitTokens } from '../../../src/text/split';
import { gatescope } from './commandLineFixture';
import { TINY, Workspace } from './trainerFixture';

/** Words of five letters, each followed by a space: the place in the word is the token's number modulo six. */
const TEXT = Array.from({ length: 500 }, (_, k) => ['lamps', 'aaaaa', 'doors', 'aabab'][(k * k + (k >> 2)) % 4]).join(
  ' ',
);

describe('the probes of a run', () => {
  let workspace: Workspace;
  before(() => (workspace = new Workspace()));
  after(() => workspace.dispose());

  it('are those of every layer and of the embedding, now and before training, with their baselines', async () => {
    const { session } = workspace.session();
    session.train(workspace.order('run', { ...TINY, layers: 2, epochs: 3 }, { text: TEXT }));
    await session.settled();
    const answered = await session.ask({ question: { about: 'probes' }, view: null });
    assert.ok(answered !== null && 'judged' in answered.value);
    const { properties, vectors, fitted, judged }: ProbeAnswer = answered.value;
    const { validation } = splitTokens(TEXT.length);
    assert.deepEqual([fitted, judged], [validation.start, validation.length], 'a short text is used whole');
    assert.deepEqual(
      vectors.map(({ what, layer, width }) => [what, layer, width]),
      [
        ['embedding', 0, TINY.embeddingSize],
        ['state', 0, TINY.hiddenUnits],
        ['state', 1, TINY.hiddenUnits],
      ],
    );
    // There are no quotes, no capitals: nothing to tell apart.
    assert.deepEqual(
      properties.map(({ name }) => name),
      ['kind', 'letterCase', 'kindBefore', 'place'],
    );
    const place = properties[3];
    assert.deepEqual(
      place.classes.map(({ name }) => name),
      ['1', '2', '3', '4+', 'outside'],
    );
    const held = Array.from(TEXT.slice(validation.start), (_, k) => (validation.start + k) % 6);
    const fourth = held.filter((at) => at === 3 || at === 4).length / held.length;
    assert.ok(Math.abs(place.majority - fourth) < 1e-12, 'always "4+"');
    for (const { scores, what } of vectors) {
      scores.forEach(({ now, untrained }, k) => {
        assert.ok(now.low <= now.accuracy && now.accuracy <= now.high);
        assert.ok(untrained !== null && (what === 'state' || k !== 0 || untrained.accuracy <= 1));
      });
    }
    const [embedding, first] = vectors;
    // An embedding is the same for every "a" of "aaaaa".
    await session.close();
    const said = await gatescope('probe', workspace.runFolder('run'), '--json');
    assert.equal(said.code, 0, said.notes.join());
    assert.deepEqual((JSON.parse(said.output) as ProbeAnswer).vectors, vectors, 'the command line says the same');
    assert.match((await gatescope('probe', workspace.runFolder('run'))).output, /always the most frequent/);
    assert.ok(first.scores[3].now.accuracy > embedding.scores[3].now.accuracy + 0.1, 'states remember');
  });
});
