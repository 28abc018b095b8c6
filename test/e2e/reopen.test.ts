// A run outlives its window: Open Run… brings back the same run and the same picture; then it writes on.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { eventually } from '../eventually';
import { Inspector } from './inspector';
import { trainersOf } from './processes';
import { sampleStart, screenshotOfFailure, startSession, type Session } from './session';
import type { Workbench } from '../vscode/workbench';

describe('a run in storage', () => {
  const text = sampleStart(40_000);
  let session: Session;
  let workbench: Workbench;
  let inspector: Inspector;
  let gates: number[][];

  before(async () => {
    session = await startSession({
      files: { 'sample.txt': text },
      settings: { 'gatescope.training.hiddenUnits': 32, 'gatescope.training.epochs': 1 },
    });
    workbench = session.workbench;
    inspector = new Inspector(workbench);
    await workbench.openFile('sample.txt');
    await workbench.command('Gatescope: Train on This File');
    await inspector.picture();
    await inspector.phase('finished', 60_000);
  });
  afterEach(async function () {
    await screenshotOfFailure(this, session);
  });
  after(() => session?.end());

  it('keeps its picture while the inspector is hidden', async () => {
    await workbench.goTo(1, 10);
    await eventually('the beginning of the text', async () =>
      (await inspector.windowText()).startsWith(text.slice(0, 10)),
    );
    gates = await inspector.gate('f');
    await workbench.tab('Gatescope').click();
    await workbench.command('View: Close Editor');
    await workbench.command('Gatescope: Open Inspector');
    await inspector.picture();
    assert.deepEqual(await inspector.gate('f'), gates);
  });

  it('comes back from Open Run… after the window was closed', async () => {
    await workbench.command('View: Close All Editors');
    await workbench.reload();
    await workbench.choose('Gatescope: Open Run…', 'LSTM 32');
    await inspector.picture();
    await inspector.phase('finished');
    await workbench.goTo(1, 10);
    await eventually('the same picture', async () => (await inspector.gate('f')).join() === gates.join(), 10_000);
  });

  it('comes back by itself when the window is reloaded', async () => {
    await workbench.reload();
    await inspector.picture();
    await inspector.phase('finished');
  });

  it('continues the text in the inspector, never in the file', async () => {
    await inspector.button('Continue the Text').click();
    const sample = inspector.document.locator('.continuation .sampled');
    await sample.waitFor();
    assert.ok((await sample.innerText()).length > 20);
    assert.equal(fs.readFileSync(path.join(session.server.workspace, 'sample.txt'), 'utf8'), text);
    assert.equal(await workbench.page.locator('.tab.dirty').count(), 0);
  });

  it('is marked stale when its file is deleted', async () => {
    fs.rmSync(path.join(session.server.workspace, 'sample.txt'));
    await inspector.document.locator('.stale-bar').filter({ hasText: 'gone' }).waitFor();
  });

  it('leaves no process when the window is closed', async () => {
    await workbench.page.goto('about:blank');
    await session.server.stop();
    await eventually('no trainer left', () => trainersOf(session.server).length === 0, 10_000);
  });
});
