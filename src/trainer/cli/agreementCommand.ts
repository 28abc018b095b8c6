// `gatescope agreement`: how well models agree: sets with stored language models, one prefix, or cells trained on the task itself.
import path from 'node:path';
import { ItemScorer } from '../../labs/agreement/scoreItem';
import type { AgreementAnswer, AgreementSetAnswer } from '../../protocol/agreement';
import { answerAgreement } from '../answers/agreement';
import { scoreSet, setTold } from '../answers/agreementSet';
import type { OpenSet } from '../answers/agreementSetOf';
import { RunFolder } from '../runFolder';
import { nextTurn } from '../trainingLoop';
import { openSets, supervisedItems } from './agreementFiles';
import { agreementHelp, agreementOptions, type AgreementOptions } from './agreementOptions';
import { probeLines, setLines } from './agreementReport';
import { runSupervised } from './agreementSupervised';
import { supervisedLines } from './agreementTables';
import { openRun } from './storedRun';
import { EXIT, UsageError, type CommandContext, type Subcommand } from './subcommand';

/** A run and what was found with it. */
export interface Found<T> {
  run: string;
  step: number;
  value: T;
}

export const agreementCommand: Subcommand = {
  name: 'agreement',
  summary: 'whether verbs agree: attractors, minimal pairs, cells trained on it',
  help: agreementHelp,
  prepare: (argv, context) => {
    const options = agreementOptions(argv);
    return () => interruptible((goOn) => agreement(options, context, goOn));
  },
};

/** An interrupt ends the work at its next pause, not the process. */
async function interruptible(work: (goOn: () => Promise<boolean>) => Promise<number>): Promise<number> {
  let stopped = false;
  const stop = (): void => void (stopped = true);
  let last = performance.now();
  process.once('SIGINT', stop);
  try {
    return await work(async () => {
      if (performance.now() - last < 20) return !stopped;
      await nextTurn();
      last = performance.now();
      return !stopped;
    });
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

/** @throws UsageError, GatescopeError */
async function agreement(
  options: AgreementOptions,
  context: CommandContext,
  goOn: () => Promise<boolean>,
): Promise<number> {
  const { terminal } = context;
  const print = (data: unknown, lines: readonly string[]): void =>
    terminal.print(options.json ? `${JSON.stringify(data, null, 2)}\n` : `${lines.join('\n')}\n`);
  if (options.kind === 'supervised') {
    const items = await supervisedItems(options.files, terminal);
    const seeds = Array.from({ length: options.seeds }, (_, k) => k + 1);
    const chosen = { cells: options.cells, seeds, rareAs: options.rareAs };
    const { modules } = context.engine();
    const report = await runSupervised(modules, items, chosen, goOn, (line) => terminal.progress(line));
    terminal.progress(null);
    print(report, supervisedLines(report));
    return EXIT.done;
  }
  if (options.kind === 'probe') {
    const found = await withRuns<AgreementAnswer>(options.runs, context, (model, vocabulary) =>
      answerAgreement(
        { model, vocabulary, pause: nextTurn },
        {
          ...{ about: 'agreement', prefix: options.prefix, continuations: options.forms },
          ...{ attached: options.attached, number: null, steps: null },
        },
      ),
    );
    const data = found.map(({ run, step, value }) => ({
      ...{ run, step, ...value },
      ...(value.refused === null ? { influence: Array.from(value.influence) } : {}),
    }));
    print(data, found.flatMap(probeLines));
    return found.every(({ value }) => value.refused !== null) ? EXIT.badInput : EXIT.done;
  }
  const set = await openSets(options.source, terminal);
  const found = await withRuns<AgreementSetAnswer>(options.runs, context, (model, vocabulary, name) =>
    scored(set, new ItemScorer(model, vocabulary), goOn, (share) =>
      terminal.progress(`${name}: ${Math.round(100 * share)} %`),
    ),
  );
  terminal.progress(null);
  print(
    found.map(({ run, step, value }) => ({ run, step, ...value })),
    setLines(found),
  );
  return EXIT.done;
}

async function scored(
  set: OpenSet,
  scorer: ItemScorer,
  goOn: () => Promise<boolean>,
  progress: (share: number) => void,
): Promise<AgreementSetAnswer> {
  const scores = new Float64Array(set.items.length);
  await scoreSet(scorer, set, scores, async () => {
    progress(scores.findIndex((score) => score === 0) / scores.length);
    return goOn();
  });
  return setTold(set, scores, scorer);
}

type Opened = Awaited<ReturnType<typeof openRun>>['model'];

/** Opens one run after the other. @throws UsageError for networks that foretell no next token */
async function withRuns<T>(
  runs: readonly string[],
  { engine }: CommandContext,
  work: (model: Opened, vocabulary: ReturnType<RunFolder['readVocabulary']>, name: string) => Promise<T>,
): Promise<Found<T>[]> {
  const found: Found<T>[] = [];
  for (const run of runs) {
    const folder = new RunFolder(path.resolve(run));
    const record = folder.readRecord();
    const { task, bidirectional } = record.config;
    if (task !== 'language' || bidirectional)
      throw new UsageError(`agreement: ${record.id} is no language model: it foretells no next token`);
    const trained = await openRun(folder, record, engine().modules);
    try {
      const value = await work(trained.model, folder.readVocabulary(), record.id);
      found.push({ run: record.id, step: trained.position.step, value });
    } finally {
      trained.model.dispose();
    }
  }
  return found;
}
