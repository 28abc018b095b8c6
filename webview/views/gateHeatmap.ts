// One gate: its mean over all units as a line with the shares nearly open and nearly shut, and every unit at every step as a heatmap.
import * as l10n from '@vscode/l10n';
import { line } from 'd3-shape';
import type { GateInfo } from '../../src/protocol/traceFrame';
import { html, setText, svg } from '../dom';
import { gateSummary, rampPosition, type GateSummary } from '../geometry/gateSummary';
import { columnMiddle, columnX, columns } from '../geometry/timeAxis';
import { hasPlaces, placeText } from '../networkPlace';
import type { Picture, View, ViewEvents } from '../picture';
import { gateNumber } from '../shownText';
import { gateTerm } from './gateTerms';
import { createHeatmap, paintHeatmap } from './heatmap';
import { createChangeGuard, createRedrawGuard, createTrack } from './track';
import { UNIT_OPEN } from './unitPanel';

const STRIP = 14;
const GAP = 6;
const HEIGHT = { S: 40, M: 40, L: 60 } as const;
/** A person wants a line of the screen for every unit: at least one pixel, few units share more. */
export const EVERY_UNIT_CHOICE = 'gates.everyUnit';
const ROOM_FOR_FEW = 256;

function heatmapHeight({ axis, header, sections }: Picture, band: Band | undefined): number {
  const usual = band?.height ?? HEIGHT[axis.size];
  if (band || sections[EVERY_UNIT_CHOICE] !== true) return usual;
  const { hiddenUnits } = header;
  return Math.max(usual, hiddenUnits * Math.max(1, Math.min(4, Math.floor(ROOM_FOR_FEW / hiddenUnits))));
}

/** A layer told by one gate. */
export interface Band {
  /** Of the heatmap, px. */
  height: number;
  /** Stands for the gate's name. */
  heading: HTMLElement;
}

/** The row of the gate with this key. */
export function createGateHeatmap(key: GateInfo['key'], events: ViewEvents, band?: Band): View {
  const track = createTrack('gate');
  track.element.dataset.gate = key;
  const symbol = html('span', { class: 'gate-symbol' });
  const name = html('span', { class: 'gate-name' });
  const notes = [html('div', { class: 'note' }), html('div', { class: 'note' })];
  track.left.append(...(band ? [band.heading] : [symbol, ' ', name, ...notes]));
  const mean = html('span', { class: 'gate-mean' });
  const value = html('span', { class: 'unit-value' });
  track.right.append(mean, value);
  const canvas = createHeatmap();
  const target = html('div', { class: 'heatmap-target', role: 'application', tabindex: 0, 'data-gate': key });
  track.element.insertBefore(canvas, track.drawing);
  track.element.append(target);
  const strip = svg('g');
  const marks = svg('g');
  track.drawing.append(strip, marks);
  const redraw = createRedrawGuard();
  const resized = createChangeGuard();
  let picture: Picture | null = null;
  let summary: GateSummary = { mean: new Float64Array(0), open: new Float64Array(0), shut: new Float64Array(0) };

  target.addEventListener('click', (event) => {
    if (!picture) return;
    const units = picture.order.length;
    const row = Math.floor(((event.clientY - target.getBoundingClientRect().top) / target.offsetHeight) * units);
    events.unit(picture.order[Math.max(0, Math.min(units - 1, row))]);
    events.choose(UNIT_OPEN, true);
  });

  target.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    events.choose(UNIT_OPEN, true);
  });

  return {
    element: track.element,
    update(next) {
      picture = next;
      const { axis, header, arrays, order, unit } = next;
      const gate = header.gates.find((candidate) => candidate.key === key);
      const values = arrays[`gate.${key}`]?.values;
      if (!gate || !values) return;
      const units = header.hiddenUnits;
      const height = heatmapHeight(next, band);
      const isNew = redraw(next);
      if (resized([height]) || isNew) {
        track.resize(axis, STRIP + height + GAP);
        track.hatch(next);
        summary = gateSummary(values, units, gate.range);
        setText(symbol, gate.symbol);
        setText(name, gateTerm(gate.name));
        const ramp = gate.range === 'unit' || gate.range === 'positive' ? next.theme.gate : next.theme.signed;
        const level = (row: number, t: number): number => rampPosition(gate.range, values[t * units + order[row]]);
        paintHeatmap(canvas, axis, STRIP, { rows: units, height, level, ramp });
        strip.replaceChildren(...stripMarks(next, gate, summary, height));
        target.style.left = `${axis.left}px`;
        target.style.top = `${STRIP}px`;
        target.style.width = `${axis.count * axis.column}px`;
        target.style.height = `${height}px`;
      }
      const t = next.hover ?? next.focus;
      const row = order.indexOf(unit);
      marks.replaceChildren(...unitMarks(next, STRIP + ((row + 0.5) * height) / units));
      setText(mean, gateNumber(summary.mean[t]));
      setText(value, gateNumber(values[t * units + unit]));
      const said = gateNotes(gate, summary, t);
      notes.forEach((note, k) => setText(note, said[k]));
      target.setAttribute(
        'aria-label',
        [
          ...(hasPlaces(header) ? [placeText(next.place, header)] : []),
          l10n.t('{0}, unit {1}, step {2}, {3}', gateTerm(gate.name), unit, t, gateNumber(values[t * units + unit])),
        ].join(', '),
      );
    },
  };
}

function gateNotes(gate: GateInfo, { open, shut }: GateSummary, t: number): [string, string] {
  if (gate.range === 'unit') {
    const share = (value: number): string => `${(value * 100).toFixed(0)} %`;
    return [l10n.t('open {0}', share(open[t])), l10n.t('shut {0}', share(shut[t]))];
  }
  const drawn =
    gate.range === 'cell'
      ? l10n.t('as tanh c')
      : gate.range === 'positive'
        ? l10n.t('0 to 1 and over')
        : l10n.t('−1 to 1');
  return [drawn, l10n.t('― mean |·|')];
}

function stripMarks(picture: Picture, gate: GateInfo, summary: GateSummary, height: number): SVGElement[] {
  const { axis } = picture;
  const room = STRIP - 2;
  const bars: string[] = [];
  if (gate.range === 'unit') {
    for (const t of columns(axis)) {
      const bar = (y: number, share: number): string =>
        `M${columnX(axis, t)},${y.toFixed(2)}h${axis.column}v${(share * room).toFixed(2)}h${-axis.column}z`;
      if (summary.open[t] > 0) bars.push(bar(0, summary.open[t]));
      if (summary.shut[t] > 0) bars.push(bar(room - summary.shut[t] * room, summary.shut[t]));
    }
  }
  const path = line<number>(
    (t) => columnMiddle(axis, t),
    (t) => STRIP - 2 - Math.min(1, summary.mean[t]) * (STRIP - 3),
  )(columns(axis));
  return [
    // One path for all: a thousand elements a frame would cost more than everything else.
    svg('path', { class: 'share', d: bars.join('') }),
    svg('path', { class: 'mean-line', d: path ?? '' }),
    svg('rect', { class: 'gate-edge', x: axis.left - 5, y: STRIP, width: 3, height }),
  ];
}

function unitMarks({ axis }: Picture, y: number): SVGElement[] {
  const right = columnX(axis, axis.first + axis.count);
  return [
    svg('path', { class: 'unit-pointer', d: `M${axis.left - 6},${y}l-6,-4v8z` }),
    svg('path', { class: 'unit-line', d: `M${axis.left},${y}H${right}` }),
  ];
}
