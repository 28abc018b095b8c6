// A comparison from its command to its end: as many parameters, queued trainings, one that cannot be trained, and what is left of it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Comparison } from '../../src/protocol/inspectorMessages';
import { configure, frameOf, gatescope, reaches, restoreDefaults, TINY, train } from './gatescope';
import { Dialogs } from './dialogs';
import { eventually } from '../eventually';
import { smallText, writeFile } from './texts';
import { trainerProcesses } from './trainerProcesses';

const compare = (request: unknown): Thenable<unknown> =>
  vscode.commands.executeCommand('gatescope.compareCell', request);

describe('a comparison of cells', () => {
  let dialogs: Dialogs;
  let text: vscode.Uri;
  before(async () => {
    dialogs = new Dialogs();
    await gatescope();
    await configure(TINY);
    text = writeFile('compare/cells.txt', smallText(12));
  });
  after(async () => {
    dialogs.press = /Delete/;
    await vscode.commands.executeCommand('gatescope.deleteAllRuns');
    await restoreDefaults(TINY);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    dialogs.restore();
  });

  async function ended(): Promise<Comparison> {
    const api = await gatescope();
    return eventually('the end of the comparison', () => {
      const { comparison } = api.shown();
      return comparison?.active === false && comparison;
    });
  }

  it('trains the other cell with two seeds, one after the other, on as many parameters and the same text', async () => {
    const api = await gatescope();
    const { id } = await train(text);
    const base = await reaches(id, 'finished');
    await frameOf(id);
    await compare({ cells: ['gru'], budget: 'parameters', seeds: 2 });
    const waiting = api.shown().comparison;
    assert.ok(waiting?.active);
    const { seed } = base.config;
    assert.deepEqual(
      waiting.runs.map(({ config }) => [config.cell, config.seed - seed]),
      [
        ['gru', 0],
        ['lstm', 1],
        ['gru', 1],
      ],
    );
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, busyRuns(api.runs()))), 5);
    const { runs, budget } = await ended();
    clearInterval(watch);
    assert.equal(most, 1, 'never two trainings at once');
    assert.equal(budget, 'parameters');
    for (const { record, problem, metrics } of runs) {
      assert.equal(problem, null);
      assert.equal(record?.phase, 'finished');
      assert.equal(record.corpus?.hash, base.corpus?.hash);
      assert.deepEqual(record.batch, base.batch);
      assert.ok(Math.abs(record.parameters / base.parameters - 1) <= 0.05, `${record.parameters} ${base.parameters}`);
      assert.ok(metrics.length > 0, 'its curve is there');
    }
    assert.equal(api.shown().run?.id, id, 'the run shown stays');
    await eventually('idle trainers gone', () => trainerProcesses().length <= 1);
  });

  it('goes on without a run that cannot be trained, and loses those that are deleted', async () => {
    const api = await gatescope();
    await vscode.workspace.fs.delete(text);
    dialogs.clear();
    await compare({ cells: ['vanilla'], budget: 'units', seeds: 1 });
    const { runs } = await ended();
    assert.match(runs[0].problem ?? '', /cells\.txt/);
    assert.equal(runs[0].record, null);
    writeFile('compare/cells.txt', smallText(12));
    await compare({ cells: ['vanilla'], budget: 'units', seeds: 1 });
    const [{ record }] = (await ended()).runs;
    assert.equal(record?.config.hiddenUnits, TINY.hiddenUnits);
    await compare({ cells: [], budget: 'units', seeds: 1, runs: [record.id, 'no such run'] });
    const again = await ended();
    assert.deepEqual(
      again.runs.map((run) => run.record?.id),
      [record.id],
      'a stored run on the same text, nothing to train',
    );
    assert.equal(again.budget, null);
    dialogs.press = /Delete/;
    await vscode.commands.executeCommand('gatescope.deleteRun', record.id);
    await eventually('no comparison', () => api.shown().comparison === null);
  });
});

const busyRuns = (runs: { phase: string }[]): number =>
  runs.filter(({ phase }) => phase === 'training' || phase === 'preparing').length;
