// The extension under test: its interface, its commands, and how the suite waits for what a training does.
import * as vscode from 'vscode';
import { decodeFrame, type TraceFrame } from '../../src/protocol/traceFrame';
import type { RunPhase, RunRecord } from '../../src/protocol/run';
import type { GatescopeApi } from '../../src/host/activate';
import { eventually } from '../eventually';

export const EXTENSION_ID = 'gatescope.gatescope';

/** Activates the extension (once) and returns what it exports. */
export async function gatescope(): Promise<GatescopeApi> {
  const extension = vscode.extensions.getExtension<GatescopeApi>(EXTENSION_ID);
  if (!extension) throw new Error(`${EXTENSION_ID} is not installed`);
  return extension.activate();
}

/** A model so small that a training takes a second. */
export const TINY = {
  hiddenUnits: 8,
  embeddingSize: 4,
  sequenceLength: 16,
  batchSize: 4,
  epochs: 1,
};

/**
 * Trains until it is stopped, however fast the machine: 1,000 epochs in tiny batches take minutes, and it learns so slowly that
 * the validation loss never ceases to fall.
 */
export const ENDLESS = {
  hiddenUnits: 32,
  embeddingSize: 16,
  sequenceLength: 16,
  batchSize: 1,
  epochs: 1000,
  learningRate: 1e-6,
};

/** Gives the settings that a test changed their defaults back. */
export async function restoreDefaults(settings: Record<string, unknown>): Promise<void> {
  await configure(Object.fromEntries(Object.keys(settings).map((key) => [key, undefined])));
}

/** Sets `gatescope.training.*` for the suite's user; undefined restores a default. */
export async function configure(settings: Record<string, unknown>): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('gatescope');
  for (const [key, value] of Object.entries(settings))
    await configuration.update(key.includes('.') ? key : `training.${key}`, value, vscode.ConfigurationTarget.Global);
}

/** Runs a command and presses Enter in every picker it opens, until it ends. */
export async function runAccepting<T>(command: string, ...args: unknown[]): Promise<T> {
  let running = true;
  const done = Promise.resolve(vscode.commands.executeCommand<T>(command, ...args)).finally(() => {
    running = false;
  });
  while (running) {
    await Promise.race([done.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 50))]);
    if (running) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }
  return done;
}

/** Trains on a file with the settings as they are and returns the new run. */
export async function train(uri: vscode.Uri, command = 'gatescope.trainRecurrentModel'): Promise<RunRecord> {
  const api = await gatescope();
  const before = new Set(api.runs().map((run) => run.id));
  await runAccepting(command, uri);
  return eventually('a new run', () => api.runs().find((run) => !before.has(run.id)));
}

/** The run as it is now; throws when there is none of that name. */
export async function runNow(id: string): Promise<RunRecord> {
  const run = (await gatescope()).runs().find((record) => record.id === id);
  if (!run) throw new Error(`no run ${id}`);
  return run;
}

export async function reaches(id: string, ...phases: RunPhase[]): Promise<RunRecord> {
  return eventually(`run ${id} ${phases.join(' or ')}`, async () => {
    const run = await runNow(id);
    return phases.includes(run.phase) && run;
  });
}

/** The newest frame of a run, once there is one. */
export async function frameOf(id: string): Promise<TraceFrame> {
  const api = await gatescope();
  return eventually(`a frame of ${id}`, () => {
    const frame = api.lastFrame();
    return frame?.header.runId === id && frame;
  });
}

/** Whether every gate of a frame has [timesteps, units] finite numbers. */
export function gatesAreFinite(frame: TraceFrame): boolean {
  const { gates, tokens, hiddenUnits } = frame.header;
  const arrays = decodeFrame(frame);
  return gates.every(({ key }) => {
    const { shape, values } = arrays[`gate.${key}`];
    return shape[0] === tokens.length && shape[1] === hiddenUnits && values.every(Number.isFinite);
  });
}
