// What `gatescope agreement` found with stored runs, as lines of text.
import {
  FEW_ITEMS,
  type AgreementAnswer,
  type AgreementCell,
  type AgreementRefusal,
  type AgreementRung,
  type AgreementSetAnswer,
} from '../../protocol/agreement';
import { CONSTRUCTIONS, type Construction } from '../../labs/agreement/templateItems';
import { counted } from '../../text/counted';
import { MANY_ATTRACTORS } from '../answers/agreementTally';
import type { Found } from './agreementCommand';
import { alignedLines } from './agreementTables';

const tenths = (share: number): string => (100 * share).toFixed(1);
const percent = (share: number): string => `${tenths(share)} %`;

/** Every run by itself, then, where there are several, their mean. */
export function setLines(found: readonly Found<AgreementSetAnswer>[]): string[] {
  const single = found.flatMap(({ run, step, value }) => [`${run}, step ${step}`, ...oneSet(value), '']);
  if (found.length < 2) return single.slice(0, -1);
  const row = (name: string, cells: readonly AgreementCell[]): string[] => {
    const shares = cells.map(({ accuracy }) => accuracy).filter(Number.isFinite);
    const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
    return [name, percent(mean), `${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}`];
  };
  const counts = found[0].value.all.map(({ attractors }) => attractors);
  const rows = counts.map((count) =>
    row(
      attractorName(count),
      found.flatMap(({ value }) => value.all.filter(({ attractors }) => attractors === count)),
    ),
  );
  const overall = row(
    'all items',
    found.map(({ value }) => value.overall),
  );
  return [...single, ...alignedLines([['all runs', 'mean', 'least to greatest'], ...rows, overall])];
}

function oneSet({ scored, total, unknownForms, overall, all, strict, conditions }: AgreementSetAnswer): string[] {
  const head = ['', 'n', 'right', '95 %', 'always the same', 'frequent form'];
  const judged = all.filter(({ attractors }) => attractors !== null);
  if (overall.n === 0 && scored === total)
    return ['nothing could be judged: the model does not know what is compared in any item'];
  return [
    ...(scored < total ? [`interrupted after ${scored} of ${counted(total, 'item')}`] : []),
    ...(unknownForms > 0
      ? [`${counted(unknownForms, 'item')} left out: the model does not know what is compared in them`]
      : []),
    ...alignedLines([
      head,
      cellRow('all items', overall),
      ...judged.map((cell) => cellRow(attractorName(cell.attractors), cell)),
      ...strict.map((cell) => cellRow(`strict, ${attractorName(cell.attractors)}`, cell)),
      ...[...conditions]
        .sort((a, b) => (conditionName(a.name) < conditionName(b.name) ? -1 : 1))
        .map(({ name, cell }) => cellRow(conditionName(name), cell)),
    ]),
  ];
}

/** Of the templates' constructions in words; a file's own names stay as they are. */
const CONSTRUCTION_NAMES: Record<Construction, string> = {
  plain: 'nothing in between',
  prepositions: 'prepositions',
  subjectClause: 'subject clause',
  objectClause: 'object clause',
  centre: 'centre embedding',
};

function conditionName(name: string): string {
  const [construction, wording] = name.split(', ');
  const known = CONSTRUCTIONS.find((own) => own === construction);
  return known && wording ? `${CONSTRUCTION_NAMES[known]}, ${wording}` : name;
}

function attractorName(count: number | null): string {
  if (count === null) return 'all';
  return `${count}${count >= MANY_ATTRACTORS ? '+' : ''} ${count === 1 ? 'attractor' : 'attractors'}`;
}

function cellRow(name: string, { n, accuracy, low, high, majority, frequent }: AgreementCell): string[] {
  if (n === 0) return [name, '0', '-', '-', '-', '-'];
  const few = n < FEW_ITEMS ? ' (few)' : '';
  return [
    name,
    `${n}${few}`,
    percent(accuracy),
    `${tenths(low)} to ${tenths(high)}`,
    majority === null ? '-' : percent(majority),
    frequent === null ? '-' : percent(frequent),
  ];
}

const REASONS: Record<
  NonNullable<Exclude<AgreementAnswer, { refused: AgreementRefusal }>['ladder']['reason']>,
  string
> = {
  numberUnknown: 'No attractors put in: the number of the subject cannot be told.',
  nounsUnknown: 'No attractors put in: the model does not know nouns to put in.',
  notEnglish: 'No attractors put in: the prefix or the model is not English.',
};

export function probeLines({ run, step, value }: Found<AgreementAnswer>): string[] {
  const title = `${run}, step ${step}`;
  if (value.refused !== null) return [`${title}: ${refusalSentence(value.refused)}`];
  const { continuations, logOdds, unknown, columns, influence, ladder } = value;
  const [first, second] = continuations;
  const rows = (rungs: readonly AgreementRung[]) =>
    rungs.map(({ prefix, logProbabilities: [a, b] }) => [prefix, probability(a), probability(b), signed(a - b)]);
  const heading = ['', `P(${first.text})`, `P(${second.text})`, 'ln of their ratio'];
  return [
    title,
    `P(${first.text}) = ${probability(first.logProbability)}, P(${second.text}) = ${probability(second.logProbability)}: ln of their ratio ${signed(logOdds)}`,
    ...(unknown.length > 0 ? [`Unknown to the model: ${unknown.join(', ')}`] : []),
    `What speaks for ${first.text} (+) and for ${second.text} (−), gradient × input:`,
    `  ${columns.map(({ text }, at) => `${text === '\n' ? '↵' : text} ${signed(influence[at])}`).join('  ')}`,
    ...(ladder.reason ? [REASONS[ladder.reason]] : []),
    ...(ladder.rungs.length > 1 ? alignedLines([heading, ...rows(ladder.rungs)]) : []),
    ...(ladder.control.length > 1
      ? ['The same phrases in the subject’s own number:', ...alignedLines([heading, ...rows(ladder.control)])]
      : []),
  ];
}

const probability = (log: number): string => Math.exp(log).toPrecision(3);
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

function refusalSentence(refusal: AgreementRefusal): string {
  switch (refusal.why) {
    case 'emptyPrefix':
      return 'the prefix is empty.';
    case 'emptyContinuation':
      return 'a continuation is empty.';
    case 'sameContinuations':
      return 'both continuations are the same.';
    case 'unknownContinuation':
      return `the model does not know ${refusal.words.join(', ')}: its probability would be that of any unknown one.`;
    case 'otherScript':
      return `the model was trained on ${refusal.model} script, the prefix is in ${refusal.prefix}.`;
  }
}
