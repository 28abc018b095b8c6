// Pictures and answers of runs on tasks: of the example at the cursor, of what the file says of it, and of any other sentence.
import assert from 'node:assert/strict';
import { decodeFrame, type TraceFrame } from '../../../src/protocol/traceFrame';
import type { Answers } from '../../../src/protocol/questions';
import type { RunConfig } from '../../../src/protocol/runConfig';
import type { RunSession } from '../../../src/trainer/runSession';
import { TINY, Workspace } from './trainerFixture';

const GOOD = ['fine', 'bright', 'warm', 'lovely'];
const BAD = ['dull', 'grey', 'cold', 'poor'];
const rows = Array.from({ length: 48 }, (_, k) => {
  const [label, words] = k % 2 === 0 ? ['good', GOOD] : ['bad', BAD];
  return `${label}\tthe ${words[(k >> 1) % 4]} film of day ${k % 5}`;
});
const labelled = `${rows.join('\n')}\n`;
const tagged = rows
  .map(
    (row) =>
      `${row
        .split('\t')[1]
        .split(' ')
        .map((word) => `${word}\t${GOOD.includes(word) || BAD.includes(word) ? 'ADJ' : 'X'}`)
        .join('\n')}\n`,
  )
  .join('\n');
const plain = rows.map((row) => row.split('\t')[1]).join('\n');

const SMALL: RunConfig = {
  ...TINY,
  ...{
    unit: 'words',
    bidirectional: true,
    layers: 2,
    hiddenUnits: 8,
    learningRate: 0.05,
    epochs: 12,
    sequenceLength: 16,
  },
};

