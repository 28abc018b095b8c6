// More than one thing at once: two trainings, and a command given several files.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { configure, ENDLESS, gatescope, reaches, restoreDefaults, runNow, TINY } from './gatescope';
import type { RunRecord } from '../../src/protocol/run';
import { Dialogs } from './dialogs';
import { eventually } from '../eventually';
import { smallText, writeFile } from './texts';
import { trainerProcesses } from './trainerProcesses';

const TRAIN = 'gatescope.trainRecurrentModel';

describe('more than one file', () => {
  let dialogs: Dialogs;
  let first: vscode.Uri;
  let second: vscode.Uri;

  before(async () => {
    dialogs = new Dialogs();
    await gatescope();
    first = writeFile('several/first.txt', smallText());
    second = writeFile('several/second.txt', smallText(80));
    await configure(TINY);
  });
  after(async () => {
    dialogs.press = /Delete/;
    await vscode.commands.executeCommand('gatescope.deleteAllRuns');
    await restoreDefaults(TINY);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    dialogs.restore();
  });

  /** Trains on both files without waiting for the first, and returns the ids of the two new runs. */
  async function trainBoth(): Promise<string[]> {
    const { runs } = await gatescope();
    const before = new Set(runs().map(({ id }) => id));
    await Promise.all([vscode.commands.executeCommand(TRAIN, first), vscode.commands.executeCommand(TRAIN, second)]);
    const idOn = (name: string): Promise<string> =>
      eventually(
        `a run on ${name}`,
        () => runs().find(({ id, source }) => source.name === name && !before.has(id))?.id,
      );
    return [await idOn('first.txt'), await idOn('second.txt')];
  }

  it('can be trained on at the same time, each in a process of its own', async () => {
    await configure(ENDLESS);
    const ids = await trainBoth();
    const both = (): Promise<RunRecord[]> => Promise.all(ids.map(runNow));
    await eventually('two trainings at once', async () => (await both()).every(({ phase }) => phase === 'training'));
    await eventually('two trainers', () => trainerProcesses().length === 2);
    const begun = await both();
    await eventually('steps of both', async () => (await both()).every(({ step }, k) => step > begun[k].step));
    for (const id of ids) {
      await vscode.commands.executeCommand('gatescope.openRun', id);
      await vscode.commands.executeCommand('gatescope.stop');
      await reaches(id, 'stopped');
    }
    await restoreDefaults(ENDLESS);
    await configure(TINY);
  });

  it('each come to their end in a run of their own', async () => {
    await configure({ epochs: 12 });
    const { storageFolder } = await gatescope();
    const ids = await trainBoth();
    const [one, other] = await Promise.all(ids.map((id) => reaches(id, 'finished')));
    assert.equal(one.corpus?.characters, smallText().length);
    assert.equal(other.corpus?.characters, smallText(80).length);
    for (const { id, step, plannedSteps } of [one, other]) {
      assert.equal(step, plannedSteps);
      const record = path.join(storageFolder, 'runs', id, 'run.json');
      assert.equal((JSON.parse(fs.readFileSync(record, 'utf8')) as { phase: string }).phase, 'finished');
    }
    await configure({ epochs: TINY.epochs });
  });

  it('when all are selected is trained on the first alone, and said so', async () => {
    dialogs.clear();
    const { runs } = await gatescope();
    const before = new Set(runs().map(({ id }) => id));
    await vscode.commands.executeCommand(TRAIN, second, [first, second]);
    const added = runs().filter(({ id }) => !before.has(id));
    assert.deepEqual(
      added.map(({ source }) => source.name),
      ['first.txt'],
    );
    assert.equal(dialogs.last, '2 files are selected; training uses the first, “first.txt”.');
    await reaches(added[0].id, 'finished');
  });
});
