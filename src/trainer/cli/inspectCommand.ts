// `gatescope inspect`: what a stored run's network does on a text, as numbers: the inspector's pictures without the inspector.
import path from 'node:path';
import { inspectWindow } from '../../engine/inspection/inspectWindow';
import { counted } from '../../text/counted';
import { createTokenizer, type Token } from '../../text/tokenize';
import { UNKNOWN_ID, type Vocabulary } from '../../text/vocabulary';
import { gateInfos } from '../inspectSlice';
import { RunFolder } from '../runFolder';
import { openSource, type SourceReader } from '../sourceReader';
import { openRun } from './storedRun';
import { inspectionAsData, inspectionAsText } from './inspectReport';
import {
  EXIT,
  onlyArgument,
  optionLines,
  parseOptions,
  UsageError,
  wholeNumber,
  type CommandContext,
  type Subcommand,
} from './subcommand';

const COLUMNS = 64;
/** Room for the largest window that a model can inspect. */
const MOST_COLUMNS = 512;

export interface InspectOptions {
  runFolder: string;
  /** What is inspected: a file, a text given as it is, or where both are null the beginning of the run's own text. */
  file: string | null;
  text: string | null;
  /** The window: tokens [from, from + count) of the text. */
  from: number;
  count: number;
  /** Every unit's value besides the summary of each gate. */
  units: boolean;
  json: boolean;
}

export const inspectCommand: Subcommand = {
  name: 'inspect',
  summary: 'show what a stored run’s network does on a text',
  help: () =>
    [
      'gatescope inspect RUN_FOLDER [options]',
      '',
      'Reads a text with the network of a run up to a window and shows the window token by token.',
      '',
      'Options:',
      ...optionLines([
        ['text FILE', 'the text; without it and --string the beginning of the text that was trained on'],
        ['string TEXT', 'the text itself'],
        ['from N', 'first token of the window, from 0; what stands before it is read first; 0'],
        ['count N', `tokens of the window, at most ${MOST_COLUMNS}; ${COLUMNS}`],
        ['units', 'with --json: every unit of every gate besides the summaries'],
        ['json', 'print JSON instead of a table'],
        ['help', 'show this'],
      ]),
      '',
      'JSON, with T tokens in the window; what is not known (the loss of the text’s last token) is null:',
      '  run, step, config, kernels   whose network this is',
      '  from, tokens, next           the window: { text, start, end, known } per token; the text of the token behind it or null',
      '  loss [T]                     J(i) = −ln p(token i+1), nats',
      '  surprisal [T]                −log₂ p(token i), bits',
      '  predictions [T][5]           { text, probability }, likeliest first',
      '  gates.KEY                    symbol, name, range, and per step over the units: mean, smallest, largest,',
      '                               open (share above .9), shut (share below .1), as the inspector draws them; values [T][H] with --units',
      '  gradients.NAME               hidden [T][T]: ‖∂J(i)/∂h(j)‖ in row i, column j; input: by x(j); for an LSTM cell: by c(j), direct:',
      '                               along the cell alone, hiddenPath: the rest; weightItemised [T][T]: ‖∂J(i)/∂W_h‖ contributed at',
      '                               step j; weight [T]: that of all known losses together',
      '                               KEY and NAME end in _l1, _l0_reverse … for other layers and the direction that reads backward',
      '  measures.NAME                whatever else the engine measures of a window',
      '',
      'Exit codes: 0 shown, 1 failed, 2 wrong usage or input that cannot be used.',
      '',
    ].join('\n'),
  prepare: (argv, context) => {
    const options = inspectOptions(argv);
    return () => inspect(options, context);
  },
};

/** @throws UsageError */
export function inspectOptions(argv: string[]): InspectOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseOptions(argv, {
    ...{ text, string: text, from: text, count: text },
    ...{ units: flag, json: flag },
  });
  if (values.text !== undefined && values.string !== undefined)
    throw new UsageError('inspect: --text FILE or --string TEXT, not both');
  return {
    runFolder: onlyArgument('inspect', 'run folder', positionals),
    file: values.text ?? null,
    text: values.string ?? null,
    from: wholeNumber('from', values.from, 0, 0),
    count: wholeNumber('count', values.count, COLUMNS, 1, MOST_COLUMNS),
    units: values.units === true,
    json: values.json === true,
  };
}

async function inspect(options: InspectOptions, { terminal, engine }: CommandContext): Promise<number> {
  const { from, count } = options;
  const folder = new RunFolder(path.resolve(options.runFolder));
  const record = folder.readRecord();
  const { task } = record.config;
  if (task !== 'language')
    throw new UsageError(`inspect: ${record.id} learnt ${task}, not the next token; see score and probe`);
  const vocabulary = folder.readVocabulary();
  const source = await sourceOf(options, folder);
  const tokens = await readTokens(source, vocabulary, from + count + 1).finally(() => source.close());
  if (from >= tokens.length)
    throw new UsageError(`--from ${from}: the text has only ${counted(tokens.length, 'token')}`);
  terminal.progress('loading the network');
  const { model, position } = await openRun(folder, record, engine().modules);
  try {
    terminal.progress('inspecting');
    const ids = Int32Array.from(tokens, ({ text }) => vocabulary.idOf(text));
    const window = tokens.slice(from, from + count);
    const next = from + count < tokens.length ? ids[from + count] : null;
    const inspection = inspectWindow(model, ids.subarray(0, from), ids.subarray(from, from + window.length), next);
    const shown = {
      run: record.id,
      step: position.step,
      config: record.config,
      kernels: model.kernels.name,
      from,
      tokens: window.map((token) => ({ ...token, known: vocabulary.idOf(token.text) !== UNKNOWN_ID })),
      next: tokens[from + count]?.text ?? null,
      gates: gateInfos(model),
      inspection,
      textOf: (id: number) => vocabulary.textOf(id),
    };
    terminal.progress(null);
    terminal.print(
      options.json ? `${JSON.stringify(inspectionAsData(shown, options.units))}\n` : `${inspectionAsText(shown)}\n`,
    );
    return EXIT.done;
  } finally {
    model.dispose();
  }
}

function sourceOf({ file, text }: InspectOptions, folder: RunFolder): Promise<SourceReader> {
  const part = { kind: 'whole' } as const;
  if (file !== null) return openSource({ uri: '', name: path.basename(file), path: path.resolve(file), part }, null);
  return openSource({ uri: '', name: 'the text', path: null, part }, text ?? folder.readSample());
}

/** The first `count` tokens of a text, or all where there are fewer. */
async function readTokens(source: SourceReader, { unit }: Vocabulary, count: number): Promise<Token[]> {
  const tokens: Token[] = [];
  const tokenizer = createTokenizer(unit);
  const add = (text: string, start: number, end: number) => void tokens.push({ text, start, end });
  for await (const piece of source.pieces()) {
    tokenizer.push(piece.text, add);
    if (tokens.length >= count) return tokens.slice(0, count);
  }
  tokenizer.end(add);
  return tokens.slice(0, count);
}
