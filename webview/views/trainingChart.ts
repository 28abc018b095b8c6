// Draws the training chart from its layout, as one image with a spoken summary and a table of the newest values.
import * as l10n from '@vscode/l10n';
import type { RunRecord } from '../../src/protocol/run';
import { trainingLayout, type TrainingLayout } from '../chart/trainingLayout';
import { comparedModels, drawnMetrics } from '../comparedModels';
import { html, setShown, svg } from '../dom';
import { convertLoss, lossUnitName, tokensPerCharacter, type LossUnit } from '../lossUnit';
import { accuracyOf, isCompact, lossUnitOf, pageOf } from '../selectors';
import type { InspectorModel } from '../store';
import { measureText } from '../textMeasure';
import { createScrubber } from './scrubber';
import type { ShellContext, ShellView } from './shellView';

export function createTrainingChart(context: ShellContext): ShellView {
  const { formats } = context;
  const picture = html('div', { class: 'training-picture' });
  const scrubber = createScrubber(context);
  const table = html('table', { class: 'visually-hidden' });
  const chart = html('div', { class: 'training-and-scrubber' }, picture, scrubber.slider);
  const element = html('section', { class: 'training', 'aria-label': l10n.t('Training') }, chart, scrubber.line, table);
  let drawnFrom: unknown[] = [];
  let layout: TrainingLayout | null = null;

  return {
    element,
    update(model) {
      const run = model.host?.run ?? null;
      const begun = run !== null && (run.phase !== 'failed' || model.metrics.length > 0);
      const shown = begun && pageOf(model) === 'run';
      setShown(element, shown);
      if (!shown) return;
      const unit = lossUnitOf(model);
      const inputs = [
        model.metrics,
        run.step,
        run.plannedSteps,
        run.corpus,
        run.divergence,
        run.scores,
        model.host?.comparison,
        unit,
        model.width,
        hasSnapshots(run),
      ];
      if (layout === null || !inputs.every((value, k) => value === drawnFrom[k])) {
        drawnFrom = inputs;
        layout = trainingLayout(layoutInput(model, run, unit));
        const summary = summaryOf(model, run, unit);
        picture.replaceChildren(drawTraining(layout, isCompact(model), summary, model.metrics.length === 0));
        table.replaceChildren(...tableRows(model, run, unit));
      }
      scrubber.update(model, layout);
    },
  };

  function layoutInput(model: InspectorModel, run: RunRecord, unit: LossUnit): Parameters<typeof trainingLayout>[0] {
    const rate = tokensPerCharacter(run.corpus);
    const compact = isCompact(model);
    const others = comparedModels(run, model.metrics, model.host?.comparison ?? null).slice(1);
    const clip = formats.exact(run.config.clipNorm);
    return {
      width: model.width,
      compact,
      metrics: model.metrics,
      step: run.step,
      plannedSteps: run.plannedSteps,
      clipNorm: run.config.clipNorm,
      convert: (nats) => convertLoss(nats, unit, rate),
      floor: unit === 'perplexity' ? 1 : 1e-4,
      baselines: baselinesOf(run),
      ...(run.config.task === 'language' ? {} : { accuracy: accuracyInput(run) }),
      comparisons: others.map((other) => ({
        name: other.name,
        metrics: drawnMetrics(other),
        convert: (nats) => convertLoss(nats, unit, tokensPerCharacter(other.seeds[0].record?.corpus ?? run.corpus)),
      })),
      scrubber: hasSnapshots(run),
      notFiniteStep: run.divergence?.step ?? null,
      measure: measureText,
      words: {
        number: (value) => formats.loss(value),
        integer: (value) => formats.integer(value),
        training: (value) => l10n.t('training {0}', formats.loss(value)),
        validation: (value) => `${l10n.t('validation {0}', formats.loss(value))} ${lossUnitName(unit)}`,
        unigram: (value) => l10n.t('unigram {0}', formats.loss(value)),
        clip: (clipped) =>
          run.config.clipNorm > 0
            ? [
                ...(compact
                  ? []
                  : [
                      l10n.t(
                        'clip at ‖g‖ = {0} · {1} of {2} steps clipped',
                        clip,
                        formats.integer(clipped),
                        formats.integer(run.step),
                      ),
                    ]),
                l10n.t('clip at {0} · {1} clipped', clip, formats.integer(clipped)),
                l10n.t('clip at {0}', clip),
              ]
            : [l10n.t('no clipping')],
        notFinite: (step) => l10n.t('not finite at step {0}', formats.integer(step)),
        steps: (planned) => l10n.t('{0} steps, √ axis', planned),
      },
    };
  }

  function accuracyInput({ scores }: RunRecord): Parameters<typeof trainingLayout>[0]['accuracy'] {
    const words = {
      accuracy: (share: number) => l10n.t('validation accuracy {0}', formats.percent(share)),
      majority: (share: number) => l10n.t('majority {0}', formats.percent(share)),
    };
    return { majority: scores?.majority.accuracy ?? null, words };
  }

  function summaryOf(model: InspectorModel, run: RunRecord, unit: LossUnit): string {
    const newest = rowsOf(model, run, unit).map(([name, value]) => `${name} ${value}`);
    return l10n.t(
      'Training chart, step {0} of {1}: {2}',
      formats.integer(run.step),
      formats.integer(run.plannedSteps),
      newest.join(', '),
    );
  }

  function rowsOf(model: InspectorModel, run: RunRecord, unit: LossUnit): [string, string][] {
    const rate = tokensPerCharacter(run.corpus);
    const told = (nats: number | null | undefined): string =>
      typeof nats === 'number'
        ? `${formats.loss(convertLoss(nats, unit, rate))} ${lossUnitName(unit)}`
        : l10n.t('not measured');
    const last = model.metrics.at(-1);
    const validation = model.metrics.findLast((m) => m.validationLoss !== null)?.validationLoss;
    const rows: [string, string][] = [
      [l10n.t('training loss'), told(last?.trainingLoss)],
      [l10n.t('validation loss'), told(validation)],
      [
        l10n.t('gradient norm'),
        typeof last?.gradientNorm === 'number' ? formats.short(last.gradientNorm) : l10n.t('not measured'),
      ],
      [l10n.t('steps clipped'), formats.integer(last?.clippedSteps ?? 0)],
    ];
    const accuracy = accuracyOf(model);
    if (accuracy) rows.push([l10n.t('accuracy'), formats.percent(accuracy.share)]);
    const isText = run.config.task === 'language';
    if (run.corpus && isText) rows.splice(2, 0, [l10n.t('unigram entropy'), told(run.corpus.unigramEntropy)]);
    return rows;
  }

  function tableRows(model: InspectorModel, run: RunRecord, unit: LossUnit): Node[] {
    const body = rowsOf(model, run, unit).map(([name, value]) =>
      html('tr', {}, html('th', { scope: 'row' }, name), html('td', {}, value)),
    );
    return [html('caption', {}, l10n.t('Newest values of the training chart')), html('tbody', {}, ...body)];
  }
}

