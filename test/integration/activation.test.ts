// The extension wakes quickly, registers what its manifest promises and leaves everything else alone.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EXTENSION_ID, gatescope } from './gatescope';
import { trainerProcesses } from './trainerProcesses';

interface Manifest {
  activationEvents: string[];
  contributes: {
    commands: { command: string; title: string; category: string }[];
    configuration: { properties: Record<string, { default: unknown }> }[];
  };
}

const manifest = (): Manifest => vscode.extensions.getExtension(EXTENSION_ID)?.packageJSON as Manifest;

describe('activation', () => {
  it('takes less than 50 ms', async () => {
    const { activationMilliseconds } = await gatescope();
    console.log(`      activate() took ${activationMilliseconds.toFixed(1)} ms in VS Code ${vscode.version}`);
    assert.ok(activationMilliseconds < 50, `${activationMilliseconds} ms`);
  });

  it('registers exactly the commands of the manifest', async () => {
    await gatescope();
    const all = await vscode.commands.getCommands(true);
    // VS Code adds commands of its own to open and focus views.
    const registered = all.filter((command) => /^gatescope\.\w+$/.test(command)).sort();
    const promised = manifest().contributes.commands.map(({ command }) => command);
    assert.deepEqual(registered, promised.sort());
  });

  it('waits for a command or a stored inspector, not for a language or the start', () => {
    assert.deepEqual(manifest().activationEvents, ['onWebviewPanel:gatescope.inspector']);
  });

  it('gives every command the category Gatescope and a title', () => {
    for (const { command, title, category } of manifest().contributes.commands) {
      assert.equal(category, 'Gatescope', command);
      assert.match(title, /^\p{Lu}/u, command);
    }
  });

  it('starts no trainer before it is asked to', async () => {
    await gatescope();
    assert.deepEqual(trainerProcesses(), []);
  });
});
