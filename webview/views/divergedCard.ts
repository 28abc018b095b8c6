// Training diverged: what happened and where, the gradient norms that led there, and three ways out with the number each proposes.
import * as l10n from '@vscode/l10n';
import { divergenceLayout } from '../chart/divergenceLayout';
import type { Divergence, RunRecord } from '../../src/protocol/run';
import { powerOfTen } from '../../src/protocol/powersOfTen';
import { createButton } from '../controls/button';
import { createKeyedContent, html, setShown, svg } from '../dom';
import type { NumberFormats } from '../numberFormats';
import { initialisationText, modelName } from '../runText';
import { isCompact } from '../selectors';
import { measureText } from '../textMeasure';
import { oneLine } from './places';
import type { ShellContext, ShellView } from './shellView';

/** A third of the learning rate, as one digit: what is proposed after a divergence. */
export function lowerRate(rate: number): number {
  return Number((rate / 3).toPrecision(1));
}

/** What was not finite first, in words. */
function culprit({ what, parameter }: Divergence): string {
  if (what === 'loss') return l10n.t('the loss was not a number');
  if (what === 'gradient')
    return parameter ? l10n.t('the gradient of {0} was not finite', parameter) : l10n.t('the gradient was not finite');
  return parameter ? l10n.t('the weights {0} were not finite', parameter) : l10n.t('the weights were not finite');
}

function story(divergence: Divergence, run: RunRecord, formats: NumberFormats): string {
  const finite = divergence.norms.filter((n): n is number => n !== null).slice(-3);
  const path = finite.map((n) => formats.inWords(n)).join(' → ');
  const sentences = [
    finite.length > 1
      ? l10n.t('The gradient norm went {0} in {1} steps; then {2}.', path, finite.length, culprit(divergence))
      : l10n.t('At step {0} {1}.', formats.integer(divergence.step), culprit(divergence)),
  ];
  if (divergence.batchText !== '')
    sentences.push(l10n.t('The batch began “{0}”.', oneLine(divergence.batchText.slice(0, 60).trim())));
  const { config } = run;
  const clipping =
    config.clipNorm > 0 ? l10n.t('clipping at {0}', formats.exact(config.clipNorm)) : l10n.t('no clipping');
  sentences.push(
    l10n.t(
      '{0}, {1}, learning rate {2}, {3}.',
      modelName(config),
      initialisationText(config, formats),
      formats.short(config.learningRate),
      clipping,
    ),
  );
  return sentences.join(' ');
}

/** Where the proposed threshold comes from; null for a record whose numbers do not say (older proposals were cut at limits). */
function originOfClip({ proposedClip, medianNorm }: Divergence, formats: NumberFormats): string | null {
  if (medianNorm === 0)
    return l10n.t('{0} is a starting value: there is no running median ‖g‖ to go by', formats.exact(proposedClip));
  const multiple = Number((proposedClip / medianNorm).toPrecision(6));
  if (multiple !== 2) return null;
  return l10n.t(
    '{0} = {1} × the running median ‖g‖ ({2})',
    formats.exact(proposedClip),
    multiple,
    formats.exact(medianNorm),
  );
}

