// The figures of a comparison: gradient and gate of every model on the time axis, and gradients against lag with memory lengths.
import * as l10n from '@vscode/l10n';
import { comparedModels } from '../comparedModels';
import { drawnAnswers, drawnMeasures, drawnSeed, type AnsweredModel, type MeasuredModel } from '../comparedMeasures';
import { quoted } from '../shownText';
import { pictureCaption } from '../pictureCaption';
import { trainingCaption } from './caption';
import type { Figure, Scene } from './figures';
import { float32Text, type Table } from './table';

/** None where nothing is compared. */
export function compareFigures({ picture, formats }: Scene): Figure[] {
  if (picture === null || picture.run === null || picture.comparison === null) return [];
  const { run, header, focus, metrics, comparison } = picture;
  const others = comparedModels(run, metrics, comparison).slice(1);
  const drawn = drawnAnswers(picture);
  const captions = others.flatMap(({ seeds, index }) => {
    const seed = drawnSeed(drawn[index], picture);
    const record = seed?.record ?? seeds.find((one) => one.record !== null)?.record;
    return record ? [trainingCaption(record, formats, seed ?? undefined)] : [];
  });
  const caption = [pictureCaption(picture, formats), ...captions].join(' | ');
  const common = { run, step: header.step, caption };
  return [
    {
      ...common,
      id: 'compare',
      title: l10n.t('Compare'),
      home: '.compare-rows-head',
      parts: ['.track.text', '.compare-run', '.track.ruler'],
      notes: ['.compare-rows-head > .section-note', '.compare summary > .section-note'],
      caption: `${caption} · ${l10n.t('focus step i = {0}, {1}', focus, quoted(header.tokens[focus]?.text ?? ''))}`,
      table: () => focusTable(drawn, header.tokens, focus),
    },
    {
      ...common,
      id: 'compare-lags',
      title: l10n.t('Median gradient by lag'),
      home: '.compare-chart-head',
      parts: ['.compare-figure'],
      notes: ['.compare summary > .section-note', '.compare-note'],
      table: () => lagTable(drawnMeasures(picture)),
    },
  ];
}

/** The gradient of the loss at the focus step on the whole state of every step before it, of every run. */
function focusTable(models: readonly AnsweredModel[], tokens: readonly { text: string }[], focus: number): Table {
  return {
    columns: ['model', 'run', 'seed', 'parameters', 'training_step', 'i', 'j', 'token_j', 'state_gradient_norm'],
    rows: models.flatMap(({ name, parameters, answered }) =>
      answered.flatMap(({ record, gradient }) => {
        const { value } = gradient;
        if (value?.steps !== tokens.length) return [];
        return Array.from({ length: focus + 1 }, (_, j) => [
          ...[name, record.id, record.config.seed, parameters, gradient.step, focus, j, tokens[j].text],
          float32Text(value.norms[focus * value.steps + j]),
        ]);
      }),
    ),
  };
}

/** Medians by lag, and in the same rows the memory lengths, which have one value per model. */
function lagTable(models: readonly MeasuredModel[]): Table {
  return {
    columns: [
      ...['model', 'parameters', 'seeds', 'lag', 'losses_times_seeds'],
      ...['median_share_of_lag_0', 'least_seed', 'greatest_seed', 'median_norm'],
      ...['memory_length', 'memory_low', 'memory_high', 'ablation_memory', 'ablation_low', 'ablation_high'],
    ],
    rows: models.flatMap(({ name, parameters, relative, absolute, memory, ablationMemory }) =>
      relative.map(({ lag, n, median, low, high }, k) => [
        ...[name, parameters, memory?.seeds ?? null, lag, n],
        ...[median, low, high, absolute[k]?.median ?? null],
        ...[memory?.lag ?? null, memory?.low ?? null, memory?.high ?? null],
        ...[ablationMemory?.lag ?? null, ablationMemory?.low ?? null, ablationMemory?.high ?? null],
      ]),
    ),
  };
}
