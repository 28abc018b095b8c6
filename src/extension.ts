// Entry of the extension in a desktop or remote VS Code: the host, with trainers as child processes.
import type * as vscode from 'vscode';
import { activate as activateHost, type Activated, type GatescopeApi } from './host/activate';
import { liveTrainer } from './trainer/liveTrainer';
import { launchTrainer } from './trainer/nodeLauncher';

let activated: Activated | null = null;

export function activate(context: vscode.ExtensionContext): GatescopeApi {
  const begin = performance.now();
  activated = activateHost(context, launchTrainer, liveTrainer);
  return { ...activated.api, activationMilliseconds: performance.now() - begin };
}

export async function deactivate(): Promise<void> {
  await activated?.close();
  activated = null;
}