/** Nats of guessing evenly, among tokens or among labels, and of knowing how often each token occurs. */
function baselinesOf({ config, corpus, dataset }: RunRecord): Parameters<typeof trainingLayout>[0]['baselines'] {
  const labels = dataset?.labels.length ?? 0;
  if (labels > 0) return { untrained: Math.log(Math.max(2, labels)), unigram: null };
  if (corpus === null) return null;
  const untrained = Math.log(Math.max(2, corpus.vocabulary));
  return { untrained, unigram: config.task === 'language' ? corpus.unigramEntropy : null };
}

/** Runs from before there were snapshots have no scrubber until they train on. */
function hasSnapshots(run: RunRecord): boolean {
  return (run.snapshots ?? []).length > 0;
}

/** The chart's SVG; `empty` draws the axes and says that points will come. */
export function drawTraining(layout: TrainingLayout, compact: boolean, summary: string, empty: boolean): SVGSVGElement {
  const { left, right, height, width } = layout;
  const root = svg('svg', {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': summary,
    class: 'training-chart',
  });
  const add = (...nodes: Node[]): void => root.append(...nodes);
  const text = (x: number, y: number, content: string, style: string, anchor = 'start'): Node =>
    svg('text', { x, y, class: style, 'text-anchor': anchor }, content);
  for (const { at, label } of [...layout.lossTicks, ...layout.normTicks])
    add(svg('path', { d: `M${left},${at}H${right}`, class: 'grid' }), text(left - 7, at + 4, label, 'note', 'end'));
  add(svg('path', { d: `M${left},${layout.baselines.axis}H${right}`, class: 'axis' }));
  for (const { at, label, anchor } of layout.stepTicks) add(text(at, height - 4, label, 'note', anchor));
  if (layout.unigram !== null) add(svg('path', { d: `M${left},${layout.unigram}H${right}`, class: 'unigram' }));
  if (layout.clip !== null) add(svg('path', { d: `M${left},${layout.clip}H${right}`, class: 'clip' }));
  for (const at of layout.clipMarks) add(svg('path', { d: `M${at},${(layout.clip ?? 0) - 3}v6`, class: 'clip-mark' }));
  add(svg('path', { d: layout.norms, class: 'norms' }));
  add(svg('path', { d: layout.training, class: 'training-loss' }));
  layout.comparisons.forEach((d, k) => add(svg('path', { d, class: `comparison-loss of-${k}` })));
  if (layout.accuracy) {
    const { curve, majority } = layout.accuracy;
    if (majority !== null) add(svg('path', { d: `M${left},${majority}H${right}`, class: 'majority-line' }));
    add(svg('path', { d: curve, class: 'accuracy-line' }));
  }
  add(svg('path', { d: layout.validation, class: 'validation-loss' }));
  const { training, validation, norm } = layout.ends;
  if (norm) add(svg('circle', { cx: norm.x, cy: norm.y, r: 1.5, class: 'training-end' }));
  if (training) add(svg('circle', { cx: training.x, cy: training.y, r: 1.5, class: 'training-end' }));
  if (validation) add(svg('circle', { cx: validation.x, cy: validation.y, r: 3, class: 'validation-end' }));
  if (layout.notFinite !== null)
    add(svg('path', { d: `M${layout.notFinite},2V${layout.baselines.axis}`, class: 'not-finite' }));
  for (const { id, leader } of layout.labels)
    if (leader)
      add(svg('path', { d: `M${leader.map(({ x, y }) => `${x},${y}`).join('L')}`, class: `leader leader-${id}` }));
  for (const label of layout.labels) add(text(label.x, label.y, label.text, `label label-${label.id}`, label.anchor));
  if (!compact) add(text(12, 15, l10n.t('Loss'), 'name'), text(12, layout.baselines.loss + 21, '‖g‖', 'name'));
  if (!compact && layout.scrubber !== null) add(text(12, layout.scrubber + 4, l10n.t('Snapshot'), 'name'));
  if (empty)
    add(
      text(
        (left + right) / 2,
        layout.baselines.loss - 8,
        l10n.t('The first points come after a few steps.'),
        'label note',
        'middle',
      ),
    );
  return root;
}
