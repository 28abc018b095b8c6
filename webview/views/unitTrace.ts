// The pinned unit over the window: its gates on 0…1 and its states on −1…1, each in the colour it has everywhere.
import * as l10n from '@vscode/l10n';
import { line } from 'd3-shape';
import type { GateInfo } from '../../src/protocol/traceFrame';
import { html, setText, svg } from '../dom';
import { drawnValue } from '../geometry/gateSummary';
import { columnMiddle, columns, columnX } from '../geometry/timeAxis';
import type { Picture, View } from '../picture';
import { gateNumber } from '../shownText';
import { gateTerm } from './gateTerms';
import { createChangeGuard, createTrack } from './track';

const LINE_HEIGHT = 15;
const PAD = 5;

/** One band of the trace; `which` are the gates on 0…1 or the states around 0. Hidden where a cell has none of them. */
export function createUnitTrace(which: 'gates' | 'states'): View {
  const track = createTrack('unit-trace');
  const drawing = svg('g');
  track.drawing.append(drawing);
  const [name, range] = [html('b'), html('div', { class: 'note' })];
  track.left.append(name, range);
  const changed = createChangeGuard();
  return {
    element: track.element,
    update(picture) {
      const { axis, header, arrays, unit } = picture;
      const gates = header.gates.filter(({ range }) => isGate(range) === (which === 'gates'));
      track.element.hidden = gates.length === 0;
      if (gates.length === 0) return;
      setText(
        name,
        gates.some(({ key }) => key !== 'h' && which === 'gates') ? l10n.t('its gates') : l10n.t('its states'),
      );
      setText(range, rangeText(gates));
      const height = Math.max(44, gates.length * LINE_HEIGHT + 2);
      if (changed([arrays, unit, axis.width, axis.first, axis.count, axis.column])) {
        track.resize(axis, height + PAD);
        drawing.replaceChildren(...traceMarks(picture, gates, height, which));
      }
      track.hatch(picture);
      const t = picture.hover ?? picture.focus;
      track.right.replaceChildren(...gates.map((gate) => readOut(picture, gate, t)));
    },
  };
}

/** The scale of what has one band in common. */
function rangeText(gates: readonly GateInfo[]): string {
  const ranges = gates.map(({ range }) => range);
  if (ranges.includes('cell')) return l10n.t('−1 to 1, c as tanh c');
  if (ranges.includes('positive')) return l10n.t('0 to 1 and over');
  return ranges.includes('unit') ? l10n.t('0 to 1') : l10n.t('−1 to 1');
}

const isGate = (range: GateInfo['range']): boolean => range === 'unit' || range === 'positive';

function readOut({ arrays, header, unit }: Picture, gate: GateInfo, t: number): HTMLElement {
  const value = arrays[`gate.${gate.key}`].values[t * header.hiddenUnits + unit];
  return html(
    'div',
    { 'data-gate': gate.key, title: gateTerm(gate.name) },
    html('span', { class: 'trace-symbol' }, gate.symbol),
    ` ${gateNumber(value)}`,
  );
}

function traceMarks(
  { axis, arrays, header, unit }: Picture,
  gates: GateInfo[],
  height: number,
  which: 'gates' | 'states',
): SVGElement[] {
  const y = (value: number): number =>
    which === 'gates' ? height - value * (height - 2) - 1 : height / 2 - (value * (height - 2)) / 2;
  const right = columnX(axis, axis.first + axis.count);
  const levels = which === 'gates' ? [0, 1] : [-1, 0, 1];
  const grid = levels.map((level) => svg('path', { class: 'grid', d: `M${axis.left},${y(level)}H${right}` }));
  const lines = gates.map((gate) => {
    const { values } = arrays[`gate.${gate.key}`];
    const path = line<number>(
      (t) => columnMiddle(axis, t),
      (t) => y(drawnValue(gate.range, values[t * header.hiddenUnits + unit])),
    )(columns(axis));
    return svg(
      'path',
      { class: 'mean-line', 'data-gate': gate.key, d: path ?? '' },
      svg('title', {}, gateTerm(gate.name)),
    );
  });
  return [...grid, ...lines];
}
