// What the inspector is told of the syntax of its window: whole sentences, words over columns, whoever the trees are from.
import assert from 'node:assert/strict';
import { GatescopeError } from '../../../../src/protocol/failures';
import type { SyntaxAnswer, SyntaxSentence } from '../../../../src/protocol/syntax';
import { readConllu } from '../../../../src/syntax/trees/readConllu';
import { SyntaxUnderTest } from './syntaxFixture';

/** The columns of every word: first–last, – for none. */
const columns = ({ words }: SyntaxSentence) =>
  words.map(({ text, first, last }) => `${text} ${first === null ? '–' : first === last ? first : `${first}–${last}`}`);
const only = (answer: SyntaxAnswer): SyntaxSentence => {
  assert.equal(answer.sentences.length, 1);
  return answer.sentences[0];
};
const heads = (sentence: SyntaxSentence) => sentence.readings[0].arcs.map(({ head }) => head);

const row = (id: string, form: string, head: string, relation = 'dep', misc = '_') =>
  [id, form, '_', 'X', '_', '_', head, relation, '_', misc].join('\t');
/** "They sleep." with the tree They ← sleep → . */
const THEY = [row('1', 'They', '2', 'nsubj'), row('2', 'sleep', '0', 'root', 'SpaceAfter=No'), row('3', '.', '2')];
const CIRCLE = [row('1', 'We', '2'), row('2', 'turn', '1'), row('3', '!', '0', 'root')];
const file = (...sentences: string[][]) => sentences.map((lines) => `${lines.join('\n')}\n\n`).join('');

const TAGGING = {
  ...{ task: 'tagging' as const, unit: 'words' as const, lowerCase: false, labels: ['X'], columns: ['UPOS'] },
  longest: 100,
};

