// `gatescope probe`: what one linear layer can read about an example's class from the states at one of its tokens.
import { counted } from '../../text/counted';
import { probeConllu } from './probeAnnotated';
import { probeLayers } from './probeLayers';
import { probeToken, type TokenProbe } from '../tasks/probeToken';
import type { ReadoutScore } from '../tasks/readoutScores';
import { openTask } from './scoreCommand';
import {
  EXIT,
  onlyArgument,
  optionLines,
  parseOptions,
  UsageError,
  type CommandContext,
  type Subcommand,
} from './subcommand';

export const probeCommand: Subcommand = {
  name: 'probe',
  summary: 'what one linear layer reads from the states',
  help: () =>
    [
      'gatescope probe RUN_FOLDER [--json]',
      'gatescope probe RUN_FOLDER --conllu FILE [--json]',
      'gatescope probe RUN_FOLDER --token TEXT [--json]',
      '',
      'Of a language model: which properties of its text (the kind of a token and of the one before, the case, the place in the word or',
      'sentence, whether quotes or brackets are open) linear probes read from the embedding and from every layer, now and before',
      'training, on text held out. JSON: properties (name, majority, classes), vectors (what, layer, width, scores), fitted, judged.',
      '',
      'Of a language model or a tagger, with --conllu: part of speech (upos) and number (Sing, Plur), as the file gives them, from the',
      'state at the last token of every word. Each sentence is read on its own; every fifth is held out from the probes. JSON: properties',
      '(name, fitted, judged, majority, classes), vectors (what, layer, direction, width, scores), words, unaligned, leftOut (line, reason of broken sentences).',
      '',
      'Of a classifier, with --token:',
      'Takes the states at a token whose meaning depends on its surroundings, in every example of the run that holds it, and',
      'trains one linear layer to tell the examples’ classes from them: from the states that read from the front, from those that',
      'read from behind, and from both. It is trained on examples that the network was trained on and judged on the others.',
      '',
      'Options:',
      ...optionLines([
        ['conllu FILE', 'sentences with their parts of speech'],
        ['token TEXT', 'the token, as the vocabulary writes it'],
        ['json', 'print JSON'],
        ['help', 'show this'],
      ]),
      '',
      'Exit codes: 0 done, 1 failed, 2 wrong usage.',
      '',
    ].join('\n'),
  prepare: (argv, context) => {
    const text = { type: 'string' } as const;
    const { values, positionals } = parseOptions(argv, { token: text, conllu: text, json: { type: 'boolean' } });
    const runFolder = onlyArgument('probe', 'run folder', positionals);
    const { token, conllu } = values;
    if (token !== undefined && conllu !== undefined) throw new UsageError('probe: --token or --conllu, not both');
    if (conllu !== undefined) return () => probeConllu(runFolder, conllu, values.json === true, context);
    if (token === undefined) return () => probeLayers(runFolder, values.json === true, context);
    return () => probe(runFolder, token, values.json === true, context);
  },
};

async function probe(runFolder: string, token: string, json: boolean, context: CommandContext): Promise<number> {
  const task = await openTask('probe', runFolder, context);
  try {
    if (task.dataset.classes === null) throw new UsageError('probe: the run has no classes of whole examples');
    const text = task.dataset.lowerCase ? token.toLowerCase() : token;
    const id = task.vocabulary.idOf(text);
    const found = id > 0 ? probeToken(task.trained.model, task.dataset, id) : null;
    if (found === null) throw new UsageError(`probe: ${token} is not both in trained and in held-out examples`);
    context.terminal.print(
      json
        ? `${JSON.stringify({ run: task.record.id, token, ...found }, null, 2)}\n`
        : `${probeLines(token, found).join('\n')}\n`,
    );
    return EXIT.done;
  } finally {
    task.dataset.close();
    task.trained.model.dispose();
  }
}

function probeLines(token: string, { training, judged, layers, sameLeft }: TokenProbe): string[] {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const line = (name: string, { accuracy, interval, balancedAccuracy, majority }: ReadoutScore) =>
    `  ${name.padEnd(8)} ${percent(accuracy)} (${interval.map(percent).join(' to ')}), balanced ${percent(balancedAccuracy)}, always the same: ${percent(majority)}`;
  return [
    `states at ${token}: read-out trained on ${counted(training, 'example')}, judged on ${counted(judged, 'other')}`,
    ...layers.flatMap(({ forward, reverse, both }, layer) => [
      `layer ${layer + 1}`,
      line('forward', forward),
      ...(reverse ? [line('reverse', reverse)] : []),
      ...(both ? [line('both', both)] : []),
    ]),
    `${counted(sameLeft.pairs, 'pair')} of different classes with the same tokens on the left: forward states differ by at most ${sameLeft.forwardLargest}` +
      (sameLeft.reverseSmallest === null
        ? ''
        : `, reverse ones by at least ${sameLeft.reverseSmallest.toPrecision(3)}`),
  ];
}
