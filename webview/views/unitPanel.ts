// The pinned unit: how long it keeps what it has, its trace over the window, its equations with the numbers of the focus step, and what
// drives it in the whole file. Folded it is one line and asks nothing.
import * as l10n from '@vscode/l10n';
import { html, setText } from '../dom';
import { keptShares, timeConstant } from '../geometry/timeConstants';
import { askedOf, hasPlaces, placeLabel } from '../networkPlace';
import { NumberFormats } from '../numberFormats';
import type { Picture, View, ViewEvents } from '../picture';
import { pictureCaption } from '../pictureCaption';
import { gateNumber } from '../shownText';
import { stateEquations } from './cellEquations';
import { cellPicture, knownTerms } from './cellPicture';
import { driversCaption, unitDrivers } from './unitDrivers';
import { createUnitTrace } from './unitTrace';
import { createChangeGuard } from './track';

export const UNIT_OPEN = 'gates.unit';

/** Tokens of the file that are read for the drivers of a unit, at most. */
const TOKENS = 60_000;
/** While training goes on, the file is read anew when the steps have grown by so much. */
const GROWTH = 1.5;

export function createUnitPanel(events: ViewEvents): View {
  const formats = new NumberFormats(document.documentElement.lang);
  const name = html('b');
  const digest = html('span', { class: 'note' });
  const traces = [createUnitTrace('gates'), createUnitTrace('states')];
  const equations = html('div', { class: 'unit-equations' });
  const status = html('p', { class: 'note', role: 'status' });
  const facts = html('div', { class: 'unit-drivers' });
  const caption = html('p', { class: 'caption' });
  const details = html(
    'details',
    { class: 'unit-panel' },
    html('summary', { class: 'off-axis' }, name, digest),
    ...traces.map((trace) => trace.element),
    html('div', { class: 'unit-below off-axis' }, equations, status, facts, caption),
  );
  const [changed, isOther, isNew] = [createChangeGuard(), createChangeGuard(), createChangeGuard()];
  let shares: Float64Array = new Float64Array(0);
  let open = false;
  details.addEventListener('toggle', () => {
    if (details.open === open) return;
    open = details.open;
    events.choose(UNIT_OPEN, open);
  });
  return {
    element: details,
    update(picture) {
      const { header, arrays, unit, order, sections, place } = picture;
      if (changed([arrays])) shares = keptShares(header, arrays);
      const wanted = sections[UNIT_OPEN] === true;
      if (wanted !== open) details.open = open = wanted;
      const label = hasPlaces(header) ? ` · ${placeLabel(place, header)}` : '';
      setText(name, l10n.t('Unit {0}', unit) + label);
      setText(
        digest,
        `${memoryText(header.cell, shares[unit])} · ${l10n.t('row {0} of {1}', order.indexOf(unit) + 1, order.length)}`,
      );
      digest.title = digest.textContent;
      if (!open) return;
      for (const trace of traces) trace.update(picture);
      const terms = knownTerms(picture);
      if (isOther([arrays, picture.focus, unit, terms.terms, terms.stale]))
        equations.replaceChildren(...stateEquations(cellPicture(picture, terms)));
      const question = { about: 'drivers', unit, tokens: TOKENS, ...askedOf(header, place) } as const;
      const known = picture.questions.about(question, driversMoment(picture), 'unit');
      const { value, step, stale, problem } = known;
      setText(status, problem ?? (stale ? l10n.t('Reading the file for what drives unit {0}…', unit) : ''));
      facts.classList.toggle('pending', stale);
      if (isNew([value])) facts.replaceChildren(...(value === null ? [] : unitDrivers(value, formats)));
      const of = value === null || step === null ? [] : [driversCaption(value, step, formats)];
      setText(caption, [...of, pictureCaption(picture, formats)].join(' '));
    },
  };
}

function driversMoment({ header: { runId, step }, run }: Picture): string {
  return `${runId} ${run?.phase === 'training' ? `^${Math.floor(Math.log(step + 1) / Math.log(GROWTH))}` : step}`;
}

/** How long the unit keeps what it has, and from which mean that is known. */
function memoryText(cell: string, share: number): string {
  const steps = timeConstant(share);
  const constant = !Number.isFinite(steps) ? '∞' : steps >= 100 ? steps.toFixed(0) : steps.toFixed(1);
  if (cell === 'lstm')
    return l10n.t('time constant {0} steps (−1/ln of its mean forget gate, {1})', constant, gateNumber(share));
  if (cell === 'gru')
    return l10n.t('time constant {0} steps (−1/ln of 1 − its mean update gate, {1})', constant, gateNumber(share));
  if (steps === 0) return l10n.t('changes from step to step (autocorrelation of h at lag 1: {0})', gateNumber(share));
  return l10n.t(
    'time constant {0} steps (−1/ln of the autocorrelation of h at lag 1, {1})',
    constant,
    gateNumber(share),
  );
}
