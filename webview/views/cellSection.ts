// The cell at the focus step and the focus unit: a diagram whose wires carry the real values, the equations with the same numbers, and
// what its gates add up before their activations. Values come from the frame; the terms are asked for when nothing moves.
import * as l10n from '@vscode/l10n';
import { html, setText, svg } from '../dom';
import { activationOf } from '../geometry/cellTermNumbers';
import { hasPlaces, placeText } from '../networkPlace';
import { NumberFormats } from '../numberFormats';
import type { View, ViewEvents } from '../picture';
import { pictureCaption } from '../pictureCaption';
import { gateNumber, quoted } from '../shownText';
import { cellEquations } from './cellEquations';
import { GRU_HEIGHT, gruDiagram } from './cellGru';
import { LSTM_HEIGHT, lstmDiagram } from './cellLstm';
import { cellPicture, knownTerms, type CellPicture } from './cellPicture';
import { cellTermsTable } from './cellTermsTable';
import { VANILLA_HEIGHT, vanillaDiagram } from './cellVanilla';
import { gateTerm } from './gateTerms';
import { createChangeGuard } from './track';

export const CELL_OPEN = 'cell.open';

const DIAGRAMS: Record<string, { height: number; draw: (picture: CellPicture, width: number) => SVGElement[] }> = {
  lstm: { height: LSTM_HEIGHT, draw: lstmDiagram },
  gru: { height: GRU_HEIGHT, draw: gruDiagram },
  vanilla: { height: VANILLA_HEIGHT, draw: vanillaDiagram },
};
const WIDTH = { least: 300, most: 620 };

/** The section, below what stands on the time axis; its diagram is a tab stop whose arrow keys move step and unit. */
export function createCellSection(events: ViewEvents): View {
  const note = html('span', { class: 'section-note' });
  const status = html('span', { class: 'section-note', role: 'status' });
  const drawing = svg('svg');
  const target = html('div', { class: 'cell-diagram', role: 'application', tabindex: 0 }, drawing);
  const inputs = html('p', { class: 'note' });
  const equations = html('div', { class: 'cell-equations' });
  const sentence = html('p', { class: 'cell-sentence' });
  const terms = html('div', { class: 'cell-terms-holder' });
  const caption = html('p', { class: 'caption' });
  const left = html('div', { class: 'cell-left' }, target, inputs, sentence);
  const columns = html('div', { class: 'cell-columns' }, left, equations, terms);
  const details = html(
    'details',
    { class: 'cell-view off-axis', open: true },
    html('summary', { class: 'section-head' }, html('h2', {}, l10n.t('Cell')), note, status),
    columns,
    caption,
  );
  const formats = new NumberFormats(document.documentElement.lang);
  const changed = createChangeGuard();
  let open = true;
  details.addEventListener('toggle', () => {
    if (details.open === open) return;
    open = details.open;
    events.choose(CELL_OPEN, open);
  });

  return {
    element: html('section', { class: 'cell-section', 'aria-label': l10n.t('Cell') }, details),
    update(picture) {
      const { header, focus, unit, axis, sections } = picture;
      const wanted = sections[CELL_OPEN] !== false;
      if (wanted !== open) details.open = open = wanted;
      const token = quoted(header.tokens[focus]?.text ?? '');
      const where = hasPlaces(header) ? `${placeText(picture.place, header)} · ` : '';
      setText(note, where + l10n.t('unit {0} at step {1}, {2}', unit, focus, token));
      if (!open) return;
      const known = knownTerms(picture);
      setText(status, known.problem ?? (known.stale ? l10n.t('computing…') : ''));
      const diagram = DIAGRAMS[header.cell];
      const room = axis.size === 'M' ? axis.width * 0.52 : (axis.rail || axis.width) - 24;
      const width = Math.round(Math.max(WIDTH.least, Math.min(WIDTH.most, room)));
      if (!changed([picture.arrays, focus, unit, known.terms, known.stale, width])) return;
      const cell = cellPicture(picture, known);
      drawing.setAttribute('width', String(width));
      columns.style.setProperty('--gs-cell', `${width}px`);
      drawing.setAttribute('height', String(diagram.height));
      drawing.replaceChildren(...diagram.draw(cell, width));
      target.setAttribute('aria-label', spoken(cell, token));
      setText(inputs, inputNote(cell, token));
      setText(sentence, keepingSentence(cell));
      equations.replaceChildren(...cellEquations(cell));
      terms.replaceChildren(cellTermsTable(cell));
      terms.classList.toggle('pending', known.stale);
      setText(
        caption,
        [l10n.t('The thicker a wire, the more it carries.'), pictureCaption(picture, formats)].join(' '),
      );
    },
  };
}

/** What a screen reader says of the diagram: the unit, the step and every value in reading order. */
function spoken({ gates, values, unit, step, placeName }: CellPicture, token: string): string {
  const told = Object.values(gates).map(({ key, name }) => `${gateTerm(name)} ${gateNumber(values[key])}`);
  return [
    ...(placeName === '' ? [] : [placeName]),
    l10n.t('cell of unit {0}, step {1}, {2}', unit, step, token),
    ...told,
  ].join(', ');
}

function inputNote({ cell, before, step, units, place }: CellPicture, token: string): string {
  if (place.layer > 0)
    return l10n.t(
      'h({0}) are the states of all {1} units of this layer and direction; x({2}) is what the layers below give for {3}.',
      ...[before, units, step, token],
    );
  return cell === 'vanilla'
    ? l10n.t('h({0}) are the states of all {1} units; x({2}) is the embedding of {3}.', before, units, step, token)
    : l10n.t(
        'Into every gate go h({0}), the states of all {1} units, and x({2}), the embedding of {3}.',
        before,
        units,
        step,
        token,
      );
}

/** What the numbers say about memory, in one sentence. */
function keepingSentence({ cell, values, gates }: CellPicture): string {
  if (!Number.isFinite(values.h)) return '';
  if (cell === 'vanilla') {
    const { h } = values;
    const slope = { tanh: 1 - h * h, sigmoid: h * (1 - h), relu: h > 0 ? 1 : 0 }[activationOf(gates.h)];
    return l10n.t('Of a small change of z the activation passes on {0} here (φ′(z)).', gateNumber(slope));
  }
  const kept = cell === 'lstm' ? values.f : 1 - values.u;
  const share = `${(kept * 100).toFixed(kept > 0.995 || kept < 0.005 ? 2 : 0)} %`;
  const half = Math.log(0.5) / Math.log(kept);
  const steps = half >= 100 ? half.toFixed(0) : half.toFixed(1);
  if (!Number.isFinite(half)) return '';
  return cell === 'lstm'
    ? l10n.t(
        'This unit keeps {0} of its cell at this step; at that rate half of it would be gone after {1} steps.',
        share,
        steps,
      )
    : l10n.t(
        'This unit keeps {0} of its state at this step; at that rate half of it would be gone after {1} steps.',
        share,
        steps,
      );
}
