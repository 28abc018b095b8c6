// `gatescope probe RUN_FOLDER --conllu FILE`: part of speech and number, as a CoNLL-U file gives them, read from every layer.
import path from 'node:path';
import { GatescopeError } from '../../protocol/failures';
import type { ProbeScore } from '../../protocol/probes';
import { counted } from '../../text/counted';
import { RunFolder } from '../runFolder';
import { SnapshotSeries } from '../snapshotSeries';
import { probeAnnotated, type ProbedWords, type SentenceReading } from '../tasks/annotatedProbes';
import { openDataset } from '../tasks/datasetStore';
import { readAnnotated } from '../tasks/readAnnotated';
import { openRun } from './storedRun';
import { EXIT, UsageError, type CommandContext } from './subcommand';

/** @throws UsageError for runs that read no sentences; GatescopeError datasetMalformed with file and line, datasetUntagged, nothingToProbe. */
export async function probeConllu(
  runFolder: string,
  file: string,
  json: boolean,
  { terminal, engine }: CommandContext,
): Promise<number> {
  const folder = new RunFolder(path.resolve(runFolder));
  const record = folder.readRecord();
  const { task } = record.config;
  if (task !== 'language' && task !== 'tagging')
    throw new UsageError(`probe: --conllu is for language models and taggers; ${record.id} learnt ${task}`);
  const name = path.basename(file);
  const source = { uri: '', name, path: path.resolve(file), part: { kind: 'whole' } } as const;
  const { sentences, broken } = await readAnnotated(source, null);
  for (const { line, reason } of broken) terminal.note(`info: ${name}, line ${line}: left out, ${reason}`);
  const trained = await openRun(folder, record, engine().modules);
  try {
    const { model, position } = trained;
    const report = { changed: () => undefined, warn: (text: string) => terminal.note(text) };
    const snapshots = new SnapshotSeries(folder.snapshotPath, trained, Infinity, report);
    const atStepZero = () => {
      const weights = snapshots.weights(0);
      for (const { name: parameter, values } of model.parameters.all) values.set(weights.get(parameter) ?? []);
    };
    const isKept = position.step > 0 && snapshots.steps.includes(0);
    terminal.progress('reading sentences');
    const pause = () => Promise.resolve();
    const found = await probeAnnotated(model, readingOf(folder, task), sentences, isKept ? atStepZero : null, pause);
    terminal.progress(null);
    if (found === null) throw new GatescopeError('nothingToProbe', { name });
    const { step } = position;
    terminal.print(
      json
        ? `${JSON.stringify({ run: record.id, step, file: name, ...found, leftOut: broken }, null, 2)}\n`
        : `${annotatedTable(found, step, name).join('\n')}\n`,
    );
    return EXIT.done;
  } finally {
    trained.model.dispose();
  }
}

function readingOf(folder: RunFolder, task: 'language' | 'tagging'): SentenceReading {
  const vocabulary = folder.readVocabulary();
  if (task === 'language') return { vocabulary, as: 'text' };
  const dataset = openDataset(folder);
  const { lowerCase } = dataset;
  dataset.close();
  return { vocabulary, as: 'words', lowerCase };
}

function annotatedTable(found: ProbedWords, step: number, file: string): string[] {
  const { properties, vectors, sentences, every, words, unaligned } = found;
  const percent = (share: number) => (100 * share).toFixed(1);
  const told = ({ accuracy, low, high }: ProbeScore) => `${percent(accuracy)} [${percent(low)}, ${percent(high)}]`;
  const isTwoWay = vectors.some(({ direction }) => direction === 'reverse');
  const rows = [
    ['', ...properties.map(({ name, judged }) => `${name}, n = ${judged}`)],
    ['always the most frequent', ...properties.map(({ majority }) => percent(majority))],
    ...vectors.map(({ what, layer, direction, scores }) => [
      what === 'embedding' ? what : `layer ${layer + 1}${isTwoWay ? `, ${direction}` : ''}`,
      ...scores.map(({ now, untrained }) => told(now) + (untrained ? ` (${percent(untrained.accuracy)})` : '')),
    ]),
  ];
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
  return [
    `step ${step}, ${file}: ${counted(words, 'word')} of ${counted(Math.ceil(sentences / every), 'sentence')}${every > 1 ? ` (one in ${every})` : ''}; ${unaligned} more left out, as no token ends with them alone`,
    `per cent right [95 %] of words in every fifth sentence, by linear probes fitted to the others (before training)`,
    ...rows.map((row) =>
      row.map((text, k) => (k === 0 ? text.padEnd(widths[k]) : text.padStart(widths[k]))).join('  '),
    ),
  ];
}
