// One model of a comparison on the shared time axis: what it is, the gradient of the focus step on its whole state, and its keeping gate.
import * as l10n from '@vscode/l10n';
import type { StateGradient } from '../../src/protocol/questions';
import { powerOfTen } from '../../src/protocol/powersOfTen';
import { markerPath } from '../chart/compareChart';
import { rampColour } from '../colourRamps';
import { drawnSeed, type DrawnSeed, type MeasuredModel } from '../comparedMeasures';
import { html, setShown, setText, svg } from '../dom';
import { rampPosition } from '../geometry/gateSummary';
import { LARGEST_POWER, SMALLEST_POWER, gradientLevel, gradientReach, lossRow } from '../geometry/gradientScale';
import { columnX, columns } from '../geometry/timeAxis';
import { tokensPerCharacter } from '../lossUnit';
import type { NumberFormats } from '../numberFormats';
import type { Picture } from '../picture';
import { phaseText } from '../runText';
import { scientific } from '../shownText';
import { staleText } from '../staleText';
import { stepCaption } from '../stepCaption';
import { stepsText } from '../stepsText';
import { deviationText } from './compareWords';
import { gateTerm } from './gateTerms';
import { createHeatmap, paintHeatmap } from './heatmap';
import { createChangeGuard, createTrack } from './track';

const BARS = { S: 56, M: 64, L: 84 } as const;
const GATE = 30;

export interface CompareRow {
  readonly element: HTMLElement;
  update(model: MeasuredModel, picture: Picture): void;
}

export function createCompareRow(formats: NumberFormats): CompareRow {
  const sample = svg('svg', { width: 34, height: 10, 'aria-hidden': 'true', class: 'compare-sample' });
  const name = html('b');
  const about = html('span', { class: 'note' });
  const head = html('div', { class: 'compare-head off-axis' }, sample, name, about);
  const bars = createTrack('compare-bars');
  const gate = createTrack('compare-gate');
  const canvas = createHeatmap();
  gate.element.insertBefore(canvas, gate.drawing);
  const symbol = html('span', { class: 'gate-symbol' });
  const gateName = html('span', { class: 'gate-name' });
  gate.left.append(symbol, ' ', gateName);
  const value = html('div');
  const beside = html('div', { class: 'note', title: l10n.t('Steps back that still have 1 % of the gradient at i') });
  bars.right.append(value, beside);
  const target = html('div', { class: 'heatmap-target', role: 'application', tabindex: 0 });
  bars.element.append(target);
  const element = html('div', { class: 'compare-run' }, head, bars.element, gate.element);
  const changed = createChangeGuard();

  return {
    element,
    update(model, picture) {
      const { axis, focus, theme } = picture;
      const drawn = drawnSeed(model, picture);
      setText(name, model.name);
      setText(about, aboutText(model, drawn, formats));
      sample.replaceChildren(
        svg('path', { class: `compare-line of-${model.index}`, d: 'M1,5H33' }),
        svg('path', { class: `compare-marker of-${model.index}`, d: markerPath(model.index, 17, 5) }),
      );
      setShown(bars.element, drawn !== null);
      setShown(gate.element, drawn !== null);
      if (drawn === null) return;
      const { norms, steps } = drawn.value;
      const row = lossRow(norms, steps, focus);
      const at = picture.hover ?? focus;
      setText(value, at <= focus ? scientific(row[at]) : '');
      target.setAttribute(
        'aria-label',
        l10n.t(
          '{0}: gradient of the loss at step {1} on the state at step {2}: {3}',
          model.name,
          focus,
          Math.min(at, focus),
          scientific(row[Math.min(at, focus)]),
        ),
      );
      const stale = model.answered.find(({ record }) => record === drawn.record)?.gradient.stale === true;
      element.classList.toggle('stale', stale);
      if (!changed([drawn.value, focus, theme, axis.width, axis.column, axis.first, axis.count])) return;
      const height = BARS[axis.size];
      const reach = reachOf(picture, row);
      setText(beside, reach.beside);
      bars.resize(axis, height);
      bars.drawing.replaceChildren(...scaleMarks(picture, height), ...barMarks(picture, row, height), ...reach.marks);
      target.style.left = `${axis.left}px`;
      target.style.width = `${axis.count * axis.column}px`;
      target.style.height = `${height}px`;
      gate.element.dataset.gate = drawn.value.gate.key;
      gate.resize(axis, GATE + 6);
      setText(symbol, drawn.value.gate.symbol);
      setText(gateName, axis.size === 'S' ? '' : gateTerm(drawn.value.gate.name));
      paintGate(canvas, picture, drawn.value);
    },
  };
}

