// Texts that cannot be trained on: each ends in a failure that says why, and the session goes on answering.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Failure } from '../../../src/protocol/run';
import { openSource } from '../../../src/trainer/sourceReader';
import { smallText, TINY, Workspace } from './trainerFixture';

describe('bad input', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.dispose());

  async function failureOf(from: { text: string } | { path: string }): Promise<Failure | null> {
    const { session, events } = workspace.session();
    session.train(workspace.order('one', TINY, from));
    await session.settled();
    assert.equal(session.record.phase, 'failed');
    assert.ok(events.some((event) => event.kind === 'failed'));
    await assert.rejects(session.inspect({ slice: null, cursor: 0, windowStart: null, columns: 10 }), {
      code: 'notReady',
    });
    return session.record.failure;
  }

  const name = 'sample.txt';
  it('an empty file', async () => {
    assert.deepEqual(await failureOf({ path: workspace.file('a', '') }), { code: 'emptyText', args: { name } });
  });
  it('a file with nothing but a byte-order mark', async () => {
    const file = workspace.file('a', Uint8Array.of(0xef, 0xbb, 0xbf));
    assert.deepEqual(await failureOf({ path: file }), { code: 'emptyText', args: { name } });
  });
  it('an empty unsaved document', async () => {
    assert.deepEqual(await failureOf({ text: '' }), { code: 'emptyText', args: { name } });
  });
  it('three characters', async () => {
    const failure = await failureOf({ path: workspace.file('a', 'abc') });
    assert.deepEqual(failure, { code: 'textTooShort', args: { name, tokens: 3, needed: 32 } });
  });
  it('one symbol', async () => {
    const failure = await failureOf({ text: 'x'.repeat(5000) });
    assert.deepEqual(failure, { code: 'oneSymbol', args: { name, symbol: 'x' } });
  });
  it('a binary file, with the place', async () => {
    const bytes = new TextEncoder().encode(`${smallText(9000)}\0${smallText(10)}`);
    const failure = await failureOf({ path: workspace.file('a', bytes) });
    assert.deepEqual(failure, { code: 'binaryFile', args: { name, offset: bytes.indexOf(0) } });
  });
  it('bytes of no one encoding', async () => {
    const utf8 = new TextEncoder().encode('가나다라마바사 '.repeat(4000));
    const bytes = Uint8Array.from([...utf8, ...new Uint8Array(30_000).fill(0xff)]);
    const failure = await failureOf({ path: workspace.file('a', bytes) });
    assert.equal(failure?.code, 'undecodable');
    assert.equal(failure.args.offset, utf8.length);
  });
  it('a folder', async () => {
    mkdirSync(path.join(workspace.folder, 'inner'));
    const failure = await failureOf({ path: path.join(workspace.folder, 'inner') });
    assert.deepEqual(failure, { code: 'notAFile', args: { name } });
  });
  it('a file that is not there', async () => {
    const failure = await failureOf({ path: path.join(workspace.folder, 'nothing') });
    assert.deepEqual(failure, { code: 'fileMissing', args: { name } });
  });

  it('a file that changes while it is read', async () => {
    const file = workspace.file('a', smallText(500));
    const source = { uri: '', name, path: file, part: { kind: 'whole' } } as const;
    const reader = await openSource(source, null);
    await reader.checkUnchanged();
    workspace.file('a', `${smallText(500)} more`);
    await assert.rejects(reader.checkUnchanged(), { code: 'fileChangedWhileReading' });
    await reader.close();
  });

  it('a run folder that cannot be made', () => {
    const { session } = workspace.session();
    const runFolder = path.join(workspace.file('a', 'x'), 'run');
    assert.throws(() => session.train({ ...workspace.order('one', TINY, { text: smallText(300) }), runFolder }), {
      code: 'storageUnwritable',
    });
    assert.equal(existsSync(runFolder), false);
  });
});

describe('what looks bad and is not', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.dispose());

  async function trainOn(content: string | Uint8Array) {
    const { session } = workspace.session();
    session.train(workspace.order('one', TINY, { path: workspace.file('a', content) }));
    await session.settled();
    assert.equal(session.record.phase, 'finished', JSON.stringify(session.record.failure));
    return session.record;
  }

  it('one long line trains', async () => {
    const { corpus } = await trainOn(smallText(2000).replaceAll('\n', ' '));
    assert.ok(corpus && corpus.tokens > 20_000);
  });

  it('ASCII far into a file that goes on in EUC-KR is read as EUC-KR', async () => {
    const hangul = [0xb0, 0xa1, 0xb3, 0xaa, 0x20]; // "가나 "
    const bytes = [
      ...new TextEncoder().encode(smallText(5000)),
      ...Array.from({ length: 20_000 }, () => hangul).flat(),
    ];
    const file = workspace.file('a', Uint8Array.from(bytes));
    const reader = await openSource({ uri: '', name: 'a', path: file, part: { kind: 'whole' } }, null);
    let end = '';
    for await (const { text } of reader.pieces()) end = text;
    await reader.close();
    assert.equal(reader.encoding, 'euc-kr');
    assert.ok(end.endsWith('가나 가나 '));
  });

  it('a file that vanishes after it was read can still be resumed', async () => {
    const record = await trainOn(smallText(200));
    rmSync(path.join(workspace.folder, 'a'));
    const { session } = workspace.session();
    await session.open({ runFolder: workspace.runFolder('one'), text: null });
    await session.resume();
    await session.settled();
    assert.equal(session.record.step, 2 * record.step);
  });

  it('only the first bytes are read when only they are wanted', async () => {
    const { session } = workspace.session();
    const order = workspace.order('one', TINY, { path: workspace.file('a', '가나다라'.repeat(500)) });
    session.train({ ...order, source: { ...order.source, part: { kind: 'head', bytes: 1000 } } });
    await session.settled();
    assert.equal(session.record.corpus?.tokens, 333);
  });
});