export function createDivergedCard({ events, formats }: ShellContext): ShellView {
  const element = html('section', { class: 'banner diverged-card', role: 'alert' });
  const keyed = createKeyedContent(element);
  return {
    element,
    update(model) {
      const run = model.host?.run ?? null;
      const divergence = run?.phase === 'diverged' ? run.divergence : null;
      setShown(element, divergence !== null);
      if (run === null || divergence === null) return;
      keyed(JSON.stringify([run.id, divergence, model.width]), () =>
        build(divergence, run, model.width, isCompact(model)),
      );
    },
  };

  function build(divergence: Divergence, run: RunRecord, width: number, compact: boolean): Node[] {
    const clip = formats.exact(divergence.proposedClip);
    const rate = lowerRate(run.config.learningRate);
    const restored = formats.integer(divergence.restoredStep);
    const origin = originOfClip(divergence, formats);
    const buttons = [
      createButton({
        label: l10n.t('Restart with clipping at {0}', clip),
        appearance: 'primary',
        onClick: () => events.act('restartWithClipping', divergence.proposedClip),
      }),
      createButton({
        label: l10n.t('Lower the learning rate to {0}', formats.short(rate)),
        onClick: () => events.act('restartWithLowerRate', rate),
      }),
      createButton({ label: l10n.t('Look at step {0}', restored), onClick: () => events.act('inspectRestored') }),
    ];
    return [
      html(
        'h2',
        { class: 'card-title' },
        l10n.t(
          'Training exploded at step {0}; the weights of step {1} are back',
          formats.integer(divergence.step),
          restored,
        ),
      ),
      html('p', { class: 'card-text' }, story(divergence, run, formats)),
      drawNorms(divergence, width - 36, compact, formats),
      html(
        'div',
        { class: 'ways-out' },
        ...buttons.map((button) => button.element),
        ...(origin === null ? [] : [html('span', { class: 'cost' }, origin)]),
      ),
    ];
  }
}

function drawNorms(divergence: Divergence, width: number, compact: boolean, formats: NumberFormats): SVGSVGElement {
  const endLabel = `${l10n.t('step {0}', formats.integer(divergence.step))}: ${divergence.what === 'loss' ? l10n.t('loss is NaN') : culprit(divergence)}`;
  const endWidth = measureText(endLabel) * 1.15 + 10;
  const layout = divergenceLayout(divergence, width, compact, compact ? 8 : endWidth);
  const { left, right, top, bottom, end, restored, height } = layout;
  const spoken = divergence.norms.map((n) => (n === null ? l10n.t('not finite') : formats.inWords(n))).join(', ');
  const root = svg('svg', {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': l10n.t('Gradient norms of the last steps: {0}', spoken),
    class: 'divergence-chart',
  });
  const text = (x: number, y: number, content: string, style: string, anchor = 'start'): void => {
    root.append(svg('text', { x, y, class: style, 'text-anchor': anchor }, content));
  };
  if (!compact) text(0, top + 8, '‖g‖', 'name');
  for (const { at, exponent } of layout.ticks) {
    root.append(svg('path', { d: `M${left},${at}H${right}`, class: 'grid' }));
    text(left - 7, at + 4, powerOfTen(exponent), 'note', 'end');
  }
  if (restored !== null) root.append(svg('path', { d: `M${restored},${top - 4}V${bottom}`, class: 'restored' }));
  root.append(svg('path', { d: layout.path, class: 'norms' }));
  for (const dot of layout.dots) root.append(svg('circle', { cx: dot.x, cy: dot.y, r: 2, class: 'training-end' }));
  root.append(svg('path', { d: `M${end},${top - 4}V${bottom}`, class: 'not-finite' }));
  const restoredLabel = l10n.t('restored: step {0}', formats.integer(divergence.restoredStep));
  const firstLabel = l10n.t('step {0}', formats.integer(layout.firstStep));
  const lastLabel = formats.integer(divergence.step);
  let firstLabelRight = left + measureText(firstLabel);
  if (restored !== null) {
    const span = measureText(restoredLabel);
    const before = restored - 6 - span > left;
    if (!compact)
      text(restored + (before ? -6 : 6), top + 2, restoredLabel, 'label restored-label', before ? 'end' : 'start');
    else {
      // Under the axis, between its first and its last step; it takes the place of the first where both do not fit.
      const last = right - measureText(lastLabel) - 8;
      const x = Math.max(left, Math.min(restored - span / 2, last - span));
      text(x, height - 4, restoredLabel, 'label restored-label');
      if (x < firstLabelRight + 8) firstLabelRight = -1;
    }
  }
  if (compact) {
    const inside = Math.max(end - 6, Math.min(4 + endWidth, width - 4));
    text(inside, top - 6, endLabel, 'label label-notFinite', 'end');
  } else text(end + 8, top + 2, endLabel, 'label label-notFinite');
  if (firstLabelRight > 0) text(left, height - 4, firstLabel, 'note');
  text(right, height - 4, lastLabel, 'note', 'end');
  return root;
}