/** "88,114 parameters (+1.3 %) · seeds 1, 2, 3 · step 4,000 of 4,000 · 2.05 bits/char". */
function aboutText(
  { parameters, deviation, seeds, index, answered }: MeasuredModel,
  drawn: DrawnSeed | null,
  formats: NumberFormats,
): string {
  const record = drawn?.record ?? seeds.find((seed) => seed.record !== null)?.record ?? null;
  const seedList = seeds.map(({ config }) => config.seed).join(', ');
  const parts: string[] = [];
  if (parameters !== null) {
    const beside = index === 0 || deviation === null ? '' : ` (${deviationText(deviation)})`;
    parts.push(l10n.t('{0} parameters', formats.integer(parameters)) + beside);
  }
  parts.push(
    seeds.length > 1 && drawn !== null
      ? l10n.t('seeds {0}, drawn: {1}', seedList, drawn.record.config.seed)
      : seeds.length > 1
        ? l10n.t('seeds {0}', seedList)
        : l10n.t('seed {0}', seedList),
  );
  if (record === null) return [...parts, l10n.t('waiting for its turn')].join(' · ');
  parts.push(stepCaption({ step: drawn?.step ?? record.step, snapshot: drawn?.snapshot }, record, formats));
  const { bestValidationLoss: nats, corpus, phase } = record;
  // The score is of the run's weights, not of a snapshot's.
  const isOlder = drawn !== null && (drawn.snapshot || (phase !== 'training' && drawn.step !== record.step));
  if (nats !== null && !isOlder)
    parts.push(l10n.t('{0} bits/char', formats.loss((nats / Math.LN2) * tokensPerCharacter(corpus))));
  if (phase !== 'finished') parts.push(phaseText(phase));
  const problem = answered.find(({ gradient }) => gradient.problem !== null)?.gradient.problem;
  if (problem) parts.push(problem);
  else if (drawn?.stale) parts.push(staleText(drawn.everySeconds));
  else if (drawn === null && answered.length > 0) parts.push(l10n.t('computing…'));
  return parts.join(' · ');
}

const levelY = (norm: number, height: number): number => height - 1 - gradientLevel(norm) * (height - 2);

function scaleMarks({ axis }: Picture, height: number): SVGElement[] {
  const right = columnX(axis, axis.first + axis.count);
  const powers = [SMALLEST_POWER, -4, 0, LARGEST_POWER];
  return powers.flatMap((power) => {
    const y = levelY(10 ** power, height);
    const grid = svg('path', { class: 'grid', d: `M${axis.left},${y}H${right}` });
    if (power === LARGEST_POWER) return [grid];
    return [
      grid,
      svg('text', { class: 'note axis-label', x: axis.left - 7, y: Math.max(9, y + 4) }, powerOfTen(power)),
    ];
  });
}

function barMarks({ axis, theme, focus }: Picture, row: Float32Array, height: number): SVGElement[] {
  return columns(axis)
    .filter((t) => t <= focus && row[t] > 0)
    .map((t) => {
      const y = levelY(row[t], height);
      return svg('rect', {
        ...{ class: 'bar', x: columnX(axis, t) + 0.5, y: y.toFixed(1), width: axis.column - 1 },
        height: Math.max(0, height - y).toFixed(1),
        fill: rampColour(theme.gradient, 0.18 + 0.82 * gradientLevel(row[t])),
      });
    });
}

const REACH_TEXT = 130;

interface Reach {
  marks: SVGElement[];
  /** For the gutter, where there is no room before the bracket. */
  beside: string;
}

/** How far back 1 % of the focus step's own gradient reaches. */
function reachOf({ axis, focus }: Picture, row: Float32Array): Reach {
  const reach = gradientReach(row);
  if (reach === null || focus === 0) return { marks: [], beside: '' };
  const left = columnX(axis, Math.max(axis.first, focus - reach));
  const right = columnX(axis, focus) + axis.column;
  const steps = stepsText(reach);
  const text = reach === focus ? l10n.t('1 % reach: {0} or more', steps) : l10n.t('1 % reach: {0}', steps);
  const bracket = svg('path', { class: 'bracket', d: `M${left},12V7H${right}V12` });
  if (left - axis.left <= REACH_TEXT)
    return { marks: [bracket], beside: `1 %: ${reach === focus ? '≥ ' : ''}${reach}` };
  return { marks: [bracket, svg('text', { class: 'reach halo', x: left - 6, y: 11 }, text)], beside: '' };
}

/** Units from the least to the most open, so that the shape of the gate is seen. */
function paintGate(
  canvas: HTMLCanvasElement,
  { axis, theme }: Picture,
  { gate, units, gateValues, steps }: StateGradient,
): void {
  const means = new Float64Array(units);
  for (let t = 0; t < steps; t++) for (let unit = 0; unit < units; unit++) means[unit] += gateValues[t * units + unit];
  const order = Array.from(means, (_, unit) => unit).sort((a, b) => means[b] - means[a]);
  const ramp = gate.range === 'unit' || gate.range === 'positive' ? theme.gate : theme.signed;
  const level = (row: number, t: number): number => rampPosition(gate.range, gateValues[t * units + order[row]]);
  paintHeatmap(canvas, axis, 0, { rows: units, height: GATE, level, ramp });
}
