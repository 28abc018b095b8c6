// "Which learns better here": the models of a comparison at equal steps and after equal time, over seeds and on parts of the text, and the
// answer to the advice about LSTM and GRU.
import * as l10n from '@vscode/l10n';
import type { Spread } from '../../src/protocol/fairComparison';
import type { Comparison } from '../../src/protocol/inspectorMessages';
import type { Metric, RunRecord } from '../../src/protocol/run';
import { markerPath } from '../chart/compareChart';
import { fairShares, type FairShare } from '../comparedLosses';
import { createKeyedContent, html, setShown, svg } from '../dom';
import type { NumberFormats } from '../numberFormats';
import { fairSentences } from './fairWords';

export interface FairTable {
  readonly element: HTMLElement;
  update(run: RunRecord, metrics: readonly Metric[], comparison: Comparison): void;
}

/** Of the picture of a range, px. */
const STRIP = { width: 120, height: 16, inset: 6 } as const;

export function createFairTable(formats: NumberFormats): FairTable {
  const heading = l10n.t('Loss on equal terms');
  const blocks = html('div', { class: 'fair-blocks' });
  const note = html(
    'p',
    { class: 'figure-note compare-note' },
    l10n.t(
      'Validation loss in bits per character, on the last tenth of what was trained on: mean, and in brackets the least and the greatest seed. Between two evaluations on the line that joins them. Seconds are those of training steps alone, ms a step is their median; while other programs work, both say less.',
    ),
  );
  const element = html(
    'div',
    { class: 'compare-fair off-axis' },
    html('div', { class: 'card-head' }, html('h3', {}, heading)),
    blocks,
    note,
  );
  const fill = createKeyedContent(blocks);
  return {
    element,
    update(run, metrics, comparison) {
      const shares = fairShares(run, metrics, comparison);
      setShown(element, shares.length > 0);
      fill(JSON.stringify(shares), () => shares.map((share) => block(share, formats)));
    },
  };
}

function block(share: FairShare, formats: NumberFormats): HTMLElement {
  const said = fairSentences(share, formats);
  return html(
    'div',
    { class: 'fair-block' },
    html(
      'div',
      { class: 'table-holder', tabindex: 0, role: 'region', 'aria-label': captionOf(share.share) },
      table(share, formats),
    ),
    ...said.map(({ text, against }) =>
      html(
        'p',
        { class: 'reading-sentence' },
        text,
        ...(against ? [' ', html('span', { class: 'reading-against' }, against)] : []),
      ),
    ),
  );
}

const captionOf = (share: number): string =>
  share === 100 ? l10n.t('All of the text') : l10n.t('The first {0} % of the text', share);

function table(told: FairShare, formats: NumberFormats): HTMLElement {
  const { share, step, seconds, models, bits, heldOut } = told;
  const ofHeldOut = heldOut === null ? '' : ` · ${l10n.t('tokens held out: {0}', formats.integer(heldOut))}`;
  const head = [
    l10n.t('model'),
    l10n.t('parameters'),
    l10n.t('ms a step'),
    step === null ? l10n.t('at equal steps') : l10n.t('at step {0}', formats.integer(step)),
    seconds === null ? l10n.t('after equal time') : l10n.t('after {0} s', formats.short(seconds)),
    l10n.t('lowest of the run'),
    l10n.t('seeds'),
  ];
  const scaleOf = (key: 'atStep' | 'atSeconds') => rangeOf(models.map((model) => model[key]));
  const scales = { atStep: scaleOf('atStep'), atSeconds: scaleOf('atSeconds') };
  return html(
    'table',
    { class: 'fair-table' },
    html('caption', {}, captionOf(share), html('span', { class: 'note' }, ofHeldOut)),
    html('thead', {}, html('tr', {}, ...head.map((name) => html('th', { scope: 'col' }, name)))),
    html(
      'tbody',
      {},
      ...models.map((model) => {
        const counted = model.atStep?.n ?? 0;
        const seeds = counted < model.planned ? l10n.t('{0} of {1}', counted, model.planned) : String(counted);
        const cells: (string | Node)[][] = [
          [model.parameters === null ? '' : formats.integer(model.parameters)],
          [model.secondsPerStep === null ? '–' : formats.loss(1000 * model.secondsPerStep)],
          ...(['atStep', 'atSeconds'] as const).map((key) => [
            spreadText(model[key], bits, formats),
            strip(model[key], scales[key], model.index),
          ]),
          [spreadText(model.lowest, bits, formats)],
          [model.diverged > 0 ? `${seeds} · ${l10n.t('diverged: {0}', model.diverged)}` : seeds],
        ];
        return html(
          'tr',
          {},
          html('th', { scope: 'row' }, model.name),
          ...cells.map((content) => html('td', {}, ...content)),
        );
      }),
    ),
  );
}

function spreadText(spread: Spread | null, bits: number, formats: NumberFormats): string {
  if (spread === null) return '–';
  const { mean, low, high, n } = spread;
  const told = (nats: number): string => formats.loss(nats * bits);
  return n === 1 ? told(mean) : `${told(mean)} (${told(low)}–${told(high)})`;
}

interface Range {
  low: number;
  high: number;
}

function rangeOf(spreads: readonly (Spread | null)[]): Range | null {
  const known = spreads.flatMap((spread) => spread ?? []);
  if (known.length === 0) return null;
  return { low: Math.min(...known.map(({ low }) => low)), high: Math.max(...known.map(({ high }) => high)) };
}

/** A model's mean and range on the scale of its column, so that overlaps are seen. */
function strip(spread: Spread | null, range: Range | null, index: number): Node {
  const { width, height, inset } = STRIP;
  const picture = svg('svg', { width, height, class: 'fair-strip', 'aria-hidden': 'true' });
  if (spread === null || range === null) return picture;
  const x = (loss: number): number =>
    range.high > range.low ? inset + ((loss - range.low) / (range.high - range.low)) * (width - 2 * inset) : width / 2;
  const y = height / 2;
  const [from, to] = [x(spread.low).toFixed(1), x(spread.high).toFixed(1)];
  picture.append(
    svg('path', { class: 'grid', d: `M0,${y}H${width}` }),
    svg('path', { class: 'interval', d: `M${from},${y - 3}v6M${from},${y}H${to}M${to},${y - 3}v6` }),
    svg('path', { class: `compare-marker of-${index % 4}`, d: markerPath(index, x(spread.mean), y) }),
  );
  return picture;
}