describe('a picture of a run on a task', () => {
  let workspace: Workspace;
  let session: RunSession;
  beforeEach(() => {
    workspace = new Workspace();
    ({ session } = workspace.session());
  });
  afterEach(() => workspace.dispose());

  async function train(task: RunConfig['task'], text: string): Promise<void> {
    session.train(workspace.order('run', { ...SMALL, task }, { text }));
    await session.settled();
    assert.equal(session.record.phase, 'finished', JSON.stringify(session.record.failure));
  }

  const viewOf = (text: string, cursor: number) => ({
    ...{ slice: { text, offset: 0, atStart: true, atEnd: true, version: 3 }, cursor, windowStart: null, columns: 40 },
  });
  const normsOf = (frame: TraceFrame, name: string) => [...decodeFrame(frame)[name].values];

  it('shows the class of a labelled line, what the line says, and one row of gradients a layer and direction', async () => {
    await train('classification', labelled);
    const cursor = labelled.indexOf('dull');
    const frame = await session.inspect(viewOf(labelled, cursor));
    const { header } = frame;
    assert.deepEqual(
      header.tokens.map(({ text }) => text),
      ['the', 'dull', 'film', 'of', 'day', '1'],
    );
    assert.equal(header.prediction?.gold?.text, 'bad');
    assert.equal(header.prediction?.likeliest[0].text, 'bad');
    assert.equal(header.prediction?.at, null);
    const sum = header.prediction?.likeliest.reduce((total, { probability }) => total + probability, 0) ?? 0;
    assert.ok(Math.abs(sum - 1) < 1e-6);
    for (const place of ['', '_l0_reverse', '_l1', '_l1_reverse']) {
      assert.ok(
        normsOf(frame, `flow.hidden${place}`).every((norm) => norm > 0),
        place,
      );
      assert.deepEqual(decodeFrame(frame)[`gate.f${place}`].shape, [6, 8]);
    }
    assert.equal(normsOf(frame, 'flow.input').length, 6);
    // Any other sentence: nothing is known to be right, the loss is that of the likeliest class.
    const typed = await session.inspect(viewOf('One Lovely film', 6));
    assert.deepEqual(
      typed.header.tokens.map(({ known }) => known),
      [false, true, true],
    );
    assert.equal(typed.header.prediction?.gold, null);
    assert.equal(typed.header.prediction?.target, 'good');
  });

  it('answers what each token adds to a class, complete, and refuses what is about next tokens', async () => {
    await train('classification', labelled);
    const view = viewOf('the dull film', 5);
    const ask = (target: string | null) =>
      session.ask({ question: { about: 'attribution', method: 'integrated', target }, view });
    const answered = await ask(null);
    assert.ok(answered && 'target' in answered.value && 'values' in answered.value);
    const { values, delta, target } = answered.value as { values: Float64Array; delta: number; target: string };
    assert.equal(target, 'bad');
    assert.ok(delta <= 0.05);
    assert.equal(values.indexOf(Math.max(...values)), 1, 'the word that differs speaks most for its class');
    const against = (await ask('good'))?.value as { values: Float64Array };
    assert.ok(against.values[1] < 0);
    await assert.rejects(ask('neither'), { code: 'nothingToInspect' });
    const next = session.ask({ question: { about: 'influence', method: 'integrated', focus: 1 }, view });
    await assert.rejects(next, { code: 'notOfTasks' });
    // Units are asked about with the same words.
    const terms = await session.ask({
      question: { about: 'cellTerms', unit: 0, place: { layer: 1, reverse: true } },
      view,
    });
    assert.ok(terms);
  });

  it('answers what the states at a word know: the forward one of the left alone, the backward one of the right', async () => {
    await train('classification', labelled);
    const pinned = { text: 'the dull film of rain', cursor: 8 };
    const ask = async (text: string, other: typeof pinned | null) => {
      const asked = { question: { about: 'tokenStates', pinned: other } as const, view: viewOf(text, 8) };
      return (await session.ask(asked))?.value as Answers['tokenStates'];
    };
    const { token, differences, neighbours, examined } = await ask('the dull evening', pinned);
    assert.deepEqual([token, differences?.token], ['dull', 'dull']);
    const at = (layer: number, reverse: boolean) =>
      differences?.places.find(({ place }) => place.layer === layer && place.reverse === reverse);
    assert.deepEqual([at(0, false)?.identical, at(0, false)?.distance], [true, 0]);
    assert.ok(Math.abs((at(0, false)?.cosine ?? 0) - 1) < 1e-9);
    // Above the first layer the forward states read what the backward ones below have read.
    for (const place of [at(0, true), at(1, false), at(1, true)])
      assert.ok(place && !place.identical && place.distance > 0 && place.cosine < 1);
    assert.ok(examined > 100);
    assert.deepEqual(
      neighbours.map(({ kind }) => kind),
      ['forward', 'backward', 'both'],
    );
    for (const { found, senses } of neighbours) {
      assert.ok(found.every((one, k) => one.cosine <= 1 + 1e-9 && (k === 0 || one.cosine <= found[k - 1].cosine)));
      // Every sentence with the word has the same label.
      assert.deepEqual(senses, [{ label: 'bad', count: 6 }]);
    }
    assert.equal((await ask('the dull evening', null)).differences, null);
  });

  it('shows the tag of every token and the loss of the cursor’s', async () => {
    await train('tagging', tagged);
    const cursor = tagged.indexOf('grey');
    const { header } = await session.inspect(viewOf(tagged, cursor));
    assert.equal(header.tokens[header.focus].text, 'grey');
    assert.deepEqual(header.prediction?.tags?.slice(0, 2), ['X', 'ADJ']);
    assert.deepEqual(
      header.predictions.map(([best]) => best.text),
      ['X', 'ADJ', 'X', 'X', 'X', 'X'],
    );
    assert.deepEqual([header.prediction?.at, header.prediction?.target], [1, 'ADJ']);
  });

  it('hides the cursor’s token where it predicts hidden ones, from both sides', async () => {
    await train('cloze', `${plain}\n`.repeat(6));
    const frame = await session.inspect(viewOf('the fine film of day 0', 12));
    const { header } = frame;
    assert.deepEqual([header.prediction?.at, header.prediction?.gold?.text], [2, 'film']);
    assert.equal(header.prediction?.likeliest[0].text, 'film');
    assert.ok(
      normsOf(frame, 'flow.input').every((norm) => norm > 0),
      'gradients from the left and from the right',
    );
    // What stands at the hidden place changes nothing.
    const other = await session.inspect(viewOf('the fine moth of day 0', 12));
    assert.equal(other.header.prediction?.gold, null);
    assert.deepEqual(other.header.prediction?.likeliest, header.prediction?.likeliest);
  });

  it('shows the first example of its file where no editor shows a text, and the same after it is opened again', async () => {
    await train('classification', `label\ttext\n${labelled}`);
    const view = { slice: null, cursor: 0, windowStart: null, columns: 40 };
    const { header } = await session.inspect(view);
    assert.equal(header.tokens[1].text, 'fine');
    assert.equal(header.prediction?.gold?.text, 'good');
    await session.close();
    const { session: again } = workspace.session();
    await again.open({ runFolder: workspace.runFolder('run'), text: null });
    const reopened = (await again.inspect(view)).header;
    assert.deepEqual(reopened.prediction?.gold, header.prediction?.gold);
    assert.equal(reopened.snapshot, undefined);
  });
});
