// What is said about a comparison: on which terms it is made, how far its trainings are, and what may be concluded.
import * as l10n from '@vscode/l10n';
import type { MemoryLength } from '../../src/protocol/lagStatistics';
import type { Comparison } from '../../src/protocol/inspectorMessages';
import type { RunRecord } from '../../src/protocol/run';
import { comparedModels, type ComparedModel } from '../comparedModels';
import type { MeasuredModel } from '../comparedMeasures';
import type { NumberFormats } from '../numberFormats';
import { modelName, phaseText } from '../runText';
import { shareText } from '../shownText';

/** How far back the reading looks, where the window is long enough. */
const READ_AT = 40;
const EQUAL = 0.05;

/** "12 (10–15)", "≥ 92"; the interval is that of the middle 95 %. */
export function memoryText(memory: MemoryLength | null): string {
  if (memory === null) return '–';
  const { lag, low, high, longest } = memory;
  const end = (value: number | null): string => (value === null ? `≥ ${longest}` : String(value));
  if (lag === null && low === null) return end(null);
  return `${end(lag)} (${end(low)}–${end(high)})`;
}

const percent = (share: number): string => `${(Math.abs(share) * 100).toFixed(1)} %`;

/** "+1.3 %" of the parameters of the run shown. */
export function deviationText(share: number): string {
  return `${share < 0 ? '−' : '+'}${percent(share)}`;
}

/** What all runs have in common, as their records say: text and order of the data, seeds, parameters. */
export function termsText(models: readonly ComparedModel[]): string {
  const records = models.flatMap(({ seeds }) => seeds.flatMap(({ record }) => record ?? []));
  const isSame = (key: (record: RunRecord) => unknown): boolean =>
    new Set(records.filter(({ corpus }) => corpus !== null).map((record) => JSON.stringify(key(record)))).size <= 1;
  const text = isSame(({ corpus }) => corpus?.hash);
  const order = text && isSame(({ batch }) => batch);
  const seedsOf = ({ seeds }: ComparedModel): string =>
    [...new Set(seeds.map(({ config }) => config.seed))].sort((a, b) => a - b).join(', ');
  const seeds = new Set(models.map(seedsOf));
  const [first] = models;
  const most = Math.max(0, ...models.flatMap(({ deviation }) => (deviation === null ? [] : [Math.abs(deviation)])));
  return [
    order
      ? l10n.t('same text and data order')
      : text
        ? l10n.t('same text, other batches')
        : l10n.t('the text is not the same'),
    seeds.size > 1
      ? l10n.t('seeds differ')
      : first.seeds.length > 1
        ? l10n.t('same seeds {0}', seedsOf(first))
        : l10n.t('same seed {0}', seedsOf(first)),
    most <= EQUAL
      ? l10n.t('parameters within {0}', percent(most))
      : l10n.t('parameters differ by up to {0}', percent(most)),
  ].join(' · ');
}

/** What a reader must know while a snapshot of the run shown is looked at: which models are drawn with the weights of another step. */
export function unequalStepsText(
  { snapshot, step }: { snapshot?: boolean; step: number },
  drawn: readonly { name: string; step: number }[],
  formats: NumberFormats,
): string {
  const others = drawn.filter((model) => model.step !== step);
  if (snapshot !== true || others.length === 0) return '';
  return l10n.t(
    'Not all at step {0}: {1}, the last weights that were kept until then.',
    formats.integer(step),
    others.map((model) => l10n.t('{0} at step {1}', model.name, formats.integer(model.step))).join(', '),
  );
}

/** What trains now, how many wait, and what went wrong; nothing when all is done. */
export function progressText(
  run: RunRecord,
  comparison: Comparison,
  formats: NumberFormats,
): { going: string; problems: string[]; unfinished: number } {
  const waiting = comparison.runs.filter(({ record, problem }) => record === null && problem === null).length;
  const paused = comparison.runs.filter(({ record }) => record?.phase === 'paused').length;
  const training = comparison.runs.flatMap(({ record }) =>
    record?.phase === 'training' || record?.phase === 'preparing' ? [record] : [],
  );
  const going = training.map((record) =>
    l10n.t(
      '{0}, seed {1}: {2}, step {3} of {4}',
      ...[modelName(record.config), record.config.seed, phaseText(record.phase)],
      ...[formats.integer(record.step), formats.integer(record.plannedSteps)],
    ),
  );
  const done = comparison.runs.filter(({ record }) => record !== null).length - training.length - paused;
  if (training.length === 0) going.push(l10n.t('trained: {0} of {1}', done, comparison.runs.length));
  if (waiting > 0) going.push(l10n.t('waiting: {0}', waiting));
  if (paused > 0) going.push(l10n.t('paused: {0}', paused));
  const problems = comparedModels(run, [], comparison).flatMap(({ name, seeds }) =>
    seeds.flatMap(({ record, problem, config }) => {
      if (problem !== null) return [l10n.t('{0}, seed {1}: {2}', name, config.seed, problem)];
      if (record?.phase !== 'diverged') return [];
      const step = formats.integer(record.divergence?.step ?? record.step);
      return [l10n.t('{0}, seed {1}: diverged at step {2}; the weights before are shown', name, config.seed, step)];
    }),
  );
  return { going: going.join(' · '), problems, unfinished: waiting + paused };
}

/** What is seen, and what it is held against; null before two models have answered. */
export function compareReading(all: readonly MeasuredModel[]): { said: string; against: string } | null {
  const models = all.filter(({ memory, relative }) => memory !== null && relative.length > 1);
  if (models.length < 2) return null;
  const lag = Math.min(READ_AT, ...models.map(({ relative }) => relative[relative.length - 1].lag));
  const shares = models
    .flatMap(({ name, relative }) => relative.filter((point) => point.lag === lag).map((point) => ({ name, ...point })))
    .sort((a, b) => b.median - a.median);
  const list = shares.map(({ name, median }) => `${name}: ${shareText(median)}`).join('; ');
  const said = [
    l10n.t('{0} steps back, this part of the gradient at i is left, in the median over losses: {1}.', lag, list),
    farthestText(models),
  ];
  const seeds = Math.min(...models.map(({ memory }) => memory?.seeds ?? 0));
  const [best] = shares;
  const against =
    seeds < 2
      ? l10n.t(
          'Against: one seed. Another seed may turn the order around; add seeds before you conclude. One window, n = {0} losses.',
          best.n,
        )
      : l10n.t(
          'Against: between seeds alone, {0} goes from {1} to {2}. {3} seeds, one window, n = {4} losses in all.',
          ...[best.name, shareText(best.low), shareText(best.high), seeds, best.n],
        );
  return { said: said.join(' '), against };
}

/** Which model remembers farthest, where its interval lies above that of the next. */
function farthestText(models: readonly MeasuredModel[]): string {
  const reach = ({ memory }: MeasuredModel): number => memory?.lag ?? Infinity;
  const [first, second] = [...models].sort((a, b) => reach(b) - reach(a));
  const [low, high] = [first.memory?.low ?? Infinity, second.memory?.high ?? Infinity];
  const both = [first.name, memoryText(first.memory), second.name, memoryText(second.memory)];
  return low > high
    ? l10n.t('{0} remembers farthest: memory length {1}, then {2} with {3}.', ...both)
    : l10n.t(
        'Memory length {1} of {0} and {3} of {2}: their intervals overlap, so the window does not tell which is longer.',
        ...both,
      );
}
