// Copy as Command Line: the run shown, or the one the defaults would begin, as a command for a terminal.
import * as vscode from 'vscode';
import { trainCommandLine } from '../runs/commandLine';
import { defaultConfig } from '../settings';
import { chooseText } from './chooseText';
import type { CommandContext } from './commandContext';

export async function copyCommandLine(context: CommandContext): Promise<void> {
  const order = await orderOf(context);
  if (!order) return;
  const { config, source } = order;
  const uri = vscode.Uri.parse(source.uri);
  if (uri.scheme !== 'file' || source.part.kind === 'selection') {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'Only a whole file on disk can be trained on from the command line. Save the text to a file first.',
      ),
    );
    return;
  }
  const cli = vscode.Uri.joinPath(context.extensionUri, 'dist', 'cli.js').fsPath;
  await vscode.env.clipboard.writeText(trainCommandLine(cli, uri.fsPath, config, source.part));
  void vscode.window.showInformationMessage(vscode.l10n.t('Command line copied.'));
}

async function orderOf(context: CommandContext) {
  if (context.runs.current) return context.runs.current.record;
  const text = await chooseText(undefined, undefined, context.inspector()?.link.document?.uri ?? null);
  return text && { config: defaultConfig(vscode.Uri.parse(text.source.uri)), source: text.source };
}
