// On texts that people wrote, English and Korean: every cell's drawn gates are those of its saved weights. Needs ../shared/data.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { eventually } from '../eventually';
import type { Workbench } from '../vscode/workbench';
import { root } from '../vscode/paths';
import { expectDrawnGates } from './drawnGates';
import { Inspector } from './inspector';
import { readRecord, runFolders, screenshotOfFailure, startSession, type Session } from './session';

const CELLS = [
  { cell: 'LSTM', kind: 'lstm', keys: ['f', 'i', 'o', 'g', 'c', 'h'] },
  { cell: 'GRU', kind: 'gru', keys: ['u', 'r', 'g', 'h'] },
  { cell: 'Vanilla', kind: 'vanilla', keys: ['h'] },
];

/** Whole lines from the beginning of a corpus; fails clearly where the data is absent. */
function corpusStart(name: string, characters: number): string {
  const file = path.join(root, '../shared/data', name, 'input.txt');
  if (!fs.existsSync(file))
    throw new Error(`this test needs ${path.relative(root, file)}, which is not part of the project`);
  const text = fs.readFileSync(file, 'utf8');
  return text.slice(0, text.lastIndexOf('\n', characters) + 1);
}

const TEXTS = [
  { language: 'English', corpus: 'tinyshakespeare', characters: 600_000 },
  { language: 'Korean', corpus: 'ko-kaist-text', characters: 300_000 },
];

for (const { language, corpus, characters } of TEXTS)
  describe(`on a text that people wrote in ${language}`, () => {
    let text: string;
    let session: Session;
    let workbench: Workbench;
    let inspector: Inspector;

    before(async () => {
      text = corpusStart(corpus, characters);
      session = await startSession({
        files: { 'text.txt': text },
        settings: {
          'gatescope.training.hiddenUnits': 48,
          // Minutes of training, so that a run still trains when it is paused.
          'gatescope.training.epochs': 1000,
          'gatescope.training.learningRate': 2e-4,
        },
      });
      workbench = session.workbench;
      inspector = new Inspector(workbench);
      await workbench.openFile('text.txt');
    });
    afterEach(async function () {
      await screenshotOfFailure(this, session);
    });
    after(() => session?.end());

    for (const { cell, kind, keys } of CELLS)
      it(`draws the gates of a ${kind} network as its saved weights make them`, async () => {
        await workbench.goTo(1, 5);
        await workbench.command('Gatescope: Train with Options…');
        await workbench.pick('Cell', 'Train a Recurrent Model on');
        await workbench.pick(cell, 'Cell');
        await workbench.pick('Enter begins', 'Train a Recurrent Model on');
        const name = cell === 'Vanilla' ? 'Vanilla tanh' : cell;
        await inspector.document.getByText(`${name} 48`).first().waitFor();
        await inspector.picture();
        await eventually('some steps', async () => (await inspector.step()) >= 5);
        await inspector.button(/^Pause/).click();
        await inspector.phase('paused');
        await eventually('the text from its beginning', async () =>
          (await inspector.windowText()).startsWith(text.slice(0, 12)),
        );
        const [runFolder] = runFolders(session.server);
        assert.equal(readRecord(runFolder).config.cell, kind);
        await expectDrawnGates(inspector, keys, { runFolder, text, first: 0, count: 30 });
        await inspector.closeTable();
      });
  });
