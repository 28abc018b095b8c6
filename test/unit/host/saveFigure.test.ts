// Saving a figure: a place is asked for, the bytes are those of the figure, and a person is told where they are or why not.
import assert from 'node:assert/strict';
import * as v from 'valibot';
import { saveFigure, type FigureEditor, type SavedFigure } from '../../../src/host/panel/saveFigure';
import { fromInspectorSchema } from '../../../src/protocol/inspectorMessages';
import { say } from './say';

interface Desk extends FigureEditor<string> {
  asked: [string, Record<string, string[]>][];
  written: Map<string, Uint8Array>;
  warnings: string[];
  told: string[];
  opened: string[];
}

function desk(answers: { place?: string; button?: string; failure?: Error }): Desk {
  const one: Desk = {
    asked: [],
    written: new Map(),
    warnings: [],
    told: [],
    opened: [],
    choosePlace: (name, kinds) => {
      one.asked.push([name, kinds]);
      return Promise.resolve(answers.place);
    },
    write: (place, bytes) => {
      if (answers.failure) return Promise.reject(answers.failure);
      one.written.set(place, bytes);
      return Promise.resolve();
    },
    tell: (message) => {
      one.told.push(message);
      return Promise.resolve(answers.button);
    },
    warn: (message) => void one.warnings.push(message),
    open: (place) => {
      one.opened.push(place);
      return Promise.resolve();
    },
    nameOf: (place) => place.split('/').at(-1) ?? place,
  };
  return one;
}

const drawing: SavedFigure = { name: 'lamps-gate-f', extension: 'svg', content: '<svg>∂ 한글</svg>' };

describe('saving a figure', () => {
  it('proposes its name, writes its text and says where it is', async () => {
    const editor = desk({ place: '/figures/mine.svg' });
    await saveFigure(drawing, editor, say);
    assert.deepEqual(editor.asked, [['lamps-gate-f.svg', { 'SVG drawing': ['svg'] }]]);
    assert.equal(new TextDecoder().decode(editor.written.get('/figures/mine.svg')), drawing.content);
    assert.deepEqual(editor.told, ['Saved mine.svg.']);
    assert.deepEqual(editor.opened, []);
  });

  it('opens it when asked to', async () => {
    const editor = desk({ place: '/figures/mine.svg', button: 'Open' });
    await saveFigure(drawing, editor, say);
    assert.deepEqual(editor.opened, ['/figures/mine.svg']);
  });

  it('writes the bytes of a picture, not their base64', async () => {
    const bytes = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10, 0, 255);
    const editor = desk({ place: '/a.png' });
    const content = Buffer.from(bytes).toString('base64');
    await saveFigure({ name: 'a', extension: 'png', content }, editor, say);
    assert.deepEqual([...(editor.written.get('/a.png') ?? [])], [...bytes]);
  });

  it('does nothing when no place is chosen', async () => {
    const editor = desk({});
    await saveFigure(drawing, editor, say);
    assert.deepEqual([editor.written.size, editor.told, editor.warnings], [0, [], []]);
  });

  it('says why a place cannot be written', async () => {
    const editor = desk({ place: '/full/mine.svg', failure: new Error('no space left') });
    await saveFigure(drawing, editor, say);
    assert.deepEqual(editor.warnings, ['mine.svg could not be saved: no space left']);
    assert.deepEqual(editor.told, []);
  });
});

describe('the message that brings a figure', () => {
  const fits = (message: object): boolean =>
    v.safeParse(fromInspectorSchema, { kind: 'saveFigure', name: 'a', extension: 'csv', content: '', ...message })
      .success;

  it('names a file of its own kind, in no other folder', () => {
    assert.ok(fits({ name: '소설-lstm-128-gate-f-step-0' }));
    for (const name of ['../a', 'a/b', 'a\\b', '', '.a', 'a.exe', 'a b']) assert.ok(!fits({ name }), name);
    assert.ok(!fits({ extension: 'html' }));
  });
});
