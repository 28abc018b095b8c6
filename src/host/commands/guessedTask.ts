// What a text is trained for when nobody said it: guessed from its name and beginning, told, and changed with one click.
import * as vscode from 'vscode';
import type { RunConfig } from '../../protocol/runConfig';
import { withTask } from '../../protocol/taskDefaults';
import type { Estimator } from '../runs/estimator';
import { MAX_VIRTUAL_MEGABYTES, type TrainingText } from '../runs/trainingText';

const BEGINNING = 65_536;
/** Nothing else is looked at closer: columns are separated by tabs, or the name says that there are some. */
const NAMED_TABLE = /\.(csv|tsv|tab|conllu?)$/i;

/** The configuration with the task that the text looks made for, where none was chosen. */
export async function withGuessedTask(
  config: RunConfig,
  text: TrainingText,
  estimator: Pick<Estimator, 'guess'>,
): Promise<RunConfig> {
  if (config.task !== 'language') return config;
  if (text.dataset) return withTask(config, 'classification');
  const { name } = text.source;
  const beginning = await beginningOf(text);
  const [firstFilled = ''] = /\S.*/.exec(beginning) ?? [];
  if (!NAMED_TABLE.test(name) && !firstFilled.includes('\t')) return config;
  // Where nobody can be asked it is a text like any other; the trainer then says what is wrong with it.
  return withTask(config, await estimator.guess(name, beginning).catch(() => config.task));
}

async function beginningOf({ source, text, bytes }: TrainingText): Promise<string> {
  if (text !== null) return text.slice(0, BEGINNING);
  // Files are read as a whole here; what is too large for that is hardly a set of examples.
  if (bytes > MAX_VIRTUAL_MEGABYTES * 1024 * 1024) return '';
  try {
    const uri = vscode.Uri.parse(source.uri);
    const content = await vscode.workspace.fs.readFile(uri);
    return await vscode.workspace.decode(content.subarray(0, BEGINNING), { uri });
  } catch {
    // The trainer reads it again and says what is wrong.
    return '';
  }
}

/** Says what was guessed; resolves to whether the person wants a language model instead. */
export async function wantsLanguageModel({ task }: RunConfig, { source }: TrainingText): Promise<boolean> {
  const said =
    task === 'tagging'
      ? vscode.l10n.t('“{0}” holds tagged tokens: a network is trained that tags every token.', source.name)
      : vscode.l10n.t('“{0}” holds labelled texts: a network is trained that tells the labels apart.', source.name);
  const instead = vscode.l10n.t('Train a Language Model Instead');
  return (await vscode.window.showInformationMessage(said, instead)) === instead;
}
