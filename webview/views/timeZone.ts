// Everything on the shared time axis: arrows, text and ruler stay in sight, gates and gradient scroll under them; pointer and keys move the focus.
import * as l10n from '@vscode/l10n';
import { html } from '../dom';
import { columnAt } from '../geometry/timeAxis';
import type { Picture, View, ViewEvents } from '../picture';
import { createCellSection } from './cellSection';
import { createColumnLines } from './columnLines';
import { createCompareSection } from './compareSection';
import { createDirectionsSection } from './directionsSection';
import { createGatesSection } from './gatesSection';
import { createGradientBars } from './gradientBars';
import { createGradientTriangle } from './gradientTriangle';
import { createInfluenceArrows } from './influenceArrows';
import { createLayerGradients } from './layerGradients';
import { createNextPredictions } from './nextPredictions';
import { only } from './only';
import { createPlaceChooser } from './placeChooser';
import { createPredictionArrows } from './predictionArrows';
import { createPredictionChips } from './predictionChips';
import { createReading } from './reading';
import { createSkipShares } from './skipSharesView';
import { stayInSight } from './stayInSight';
import { createStepsRuler } from './stepsRuler';
import { createSyntaxSection } from './syntaxSection';
import { createTagStrip } from './tagStrip';
import { createTextStrip } from './textStrip';
import { gradientKey, gradientKeysAt, timeZoneKey } from './timeZoneKeys';
import { createWeightGradient } from './weightGradient';
import { whole } from './whole';

export interface TimeZone extends View {
  /** The cell at the focus: it stands below the pictures, or beside them in a wide panel. */
  readonly cell: HTMLElement;
}

/** The zone. */
export function createTimeZone(events: ViewEvents): TimeZone {
  const reading = only('text', whole(createReading()));
  const syntax = createSyntaxSection(events);
  const sticky = [
    only('text', createInfluenceArrows(events)),
    only('task', createPredictionArrows(events)),
    syntax.over,
    createTextStrip(),
    only('task', createTagStrip()),
    syntax,
    createStepsRuler(events),
    only('text', createNextPredictions()),
    only('task', createPredictionChips(events)),
  ];
  const scrolling = [
    only('text', createCompareSection(events)),
    createPlaceChooser(events),
    createGatesSection(events),
    only('text', createGradientBars(events)),
    createLayerGradients(events),
    only('task', createDirectionsSection(events)),
    only('text', createSkipShares()),
    only('text', whole(createGradientTriangle())),
    only('text', whole(createWeightGradient(events))),
  ];
  const cell = createCellSection(events);
  // One overlay over what stays in sight, one over what scrolls, so that titles can stand over their own lines.
  const lines = [createColumnLines(), createColumnLines()] as const;
  const readOut = html('div', { class: 'visually-hidden', 'aria-live': 'polite' });
  const staying = html('div', { class: 'sticky' }, ...sticky.map((view) => view.element), lines[0].element);
  stayInSight(staying, syntax.over.element);
  const element = html(
    'section',
    { class: 'time-zone', 'aria-label': l10n.t('The network on this text') },
    html('h1', { class: 'visually-hidden' }, l10n.t('The network on this text')),
    reading.element,
    staying,
    ...scrolling.map((view) => view.element),
    lines[1].element,
    readOut,
  );
  let picture: Picture | null = null;

  const columnOf = (event: MouseEvent): number | null => {
    if (!picture || isControl(event.target) || isOffAxis(event.target)) return null;
    return columnAt(picture.axis, event.clientX - element.getBoundingClientRect().left);
  };
  element.addEventListener('pointermove', (event) => events.hover(columnOf(event)));
  element.addEventListener('pointerleave', () => events.hover(null));
  element.addEventListener('click', (event) => {
    const t = columnOf(event);
    if (t !== null) events.reveal(t);
  });
  const moveByKey = (event: KeyboardEvent): void => {
    if (!picture || isControl(event.target)) return;
    const along = gradientKeysAt(event.target);
    const move = (along && gradientKey(event, picture, along.rowsAreSteps)) ?? timeZoneKey(event, picture);
    if (!move) return;
    event.preventDefault();
    // Keys may come faster than frames are drawn: the next one starts from where this one went.
    if (move.kind === 'focus') {
      picture = { ...picture, focus: move.column };
      events.focus(move.column);
    } else if (move.kind === 'hover') {
      picture = { ...picture, hover: move.column };
      events.hover(move.column);
    } else {
      picture = { ...picture, unit: move.unit };
      events.unit(move.unit);
    }
    const { activeElement } = document;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        readOut.textContent = activeElement?.getAttribute('aria-label') ?? '';
      }),
    );
  };
  element.addEventListener('keydown', moveByKey);
  element.addEventListener('focusout', ({ target }) => {
    if (!gradientKeysAt(target)) return;
    if (picture) picture = { ...picture, hover: null };
    events.hover(null);
  });
  cell.element.addEventListener('keydown', moveByKey);

  return {
    element,
    cell: cell.element,
    update(next) {
      picture = next;
      element.classList.toggle('motion', !next.theme.reduceMotion);
      // The cursor went on: the gradients of its place are those of the picture before.
      element.classList.toggle('row-waits', next.header.rowOnly === true && next.focus !== next.header.focus);
      element.style.setProperty('--gs-left', `${next.axis.left}px`);
      for (const view of [reading, ...sticky, ...scrolling, cell, ...lines]) view.update(next);
    },
  };
}

/** What stands between the pictures but has no column of its own. */
function isOffAxis(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.off-axis') !== null;
}

function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, select, button, summary, label, .table-holder, vscode-button, vscode-checkbox') !== null
  );
}
