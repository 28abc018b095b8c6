// `gatescope score`: how well a stored run's network classifies, tags or fills gaps in examples that it was not trained on.
import path from 'node:path';
import { GatescopeError } from '../../protocol/failures';
import type { DatasetSource } from '../../protocol/taskRun';
import { counted } from '../../text/counted';
import { RunFolder } from '../runFolder';
import { openDataset } from '../tasks/datasetStore';
import { scoreFile, scoreHeldOut, type StoredTask } from '../tasks/scoreFile';
import { filesOfDataset } from './datasetFiles';
import { scoreLines } from './scoreLines';
import { openRun } from './storedRun';
import { EXIT, optionLines, parseOptions, UsageError, type CommandContext, type Subcommand } from './subcommand';

interface ScoreOptions {
  runFolder: string;
  /** None: the part that was held out. */
  files: string[];
  columns: Omit<DatasetSource, 'files'>;
  json: boolean;
}

export const scoreCommand: Subcommand = {
  name: 'score',
  summary: 'score a stored classifier, tagger or cloze network',
  help: () =>
    [
      'gatescope score RUN_FOLDER [FILE…] [options]',
      '',
      'Scores the network of a run on examples in a file, or without one on the part that was held out when it was trained:',
      'accuracy with its 95 % interval, macro-F1, perplexity of hidden tokens, what always saying the same would reach, and who',
      'was taken for whom.',
      '',
      'Options:',
      ...optionLines([
        ['label-column NAME', 'the column of labels, by name or number'],
        ['text-column NAME', 'the column of texts'],
        ['tag-column NAME', 'the column of tags'],
        ['json', 'print JSON'],
        ['help', 'show this'],
      ]),
      '',
      'Exit codes: 0 scored, 1 failed, 2 wrong usage or input that cannot be used.',
      '',
    ].join('\n'),
  prepare: (argv, context) => {
    const options = scoreOptions(argv);
    return () => score(options, context);
  },
};

/** @throws UsageError */
export function scoreOptions(argv: string[]): ScoreOptions {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseOptions(argv, {
    ...{ 'label-column': text, 'text-column': text, 'tag-column': text },
    json: { type: 'boolean' },
  });
  const [runFolder, ...files] = positionals;
  if (runFolder === undefined) throw new UsageError('score: which run folder?');
  const columns = {
    labelColumn: values['label-column'],
    textColumn: values['text-column'],
    tagColumn: values['tag-column'],
  };
  return { runFolder, files, columns, json: values.json === true };
}

/** A run on a task with its network and what it was trained on. @throws UsageError for a language model */
export async function openTask(command: string, runFolder: string, { engine }: CommandContext): Promise<StoredTask> {
  const folder = new RunFolder(path.resolve(runFolder));
  const record = folder.readRecord();
  if (record.config.task === 'language')
    throw new UsageError(`${command}: ${record.id} is a language model; inspect shows it`);
  const vocabulary = folder.readVocabulary();
  const dataset = openDataset(folder);
  return { record, vocabulary, dataset, trained: await openRun(folder, record, engine().modules) };
}

async function score(options: ScoreOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const task = await openTask('score', options.runFolder, context);
  try {
    const { files, columns, json } = options;
    const source = { files: filesOfDataset(files, task.record.config.task), ...columns };
    const { scores, truncated, unknownLabels } =
      files.length > 0
        ? await scoreFile(task, source)
        : { scores: await scoreHeldOut(task), truncated: 0, unknownLabels: 0 };
    if (truncated > 0)
      terminal.note(`info: ${counted(truncated, 'example')} cut at ${counted(task.trained.shape.timesteps, 'token')}`);
    if (unknownLabels > 0)
      terminal.note(`info: ${counted(unknownLabels, 'example')} of labels that it never saw left out`);
    if (scores === null) {
      const name = files.length > 0 ? path.basename(files[0]) : 'the held-out part';
      throw new GatescopeError('datasetTooFew', { name, examples: 0, needed: 1 });
    }
    const result = { run: task.record.id, ...scores, truncated, unknownLabels };
    terminal.print(json ? `${JSON.stringify(result, null, 2)}\n` : `${scoreLines(scores).join('\n')}\n`);
    return EXIT.done;
  } finally {
    task.dataset.close();
    task.trained.model.dispose();
  }
}
