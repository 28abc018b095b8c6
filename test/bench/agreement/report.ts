// What `npm run agreement` found, as tables and sentences, and in the README between two marks.
import { JUDGED_EACH, TRAINED_ON } from '../../../src/labs/agreement/templateCurves';
import type { RunConfig } from '../../../src/protocol/runConfig';
import type { SupervisedReport } from '../../../src/trainer/cli/agreementSupervised';
import {
  CELL_NAMES,
  markdownTable,
  supervisedFalls,
  supervisedRows,
  supervisedVerdicts,
} from '../../../src/trainer/cli/agreementTables';

/** Of a network trained on templates: hits among JUDGED_EACH items by epoch, from the first on, and number of attractors. */
export interface TemplateCurve {
  cell: RunConfig['cell'];
  seed: number;
  hits: number[][];
}

export interface AgreementReport {
  files: string[];
  supervised: { tag: SupervisedReport; unknown: SupervisedReport };
  /** Items that networks were trained on for the curves. */
  training: number;
  curves: TemplateCurve[];
}

const BEGIN = '<!-- agreement: written by npm run agreement -- FILE.conllu … --readme -->';
const END = '<!-- agreement: end -->';
/** Epochs after which templates are told. */
const EPOCHS = [1, 2, 3, 5, 9];

/** The README with the report instead of what is between the marks. Throws Error where the marks are missing. */
export function withAgreement(readme: string, report: AgreementReport, picture: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the README has no part between "${BEGIN}" and "${END}"`);
  const image = `![Accuracy against attractors for each cell, with intervals](${picture})`;
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${image}\n\n${agreementText(report)}\n\n${readme.slice(end)}`;
}

export function agreementText(report: AgreementReport): string {
  const { tag, unknown } = report.supervised;
  const { items, documents, folds, seeds, options } = tag;
  const seconds = tag.networks.reduce((sum, network) => sum + network.seconds, 0);
  return [
    `${report.files.join(', ')}: ${items.toLocaleString('en')} sentences of ${documents} documents, ${folds} folds of whole documents, seeds ${seeds.join(', ')}; one layer of ${options.hiddenUnits} units, ${options.epochs} epochs of Adam at ${options.learningRate}. Words seen under ${options.leastOccurrences} times in training are read as their part of speech, as in Linzen et al. (2016). Right of the verb's number: mean over seeds [Wilson's interval for n sentences, 95 %], least and greatest seed. The ${tag.networks.length} cells take ${seconds.toFixed(0)} seconds a seed on one core of a busy machine.`,
    markdownTable(supervisedRows(tag.networks, 'all')),
    'The strict curve, only sentences in which every noun in between is an attractor:',
    markdownTable(supervisedRows(tag.networks, 'strict')),
    [claimSentence(tag), ...supervisedVerdicts(tag), ...supervisedFalls(tag.networks)]
      .map((line) => `- ${line}`)
      .join('\n'),
    'The same where rare words are all one unknown word, so that often the subject’s own number cannot be seen:',
    markdownTable(supervisedRows(unknown.networks, 'all')),
    [...supervisedVerdicts(unknown), ...supervisedFalls(unknown.networks)].map((line) => `- ${line}`).join('\n'),
    `Templates (${report.training.toLocaleString('en')} to train on, with ${TRAINED_ON.map((_, count) => count).join(', ')} attractors; others judged, ${JUDGED_EACH} of each number, strict): right after so many epochs of Adam at 0.002, mean over seeds ${seeds.join(', ')}. There the vanilla network catches up.`,
    markdownTable(templateRows(report.curves)),
  ].join('\n\n');
}

/**
 * Whether the lecture's claim held: that a vanilla network loses what is far, as gated ones do not. It did where with attractors in
 * between every gated network's interval lies over the vanilla one's.
 */
export function claimSentence({ networks }: SupervisedReport): string {
  const vanilla = networks.find(({ cell }) => cell === 'vanilla');
  const gated = networks.filter(({ cell }) => cell !== 'vanilla');
  if (!vanilla || gated.length === 0) return '';
  const between = vanilla.all.filter(({ attractors }) => attractors > 0);
  const isApart = (attractors: number, high: number): boolean =>
    gated.every(({ all }) => all.some((own) => own.attractors === attractors && own.low > high));
  const held = between.filter(({ attractors, high }) => isApart(attractors, high));
  if (held.length === 0)
    return 'The lecture’s claim did not hold here: with attractors in between no cell is told apart from another.';
  const where =
    held.length === between.length
      ? 'however many attractors stand'
      : `where ${held.map(({ attractors }) => attractors).join(', ')} ${held.length === 1 && held[0].attractors === 1 ? 'attractor stands' : 'attractors stand'}`;
  const lost = vanilla.all.filter(({ high, attractors }) => attractors > 0 && high < 0.5).length > 0;
  const coins = gated.flatMap(({ all }) => all.filter(({ low, high }) => low <= 0.5 && high >= 0.5)).length > 0;
  return [
    `The lecture’s claim held here: ${where} in between, LSTM and GRU tell the number of the verb more often than the vanilla network`,
    lost ? ', which with the most attractors names their number more often than the subject’s' : '',
    '.',
    coins ? ' But gates only put off the loss: with most attractors they are no better than a coin.' : '',
  ].join('');
}

/** A row for each cell and epoch told. */
export function templateRows(curves: readonly TemplateCurve[]): string[][] {
  const cells = [...new Set(curves.map(({ cell }) => cell))];
  const counts = curves[0].hits[0].map((_, count) => String(count));
  const rows = EPOCHS.flatMap((epoch) =>
    cells.map((cell) => {
      const own = curves.filter((curve) => curve.cell === cell);
      const shares = counts.map((_, count) => {
        const each = own.map(({ hits }) => hits[epoch - 1][count] / JUDGED_EACH);
        return `${((100 * each.reduce((a, b) => a + b, 0)) / each.length).toFixed(1)} %`;
      });
      return [`${CELL_NAMES[cell]}, epoch ${epoch}`, ...shares];
    }),
  );
  return [['attractors', ...counts], ...rows];
}
