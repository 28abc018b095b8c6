// Options of `gatescope agreement`.
import { CELLS } from '../../protocol/runConfig';
import type { CellKind } from '../../engine/cells/cellDescription';
import { optionLines, parseOptions, UsageError, wholeNumber } from './subcommand';

const EACH = 100;
const SEEDS = 3;

export interface AgreementSource {
  templates: boolean;
  conllu: string[];
  pairs: string[];
  /** Of the templates. */
  each: number;
  seed: number;
}

export type AgreementOptions = { json: boolean } & (
  | { kind: 'probe'; runs: string[]; prefix: string; forms: [string, string]; attached: boolean }
  | { kind: 'sets'; runs: string[]; source: AgreementSource }
  | { kind: 'supervised'; files: string[]; cells: CellKind[]; seeds: number; rareAs: 'tag' | 'unknown' }
);

export function agreementHelp(): string {
  return [
    'gatescope agreement RUN_FOLDER… (--templates | --conllu FILE… | --pairs FILE…) [--json]',
    'gatescope agreement RUN_FOLDER… --prefix TEXT --forms FIRST/SECOND [--json]',
    'gatescope agreement --supervised --conllu FILE… [--json]',
    '',
    'Whether language models prefer the verb in the right number: P(right) > P(wrong) after the same beginning of a sentence, forms of several',
    'tokens as wholes; to models of characters a form ends where no letter follows. By number of attractors, nouns in between of the other',
    'number, with Wilson’s 95 % intervals; cells of fewer than 30 items are marked. The strict curve counts only items in which every noun in',
    'between is an attractor. Several runs, as of several seeds, are told one by one and together. Interrupted, it tells what it has found.',
    'Beside each share stands what takes no grammar: always the same number, and always the form that the training text holds more often.',
    '',
    '--conllu: noun subjects with Number and no conjunct, whose finite verb in the present tense, or was or were, stands to their right and',
    'agrees. --pairs: lines of JSON with sentence_good and sentence_bad (BLiMP) or good and bad (LM_syneval); whole sentences are compared.',
    '--templates: the product’s own sentences with 0 to 5 attractors, of words that go together and of words that do not.',
    '--prefix: both probabilities, the influence of every token of the prefix on their odds (gradient × input), and what becomes of them as',
    'attractors come in one by one, beside the same phrases in the subject’s own number.',
    '--supervised: networks of each cell are trained to tell the number from the words before the verb, by cross-validation over documents.',
    '',
    'Options:',
    ...optionLines([
      ['templates', 'the product’s own templates'],
      ['conllu FILE', 'sentences with their trees; may be given several times'],
      ['pairs FILE', 'minimal pairs; may be given several times'],
      ['each N', `templates: items of each number of attractors and wording; ${EACH}`],
      ['seed N', 'templates: which ones; 1'],
      ['prefix TEXT', 'a beginning'],
      ['forms FIRST/SECOND', 'two continuations of it'],
      ['attached', 'the forms go on with the last word'],
      ['supervised', 'train on the task itself'],
      ['cells A,B,…', `supervised: of ${CELLS.join(', ')}; all`],
      ['seeds N', `supervised: seeds 1 to N; ${SEEDS}`],
      ['rare tag|unknown', 'supervised: rare words read as their part of speech, or as one unknown word; tag'],
      ['json', 'print JSON'],
      ['help', 'show this'],
    ]),
    '',
    'Exit codes: 0 done, 1 failed, 2 wrong usage or input that cannot be used.',
    '',
  ].join('\n');
}

/** @throws UsageError */
export function agreementOptions(argv: string[]): AgreementOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const files = { type: 'string', multiple: true } as const;
  const { values, positionals: runs } = parseOptions(argv, {
    ...{
      templates: flag,
      conllu: files,
      pairs: files,
      each: text,
      seed: text,
      prefix: text,
      forms: text,
      attached: flag,
    },
    ...{ supervised: flag, cells: text, seeds: text, rare: text, json: flag },
  });
  const json = values.json === true;
  const { conllu = [], pairs = [], prefix, forms } = values;
  if (values.supervised === true) {
    if (runs.length > 0)
      throw new UsageError(`agreement: --supervised trains its own networks, and takes no ${runs[0]}`);
    if (conllu.length === 0) throw new UsageError('agreement: --supervised needs --conllu FILE');
    const seeds = wholeNumber('seeds', values.seeds, SEEDS, 1, 9);
    return {
      json,
      kind: 'supervised',
      files: conllu,
      cells: cellsOf(values.cells),
      seeds,
      rareAs: rareOf(values.rare),
    };
  }
  if (runs.length === 0) throw new UsageError('agreement: which run folder?');
  const chosen = [values.templates === true, conllu.length > 0, pairs.length > 0, prefix !== undefined];
  if (chosen.filter(Boolean).length !== 1)
    throw new UsageError('agreement: one of --templates, --conllu, --pairs and --prefix');
  if (prefix !== undefined) {
    const attached = values.attached === true;
    return { json, kind: 'probe', runs, prefix, forms: formsOf(forms), attached };
  }
  const each = wholeNumber('each', values.each, EACH, 1, 1000);
  const seed = wholeNumber('seed', values.seed, 1, 0, 2 ** 31 - 1);
  return { json, kind: 'sets', runs, source: { templates: chosen[0], conllu, pairs, each, seed } };
}

function formsOf(forms: string | undefined): [string, string] {
  const [first, second, ...more] = (forms ?? '').split('/');
  if (first && second && more.length === 0) return [first, second];
  throw new UsageError('agreement: --forms: two continuations with a slash in between, as is/are');
}

function cellsOf(cells: string | undefined): CellKind[] {
  if (cells === undefined) return [...CELLS];
  return [...new Set(cells.split(','))].map((name) => {
    const cell = CELLS.find((known) => known === name.trim());
    if (cell === undefined) throw new UsageError(`agreement: --cells: of ${CELLS.join(', ')}, not ${name}`);
    return cell;
  });
}

function rareOf(rare: string | undefined): 'tag' | 'unknown' {
  if (rare === undefined || rare === 'tag') return 'tag';
  if (rare === 'unknown') return 'unknown';
  throw new UsageError('agreement: --rare: tag or unknown');
}
