// The scrubber on the training chart: a slider over the snapshots and the newest weights, a button that plays them, and what is looked at.
import * as l10n from '@vscode/l10n';
import { DIAMOND, lookedAt, nearestMark, scrubberKey, scrubberMarks, stepScale } from '../chart/scrubberLayout';
import type { ScrubberMark } from '../chart/scrubberLayout';
import type { TrainingLayout } from '../chart/trainingLayout';
import { createButton } from '../controls/button';
import { html, setShown, setText, svg } from '../dom';
import { Replay } from '../replay';
import { isCompact, isComputingSnapshot } from '../selectors';
import { stepCaption } from '../stepCaption';
import type { InspectorModel } from '../store';
import type { ShellContext } from './shellView';

/** Height of the row that can be grabbed, and how far it reaches beyond the axis at both ends, px. */
const ROW = 18;
const OVERHANG = 8;

export interface Scrubber {
  /** The slider, to lie over the chart's row. */
  readonly slider: HTMLElement;
  /** The line under the chart. */
  readonly line: HTMLElement;
  update(model: InspectorModel, layout: TrainingLayout | null): void;
}

export function createScrubber({ events, formats }: ShellContext): Scrubber {
  const drawing = svg('svg', { class: 'scrubber-marks', 'aria-hidden': 'true' });
  const slider = html('div', { class: 'scrubber', role: 'slider', tabindex: 0 }, drawing);
  slider.setAttribute('aria-label', l10n.t('Snapshot of the network'));
  slider.title = l10n.t('Drag, or use the arrow keys, to see every picture as it was at that step of training.');
  const play = createButton({ label: '', icon: 'play', onClick: () => togglePlay() });
  const newest = createButton({ label: '', onClick: () => choose(null) });
  const words = html('span', { class: 'scrubber-words' });
  const line = html('div', { class: 'scrubber-line' }, play.element, newest.element, words);
  let model: InspectorModel | null = null;
  let layout: TrainingLayout | null = null;
  let marks: ScrubberMark[] = [];
  let drawn = '';

  const replay = new Replay({
    advance: () => step(1),
    changed: () => {
      redraw();
      if (model !== null) replay.update(!isComputingSnapshot(model));
    },
  });

  /** The choice is drawn from the model that comes back; until then keys and play go on from here. */
  function look(index: number): void {
    const mark = marks[index];
    if (model === null || mark === undefined || index === lookedAt(marks, model.snapshot)) return;
    const snapshot = mark.live ? null : mark.step;
    model = { ...model, snapshot };
    events.lookAt(snapshot);
  }

  function step(by: number): boolean {
    if (model === null) return false;
    const to = lookedAt(marks, model.snapshot) + by;
    look(to);
    return to < marks.length - 1;
  }

  function choose(snapshot: number | null): void {
    replay.stop();
    look(lookedAt(marks, snapshot));
  }

  function togglePlay(): void {
    if (model === null) return;
    const atEnd = lookedAt(marks, model.snapshot) === marks.length - 1;
    if (replay.isPlaying) replay.stop();
    else {
      if (atEnd) look(0);
      else step(1);
      if (!reducesMotion()) replay.start();
    }
  }

  slider.addEventListener('keydown', (event) => {
    if (model === null) return;
    const to = scrubberKey(event.key, lookedAt(marks, model.snapshot), marks.length);
    if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    replay.stop();
    look(to);
  });
  const left = (): number => layout?.left ?? 0;
  const drag = (event: PointerEvent): void =>
    look(nearestMark(marks, event.clientX - slider.getBoundingClientRect().left + left() - OVERHANG));
  slider.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    slider.setPointerCapture(event.pointerId);
    replay.stop();
    drag(event);
  });
  slider.addEventListener('pointermove', (event) => {
    if (slider.hasPointerCapture(event.pointerId)) drag(event);
  });

  function redraw(): void {
    const run = model?.host?.run ?? null;
    const row = layout?.scrubber ?? null;
    setShown(slider, row !== null);
    setShown(line, row !== null);
    if (model === null || layout === null || row === null || run === null) return;
    const { right } = layout;
    const width = right - left() + 2 * OVERHANG;
    marks = scrubberMarks(run.snapshots ?? [], run.step, stepScale(left(), right, run.plannedSteps, run.step));
    const index = lookedAt(marks, model.snapshot);
    const mark = marks[index];
    const caption = captionOf(model, mark);
    slider.setAttribute('aria-valuemin', '0');
    slider.setAttribute('aria-valuemax', String(marks.length - 1));
    slider.setAttribute('aria-valuenow', String(index));
    slider.setAttribute('aria-valuetext', caption);
    Object.assign(slider.style, { top: `${row - ROW / 2}px`, left: `${left() - OVERHANG}px` });
    line.style.paddingLeft = `${left()}px`;
    drawButtons(mark, isCompact(model));
    setText(words, `${caption} · ${mark.live ? keptText(marks.length - 1, isCompact(model)) : waitText(model)}`);
    words.title = words.textContent ?? '';
    const key = JSON.stringify([marks, index, width, left()]);
    if (key === drawn) return;
    drawn = key;
    drawing.setAttribute('width', String(width));
    drawing.setAttribute('height', String(ROW));
    drawing.setAttribute('viewBox', `${left() - OVERHANG} 0 ${width} ${ROW}`);
    drawing.replaceChildren(...drawMarks(left(), index));
  }

  function drawButtons(mark: ScrubberMark, compact: boolean): void {
    const playing = replay.isPlaying;
    const [label, name] = playing
      ? [l10n.t('Pause replay'), l10n.t('Pause replay')]
      : reducesMotion()
        ? [l10n.t('Next'), l10n.t('Next snapshot')]
        : [l10n.t('Replay'), l10n.t('Replay all pictures through training')];
    play.set({
      label: compact ? '' : label,
      icon: playing ? 'pause' : 'play',
      accessibleLabel: name,
    });
    play.setEnabled(marks.length > 1);
    const training = model?.host?.run?.phase === 'training';
    newest.set({
      label: training ? l10n.t('Live') : l10n.t('Newest'),
      accessibleLabel: training
        ? l10n.t('Live: back to the weights in training')
        : l10n.t('Newest: back to the newest weights'),
    });
    newest.setEnabled(!mark.live);
  }

  function captionOf({ host }: InspectorModel, { step: at, live }: ScrubberMark): string {
    const run = host?.run;
    if (!run) return '';
    const caption = stepCaption({ step: at, snapshot: !live }, run, formats);
    if (!live) return caption;
    return `${run.phase === 'training' ? l10n.t('live') : l10n.t('newest weights')}, ${caption}`;
  }

  /** Says that the picture on screen is another one as long as it is. */
  function waitText(shown: InspectorModel): string {
    if (shown.frame === null || !isComputingSnapshot(shown)) return l10n.t('all pictures below are of this step');
    return l10n.t('computing; shown: step {0}', formats.integer(shown.frame.header.step));
  }

  function keptText(count: number, compact: boolean): string {
    if (compact) return count === 1 ? l10n.t('1 snapshot') : l10n.t('{0} snapshots', formats.integer(count));
    if (count === 1) return l10n.t('1 snapshot to look back at');
    return l10n.t('{0} snapshots to look back at', formats.integer(count));
  }

  function drawMarks(from: number, index: number): SVGElement[] {
    const middle = ROW / 2;
    const at = marks[index];
    const diamond = (x: number, half: number, style: string, title: string): SVGElement =>
      svg(
        'path',
        { d: `M${x},${middle - half}l${half},${half}l${-half},${half}l${-half},${-half}z`, class: style },
        svg('title', {}, title),
      );
    const titleOf = ({ step: of, live }: ScrubberMark): string =>
      live
        ? l10n.t('newest weights, step {0}', formats.integer(of))
        : l10n.t('snapshot of step {0}', formats.integer(of));
    return [
      svg('path', { d: `M${from},${middle}H${at.x}`, class: 'scrubber-passed' }),
      ...marks.map((mark) =>
        mark.crowded
          ? svg(
              'path',
              { d: `M${mark.x},${middle - DIAMOND}v${2 * DIAMOND}`, class: 'scrubber-tick' },
              svg('title', {}, titleOf(mark)),
            )
          : diamond(mark.x, DIAMOND, 'scrubber-mark', titleOf(mark)),
      ),
      diamond(at.x, DIAMOND + 2, 'scrubber-handle', titleOf(at)),
    ];
  }

  return {
    slider,
    line,
    update(next, nextLayout) {
      // Another run, or a snapshot that the host took back, ends the replay.
      if (replay.isPlaying && (next.host?.run?.id !== model?.host?.run?.id || next.snapshot !== model?.snapshot))
        replay.stop();
      model = next;
      layout = nextLayout;
      redraw();
      replay.update(!isComputingSnapshot(next));
    },
  };
}

function reducesMotion(): boolean {
  return document.body.classList.contains('vscode-reduce-motion');
}
