// Import Dependency Trees…: the trees of a CoNLL-U file, drawn with the text of the run in place of the parser's.
import * as vscode from 'vscode';
import { GatescopeError } from '../../protocol/failures';
import type { Answers } from '../../protocol/questions';
import type { ImportedTrees } from '../../protocol/syntax';
import { treeReason } from '../../protocol/treeReasons';
import { baseName } from '../runs/trainingText';
import type { CommandContext } from './commandContext';

/** Treebanks of a million words have less; the file is kept with the run. */
const MOST_MEGABYTES = 128;

/** Takes the file from the person where none is given; the run is the one that is shown. */
export async function importTrees(context: CommandContext, file?: unknown): Promise<void> {
  const run = context.runs.current;
  if (!run) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Trees are shown with the text that a model reads, and there is no model yet. Train on a file, or open a stored run, then import them.',
      ),
    );
    return;
  }
  const chosen = file instanceof vscode.Uri ? file : await chooseTrees();
  if (!chosen) return;
  const inspector = context.openInspector();
  const name = baseName(chosen);
  const content = await textOf(chosen);
  const question = { about: 'importTrees' as const, name, content };
  const answered = await run.request('ask', { question, view: inspector.viewOf(run.record) });
  // Another file is being imported meanwhile.
  if (answered === null) return;
  run.treesImported++;
  run.changed.fire({ run, newMetrics: [], reset: false, phaseChanged: true });
  const imported = answered.value as Answers['importTrees'];
  context.log.info(`run ${run.id}: ${imported.trees} trees of ${name}, ${imported.problemCount} sentences without one`);
  await tell(imported, chosen);
}

async function chooseTrees(): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import Dependency Trees'),
    openLabel: vscode.l10n.t('Import'),
    filters: { 'CoNLL-U': ['conllu', 'conll', 'txt'] },
  });
  return files?.[0];
}

/** @throws GatescopeError tooLargeToHold, undecodable, fileUnreadable */
async function textOf(file: vscode.Uri): Promise<string> {
  const name = baseName(file);
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    const megabytes = Math.ceil(size / 1e6);
    if (megabytes > MOST_MEGABYTES)
      throw new GatescopeError('tooLargeToHold', { name, megabytes, limit: MOST_MEGABYTES });
    const bytes = await vscode.workspace.fs.readFile(file);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof GatescopeError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw error instanceof TypeError
      ? new GatescopeError('fileUnreadable', { name, reason: vscode.l10n.t('it is not written in UTF-8') })
      : new GatescopeError('fileUnreadable', { name, reason });
  }
}

/** How many trees there are, whether they belong to this text, and what could not be read, with the way to it. */
async function tell(imported: ImportedTrees, file: vscode.Uri): Promise<void> {
  const { name, trees, problems, problemCount, matched } = imported;
  const t = vscode.l10n.t;
  const isStrange = matched === 0;
  const said = [
    t('Kept with this run: trees of “{0}”, {1} in all.', name, trees),
    isStrange
      ? t(
          'None of their sentences stands in the text around the cursor: open the text that they are of, or go back to the parser’s trees in the inspector.',
        )
      : '',
    problemCount > 0
      ? t(
          'Sentences left out: {0}, the first in line {1}: {2}.',
          problemCount,
          problems[0].line,
          treeReason(problems[0].reason, t),
        )
      : '',
  ];
  const message = said.filter((part) => part !== '').join(' ');
  if (problemCount === 0) {
    void (isStrange ? vscode.window.showWarningMessage(message) : vscode.window.showInformationMessage(message));
    return;
  }
  const goTo = t('Go to Line {0}', problems[0].line);
  const list = t('List Them');
  const answer = await vscode.window.showWarningMessage(message, goTo, ...(problemCount > 1 ? [list] : []));
  if (answer === goTo) {
    const at = new vscode.Position(problems[0].line - 1, 0);
    await vscode.window.showTextDocument(file, {
      selection: new vscode.Range(at, at),
      viewColumn: vscode.ViewColumn.One,
    });
  }
  if (answer === list) await showProblems(imported);
}

/** As a text of its own, which the person may save or close. */
async function showProblems({ name, problems, problemCount }: ImportedTrees): Promise<void> {
  const t = vscode.l10n.t;
  const lines = problems.map(({ line, reason }) => t('line {0}: {1}', line, treeReason(reason, t)));
  const more = problemCount - problems.length;
  const content = [name, '', ...lines, ...(more > 0 ? [t('and {0} more', more)] : []), ''].join('\n');
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }), { preview: true });
}
