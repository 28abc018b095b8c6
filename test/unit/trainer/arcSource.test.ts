// The text of a run and its sentences, where no trees were imported: from the file while it is what it was, parsed piece by piece.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ArcSentence } from '../../../src/labs/arcs/arcSentence';
import type { CorpusInfo, TextSource } from '../../../src/protocol/run';
import type { Parser } from '../../../src/syntax/parser/parseSentences';
import { MemoryTokenSource } from '../../../src/text/tokenSource';
import { tokenize } from '../../../src/text/tokenize';
import { TokenCounter } from '../../../src/text/vocabulary';
import { parserSource, prepareText } from '../../../src/trainer/joined/arcSource';
import { readRunText } from '../../../src/trainer/joined/runText';
import { Workspace } from './trainerFixture';

const TEXT = 'The writer reads books. Nobody knows her!\nShe writes, too.\n';
const noPause = () => Promise.resolve();

const counter = new TokenCounter();
for (const { text, start, end } of tokenize(TEXT, 'words')) counter.add(text, start, end);
const vocabulary = counter.vocabulary('words');
const ids = Uint16Array.from(tokenize(TEXT, 'words'), ({ text }) => vocabulary.idOf(text));

/** Every word hangs on the one before it. */
const chain: Parser = {
  ...{ language: 'en', notes: {}, dispose: () => undefined },
  parse: (sentences) =>
    sentences.map((forms) => {
      const n = forms.length;
      const scores = new Float64Array((n + 1) ** 2);
      for (let d = 1; d <= n; d++) scores[d * (n + 1) + d - 1] = 10;
      return { n, scores, relation: () => ({ relation: 'dep', probability: 1 }), upos: forms.map(() => 'NOUN') };
    }),
};

async function sentencesOf(text: string): Promise<ArcSentence[]> {
  const source = parserSource(await prepareText(text, vocabulary, 'en', noPause), chain, 'en');
  const found: ArcSentence[] = [];
  for (;;) {
    const some = await source.next(noPause);
    if (some.length === 0) return found;
    found.push(...some);
  }
}

describe('sentences that the parser finds', () => {
  it('have the trees of the parser over the tokens of the text, none of which is lost', async () => {
    const found = await sentencesOf(TEXT);
    assert.deepEqual(
      found.map((sentence) => [...sentence.ids].map((id) => vocabulary.textOf(id)).join(' ')),
      ['The writer reads books .', 'Nobody knows her !', 'She writes , too .'],
    );
    assert.deepEqual([...found[0].tree.heads], [0, 1, 2, 3, 4]);
    const read = found.flatMap((sentence) => [...sentence.gap, ...sentence.ids]);
    assert.deepEqual(read, [...ids].slice(0, read.length));
    assert.deepEqual(
      [...found[2].gap].map((id) => vocabulary.textOf(id)),
      ['\n'],
    );
    assert.ok(found.every(({ words }) => words.every((word) => word?.known)));
  });

  it('are the same wherever a long text is cut', async () => {
    const times = 400;
    const found = await sentencesOf(TEXT.repeat(times));
    assert.equal(found.length, 3 * times);
    assert.deepEqual(found[3 * times - 1].ids, found[2].ids);
  });
});

describe('the text of a run', () => {
  let workspace: Workspace;
  before(() => (workspace = new Workspace()));
  after(() => workspace.dispose());
  const corpus = { hash: createHash('sha256').update(TEXT).digest('hex') } as CorpusInfo;
  const sourceAt = (path: string | null): TextSource => ({ uri: '', name: 'a.txt', path, part: { kind: 'whole' } });
  const read = (source: TextSource, hash = corpus) =>
    readRunText(source, hash, new MemoryTokenSource(ids), vocabulary, noPause);

  it('is that of its file', async () => {
    const file = workspace.file('a.txt', TEXT);
    assert.deepEqual(await read(sourceAt(file)), { text: TEXT, isCut: false });
  });

  it('is put together from the tokens where the file is gone or holds another text', async () => {
    const other = workspace.file('other.txt', `${TEXT}More.`);
    for (const source of [sourceAt(null), sourceAt(`${other}.gone`), sourceAt(other)]) {
      const { text } = await read(source);
      assert.deepEqual(
        tokenize(text, 'words').map((token) => token.text),
        tokenize(TEXT, 'words').map((token) => token.text),
      );
    }
  });

  it('is not read on for whoever gave the question up', async () => {
    const file = workspace.file('a.txt', TEXT);
    const giveUp = () => Promise.reject(new RangeError('given up'));
    await assert.rejects(
      readRunText(sourceAt(file), corpus, new MemoryTokenSource(ids), vocabulary, giveUp),
      /given up/,
    );
  });
});