describe('syntax of the window', () => {
  let under: SyntaxUnderTest;
  beforeEach(() => {
    under = new SyntaxUnderTest();
  });
  afterEach(() => under.dispose());

  it('lays words over the columns of a model of characters', async () => {
    const sentence = only(await under.syntax('He didn’t go home.', { unit: 'characters' }));
    assert.deepEqual(columns(sentence), ['He 0–1', 'did 3–5', 'n’t 6–8', 'go 10–11', 'home 13–16', '. 17']);
    assert.deepEqual(heads(sentence), [0, 1, 2, 3, 4, 5]);
  });

  it('lays parts of one word of the model over the same column', async () => {
    const sentence = only(await under.syntax('He didn’t go home.'));
    assert.deepEqual(columns(sentence), ['He 0', 'did 1', 'n’t 1', 'go 2', 'home 3', '. 4']);
  });

  it('counts Korean eojeol and emoji as the model reads them', async () => {
    const text = '우리는 👩‍👩‍👧 학교에 갔다.';
    const characters = only(await under.syntax(text, { unit: 'characters' }));
    assert.equal(characters.language, 'ko');
    assert.deepEqual(columns(characters), ['우리는 0–2', '👩‍👩‍👧 4', '학교에 6–8', '갔다 10–11', '. 12']);
    assert.deepEqual(columns(only(await under.syntax(text))), ['우리는 0', '👩‍👩‍👧 1', '학교에 2', '갔다 3', '. 4']);
  });

  it('parses a sentence whole that begins before the window, and tells none that the window does not touch', async () => {
    const text = 'The first one was short. The old man saw the sea again and again. The last one was long.';
    const looking = { cursor: text.indexOf('again'), windowStart: text.indexOf('saw'), columns: 3 };
    const sentence = only(await under.syntax(text, looking));
    assert.deepEqual(columns(sentence).slice(0, 7), ['The –', 'old –', 'man –', 'saw 0', 'the 1', 'sea 2', 'again –']);
    assert.equal(sentence.readings[0].arcs.length, sentence.words.length);
    assert.equal(sentence.cut, false);
  });

  it('says where a sentence goes on behind what was sent', async () => {
    const text = 'They went out to the sea because the sun was shining and the wind was warm.';
    const sentence = only(await under.syntax(text, { slice: { start: 0, end: 40 }, cursor: 20 }));
    assert.equal(sentence.cut, true);
  });

  it('parses a sentence once, however the window moves', async () => {
    const text = 'They sleep all day. We wait for them in the garden.';
    for (const cursor of [4, 12, 30, 51]) await under.syntax(text, { cursor });
    assert.deepEqual(
      under.given.map(({ forms }) => forms[0]),
      ['They', 'We'],
    );
  });

  it('reads each sentence in its own language, where both are mixed', async () => {
    await under.syntax('They sleep all day in the garden. 우리는 어제 학교에 갔다.');
    assert.deepEqual(
      under.given.map(({ language }) => language),
      ['en', 'ko'],
    );
  });

  it('says that there is no parser for a language, and shows its words all the same', async () => {
    const answer = await under.syntax('Les enfants jouent dans le jardin avec leurs amis et leurs parents.');
    assert.deepEqual(answer.problem, { kind: 'noLanguage' });
    assert.deepEqual([answer.language, under.given], [null, []]);
    assert.deepEqual(answer.sentences[0].readings, []);
    assert.equal(answer.sentences[0].words[0].text, 'Les');
  });

  it('copes with one word, with emoji alone and with three hundred words', async () => {
    assert.deepEqual(heads(only(await under.syntax('Yes'))), [0]);
    await assert.doesNotReject(under.syntax('😀'));
    const long = `${Array.from({ length: 149 }, () => 'the sea').join(' ')} ends.`;
    const { sentences } = await under.syntax(long, { columns: 512 });
    assert.ok(sentences.every(({ words, readings }) => readings[0].arcs.length === words.length));
  });

  it('parses the text of a labelled example, not its label, and what lies beyond the part that is read', async () => {
    const reading = {
      ...{ task: 'classification' as const, unit: 'words' as const, lowerCase: true, labels: ['good'] },
      ...{ columns: ['1', '2'], longest: 4 },
    };
    const sentence = only(await under.syntax('good\tThe sea was calm and warm.\n', { reading, cursor: 6 }));
    assert.deepEqual(columns(sentence), ['The 0', 'sea 1', 'was 2', 'calm 3', 'and –', 'warm –', '. –']);
    assert.deepEqual([sentence.start, sentence.end], [5, 31]);
  });

  it('takes the words of a tagged file as they are', async () => {
    const sentence = only(await under.syntax('Cannot\tX\nsleep\tX\n', { reading: { ...TAGGING, columns: ['2'] } }));
    assert.deepEqual(columns(sentence), ['Cannot 0', 'sleep 1']);
    assert.deepEqual([sentence.words[1].start, sentence.words[1].end], [9, 14]);
  });

  it('shows a CoNLL-U file’s own trees without being asked, and the parser’s where those are wanted', async () => {
    const text = file(['# sent_id = 1', ...THEY]);
    const own = await under.syntax(text, { reading: TAGGING, cursor: text.indexOf('sleep') });
    assert.equal(own.source, 'document');
    assert.deepEqual(heads(only(own)), [2, 0, 2]);
    assert.deepEqual(columns(only(own)), ['They 0', 'sleep 1', '. 2']);
    const parsed = await under.syntax(text, { reading: TAGGING, cursor: text.indexOf('sleep') }, 'parser');
    assert.deepEqual([parsed.source, ...heads(only(parsed))], ['parser', 0, 1, 2]);
  });

  it('says why a sentence of such a file has no tree', async () => {
    const text = file(CIRCLE);
    const { problem, broken } = await under.syntax(text, { reading: TAGGING, cursor: 3 });
    assert.equal(problem, null);
    assert.deepEqual(broken, [{ line: 1, reason: { code: 'cycle', args: { words: 'We → turn → We' } } }]);
  });

  it('names every sentence of the window without a tree beside those that have one, by the document’s lines', async () => {
    const text = file(THEY, CIRCLE, ['# text = We turn !', ...CIRCLE], THEY);
    const { sentences, broken } = await under.syntax(text, { columns: 500 });
    assert.equal(sentences.length, 2);
    assert.deepEqual(
      broken?.map(({ line, reason }) => [text.split('\n')[line - 1].split('\t')[1], line, reason.code]),
      [
        ['We', 5, 'cycle'],
        ['We', 10, 'cycle'],
      ],
    );
    const begin = text.indexOf('\n\n') + 2;
    const slice = { start: begin, end: text.length };
    const later = await under.syntax(text, { columns: 500, slice, line: 4 });
    assert.deepEqual(
      later.broken?.map(({ line }) => line),
      [5, 10],
    );
  });

  it('shows imported trees in place of the parser’s, keeps them with the run, and goes back when that is wanted', async () => {
    const text = 'Some words. They  sleep . More words are here.';
    assert.deepEqual(under.importTrees(file(THEY), text), {
      ...{ name: 'own.conllu', trees: 1, words: 3, problems: [], problemCount: 0, matched: 1 },
    });
    const answer = await under.syntax(text);
    assert.deepEqual([answer.source, answer.imported], ['imported', { name: 'own.conllu', trees: 1 }]);
    assert.deepEqual(columns(only(answer)), ['They 3', 'sleep 4', '. 5']);
    assert.deepEqual(
      answer.unmatched.map(({ start, end }) => text.slice(start, end)),
      ['Some words.', 'More words are here.'],
    );
    assert.equal((await under.syntax(text, {}, 'parser')).source, 'parser');
    assert.equal(under.reopened().imported.get()?.finder.trees.length, 1);
  });

  it('says when the imported trees are of another text', async () => {
    under.importTrees(file(THEY), 'They sleep.');
    const { problem, sentences } = await under.syntax('Nothing of the kind.');
    assert.deepEqual([problem, sentences], [{ kind: 'unmatched', name: 'own.conllu' }, []]);
  });

  it('loads what it can of a file with broken sentences, and names each', () => {
    const { trees, problems } = under.importTrees(file(CIRCLE, THEY), 'They sleep.');
    assert.equal(trees, 1);
    assert.deepEqual(
      problems.map(({ line, reason }) => [line, reason.code]),
      [[1, 'cycle']],
    );
  });

  it('refuses a file without a single tree and keeps what was there', async () => {
    under.importTrees(file(THEY), 'They sleep.');
    assert.throws(
      () => under.importTrees(file(CIRCLE), 'They sleep.'),
      (error) => error instanceof GatescopeError && error.code === 'noTrees' && error.args.line === 1,
    );
    assert.equal((await under.syntax('They sleep.')).imported?.trees, 1);
  });

  it('writes the sentences that are shown as CoNLL-U', async () => {
    const { content, sentences } = await under.parses('He didn’t go.');
    assert.equal(sentences, 1);
    const lines = content.split('\n');
    assert.deepEqual(lines.slice(0, 2), ['# sent_id = 1', '# text = He didn’t go.']);
    assert.match(content, /^2\tdid\t_\tNOUN\t_\t_\t1\tdep\t_\tArcProbability=\d\.\d{4}\|SpaceAfter=No$/m);
  });
  it('writes the second reading of a sentence of which that is shown', async () => {
    const text = 'They sleep elsewhere. They eat elsewhere.';
    const written = async (seconds: number[]) => {
      const { content } = await under.parses(text, seconds);
      return readConllu(content).trees.map(({ heads, comments }) => [heads[2], comments.at(-1)]);
    };
    const [[first, likelier], [other]] = await written([]);
    assert.deepEqual([first, other], [2, 2]);
    const [[moved, less], [stays]] = await written([0]);
    assert.deepEqual([moved, stays], [1, 2]);
    assert.notEqual(less, likelier);
    assert.match(String(less), /^# reading_probability = 0\.2/);
  });

  it('writes the only reading of a sentence that has no second one', async () => {
    assert.equal((await under.parses('He didn’t go.', [0])).sentences, 1);
  });
});
