// Export Weights for PyTorch…: the network shown as a safetensors file under PyTorch's names, and the lines of Python that read it.
import * as vscode from 'vscode';
import { GatescopeError } from '../../protocol/failures';
import type { Answers } from '../../protocol/questions';
import type { RunRecord } from '../../protocol/run';
import type { CommandContext } from './commandContext';

/** Exports the newest weights, or the snapshot of the given training step. */
export async function exportWeights({ runs, log }: CommandContext, snapshot?: unknown): Promise<void> {
  const run = runs.current;
  if (!run) throw new GatescopeError('notReady');
  const { record } = run;
  const metadata = { config: JSON.stringify(record.config), source: record.source.name };
  const nowhere = { slice: null, cursor: 0, windowStart: null, columns: 1 };
  const view = typeof snapshot === 'number' ? { ...nowhere, snapshot } : null;
  const answered = await run.request('ask', { question: { about: 'torchWeights', metadata }, view });
  // Another export of this run began meanwhile.
  if (answered === null) return;
  const { bytes } = answered.value as Answers['torchWeights'];
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Weights for PyTorch'),
    defaultUri: vscode.Uri.joinPath(folderOf(record), `${fileName(record)}-step-${answered.step}.safetensors`),
    filters: { safetensors: ['safetensors'] },
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, bytes);
  log.info(`run ${run.id}: weights of step ${answered.step} exported for PyTorch`);
  const copy = vscode.l10n.t('Copy Python');
  const said = vscode.l10n.t(
    'The weights of step {0} are in {1}: gates in PyTorch’s order, biases in bias_ih, the vocabulary in the metadata.',
    answered.step,
    target.path.slice(target.path.lastIndexOf('/') + 1),
  );
  if ((await vscode.window.showInformationMessage(said, copy)) !== copy) return;
  await vscode.env.clipboard.writeText(pythonThatReads(target, record));
}

/** Beside the text; where that has no folder, in the workspace. */
function folderOf({ source }: RunRecord): vscode.Uri {
  const uri = source.uri === '' ? null : vscode.Uri.parse(source.uri);
  if (uri && uri.scheme !== 'untitled') return vscode.Uri.joinPath(uri, '..');
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
}

function fileName({ config, source }: RunRecord): string {
  return `${source.name.replace(/\.[^.]*$/, '')}-${config.cell}-${config.hiddenUnits}`;
}

/** The network in PyTorch with the exported weights in it; `ids` are [timesteps, sequences]. */
function pythonThatReads(file: vscode.Uri, { config }: RunRecord): string {
  const { cell, activation } = config;
  const layer = { vanilla: `RNN(E, H, nonlinearity="${activation}")`, lstm: 'LSTM(E, H)', gru: 'GRU(E, H)' }[cell];
  return [
    'import torch; from safetensors.torch import load_file',
    `w = load_file(${JSON.stringify(file.scheme === 'file' ? file.fsPath : file.path)}); (V, E), H = w["embedding.weight"].shape, w["out.weight"].shape[1]`,
    `net = torch.nn.ModuleDict({"embedding": torch.nn.Embedding(V, E), "rnn": torch.nn.${layer}, "out": torch.nn.Linear(H, V)})`,
    'net.load_state_dict(w)',
    'logits = lambda ids: net["out"](net["rnn"](net["embedding"](ids))[0])  # ids [timesteps, sequences]',
    '',
  ].join('\n');
}
