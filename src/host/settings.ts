// The gatescope.* settings, read when they are needed and never kept.
import * as vscode from 'vscode';
import { SHADINGS, type ShadedBy } from '../protocol/questions';
import type { RunConfig } from '../protocol/runConfig';
import { DEFAULT_SNAPSHOT_MEGABYTES, MAX_THREADS } from '../protocol/trainerMessages';
import type { TrainerSettings } from './runs/trainerConnection';
import { clampedNumber, readRunConfig } from './settingValues';

function section(scope?: vscode.Uri): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('gatescope', scope);
}

/** The configuration new runs begin with, silently corrected. */
export function defaultConfig(scope?: vscode.Uri): RunConfig {
  const settings = section(scope);
  return readRunConfig((name) => settings.get(name), vscode.l10n.t).config;
}

/** The same, telling the person which settings were out of range and are not used. */
export function defaultConfigTold(scope?: vscode.Uri): RunConfig {
  const settings = section(scope);
  const { config, problems } = readRunConfig((name) => settings.get(name), vscode.l10n.t);
  if (problems.length > 0) {
    const list = problems.map((problem) => `${problem.setting} = ${JSON.stringify(problem.value)}. ${problem.message}`);
    const open = vscode.l10n.t('Open Settings');
    void vscode.window
      .showWarningMessage(vscode.l10n.t('Settings out of range; their defaults are used. {0}', list.join(' ')), open)
      .then((answer) => {
        if (answer === open) void vscode.commands.executeCommand('workbench.action.openSettings', problems[0].setting);
      });
  }
  return config;
}

/** How trainer processes are started. */
export function trainerSettings(): Omit<TrainerSettings, 'modulePath'> {
  const settings = section();
  return {
    priority: settings.get('trainer.priority') === 'normal' ? 'normal' : 'low',
    memoryMegabytes: Math.round(clampedNumber(settings.get('trainer.memoryMegabytes'), 256, 32768, 2048)),
  };
}

/** Threads of new and of opened runs; 0 leaves the number to the trainer, which measures. */
export function trainerThreads(): number {
  return Math.round(clampedNumber(section().get('trainer.threads'), 0, MAX_THREADS, 0));
}

/** What every run that begins or is opened is told. */
export function runSettings(): { threads: number; snapshotMegabytes: number } {
  const megabytes = section().get('storage.snapshotMegabytes');
  return {
    threads: trainerThreads(),
    snapshotMegabytes: Math.round(clampedNumber(megabytes, 0, 10_000, DEFAULT_SNAPSHOT_MEGABYTES)),
  };
}

/** How many runs stay in storage. */
export function maxStoredRuns(): number {
  return Math.round(clampedNumber(section().get('storage.maxRuns'), 1, 1000, 20));
}

/** How much text Continue the Text writes, and how freely. */
export function continueSettings(): { tokens: number; temperature: number } {
  const settings = section();
  return {
    tokens: Math.round(clampedNumber(settings.get('continue.tokens'), 1, 5000, 400)),
    temperature: clampedNumber(settings.get('continue.temperature'), 0, 10, 0.8),
  };
}

export type EditorShading = ShadedBy | 'off';

/** What the editor itself shows of the run's text. */
export function editorSettings(): { shading: EditorShading; hover: boolean } {
  const settings = section();
  const wanted = settings.get('editor.shading');
  return {
    shading: SHADINGS.find((by) => by === wanted) ?? 'off',
    hover: settings.get('editor.hover') === true,
  };
}

/** Where the workspace has its own word it is changed there, else for the person. */
export async function setEditorShading(shading: EditorShading): Promise<void> {
  const settings = section();
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const inWorkspace = settings.inspect('editor.shading')?.workspaceValue !== undefined;
  await settings.update('editor.shading', shading, inWorkspace ? Workspace : Global);
}
