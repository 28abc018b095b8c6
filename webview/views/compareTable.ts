// The comparison in numbers: one row per model, and the medians by lag.
import * as l10n from '@vscode/l10n';
import type { MeasuredModel } from '../comparedMeasures';
import { html } from '../dom';
import type { NumberFormats } from '../numberFormats';
import { deviationText, memoryText } from './compareWords';

function table(caption: string, head: string[], rows: string[][]): HTMLElement {
  return html(
    'table',
    {},
    html('caption', {}, caption),
    html('thead', {}, html('tr', {}, ...head.map((name) => html('th', { scope: 'col' }, name)))),
    html(
      'tbody',
      {},
      ...rows.map(([name, ...cells]) =>
        html('tr', {}, html('th', { scope: 'row' }, name), ...cells.map((cell) => html('td', {}, cell))),
      ),
    ),
  );
}

export function compareTables(models: readonly MeasuredModel[], formats: NumberFormats): HTMLElement[] {
  const summary = models.map(({ name, parameters, deviation, memory, ablationMemory }) => [
    name,
    parameters === null ? '' : formats.integer(parameters),
    deviation === null ? '' : deviationText(deviation),
    memoryText(memory),
    memoryText(ablationMemory),
    memory === null ? '' : `${memory.seeds} × ${memory.steps}`,
  ]);
  const lags = [...new Set(models.flatMap(({ relative }) => relative.map(({ lag }) => lag)))].sort((a, b) => a - b);
  const shares = lags.map((lag) => [
    String(lag),
    ...models.map(({ relative }) => relative.find((point) => point.lag === lag)?.median.toPrecision(4) ?? ''),
  ]);
  return [
    table(
      l10n.t('Memory length, with the middle 95 % of resampled seeds and losses'),
      [
        l10n.t('model'),
        l10n.t('parameters'),
        l10n.t('beside the first'),
        l10n.t('by gradient'),
        l10n.t('by ablation'),
        l10n.t('seeds × losses'),
      ],
      summary,
    ),
    table(
      l10n.t('Median gradient by lag, as a share of lag 0'),
      [l10n.t('lag'), ...models.map(({ name }) => name)],
      shares,
    ),
  ];
}
