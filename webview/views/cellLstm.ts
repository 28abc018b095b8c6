// The LSTM as a diagram: the cell state runs along the top, is scaled by f and added to by i·c̃; o decides what of it becomes h.
import * as l10n from '@vscode/l10n';
import { NODE_RADIUS, box, entry, gateName, label, operation, pill, wire } from './cellMarks';
import { between, gateTitle, input, preActivation, result, type CellPicture } from './cellPicture';
import { gateTerm } from './gateTerms';

export const LSTM_HEIGHT = 188;
const CONVEYOR = 34;
const MEETING = 78;
const BOXES = 112;
const NAMES = 157;
const ENTRIES = 164;
const NARROW = 360;

/** Its marks in a drawing `width` px wide. */
export function lstmDiagram(picture: CellPicture, width: number): SVGElement[] {
  const { gates, values, step, before, terms, termsStale } = picture;
  // In a rail the hidden state's number needs the room right of the output gate's wire.
  const output = width < NARROW ? 0.768 : 0.78;
  const [xf, xi, xAdd, xg, xo] = [0.11, 0.33, 0.445, 0.56, output].map((share) => Math.round(share * width));
  const x: Record<string, number> = { f: xf, i: xi, g: xg, o: xo };
  const kept = values.f * values.previousC;
  const wrote = values.i * values.g;
  const text = { kept: between(picture, kept), wrote: between(picture, wrote) };
  const says = {
    past: l10n.t('cell state before: {0}', input(picture, 'previousC')),
    kept: l10n.t('what the forget gate leaves of it: {0}', text.kept),
    wrote: l10n.t('what the input gate lets in of the candidate: {0}', text.wrote),
    cell: l10n.t('cell state now: {0}', result(picture, 'c')),
    squashed: l10n.t('tanh of the cell state: {0}', between(picture, Math.tanh(values.c))),
    hidden: l10n.t('hidden state, the output: {0}', result(picture, 'h')),
  };
  const squashed = Math.tanh(values.c);
  const boxTop = BOXES;
  return [
    wire(`M0,${CONVEYOR}H${xf - NODE_RADIUS}`, 'c', values.previousC, says.past),
    wire(`M${xf + NODE_RADIUS},${CONVEYOR}H${xAdd - NODE_RADIUS}`, 'c', kept, says.kept),
    wire(`M${xAdd + NODE_RADIUS},${CONVEYOR}H${width}`, 'c', values.c, says.cell),
    wire(
      `M${xi},${MEETING - NODE_RADIUS}C${xi},44 ${xAdd},70 ${xAdd},${CONVEYOR + NODE_RADIUS}`,
      'c',
      wrote,
      says.wrote,
    ),
    wire(`M${xf},${boxTop}V${CONVEYOR + NODE_RADIUS}`, 'f', values.f, gateTitle(picture, 'f', input(picture, 'f'))),
    wire(`M${xi},${boxTop}V${MEETING + NODE_RADIUS}`, 'i', values.i, gateTitle(picture, 'i', input(picture, 'i'))),
    wire(
      `M${xg},${boxTop}V${MEETING}H${xi + NODE_RADIUS}`,
      'g',
      values.g,
      gateTitle(picture, 'g', input(picture, 'g')),
    ),
    wire(`M${xo},${boxTop}V${MEETING + NODE_RADIUS}`, 'o', values.o, gateTitle(picture, 'o', input(picture, 'o'))),
    wire(`M${xo},${CONVEYOR}V${MEETING - NODE_RADIUS}`, 'c', squashed, says.squashed),
    wire(`M${xo + NODE_RADIUS},${MEETING}H${width}`, 'h', values.h, says.hidden),
    operation({ x: xf, y: CONVEYOR }, '×', 'f', says.kept),
    operation({ x: xAdd, y: CONVEYOR }, '+', 'c', says.cell),
    operation({ x: xi, y: MEETING }, '×', 'i', says.wrote),
    operation({ x: xo, y: MEETING }, '×', 'o', says.hidden),
    pill({ x: xo, y: 50 }, 'tanh', says.squashed),
    label({ x: 0, y: 18, name: `c(${before})`, value: input(picture, 'previousC'), key: 'c' }),
    label({ x: xf + 14, y: 52, name: l10n.t('kept'), value: text.kept }),
    label({ x: xAdd + 8, y: 69, name: l10n.t('written'), value: text.wrote }),
    label({ x: width, y: 18, name: `c(${step})`, value: result(picture, 'c'), key: 'c', anchor: 'end' }),
    label({ x: width, y: 98, name: `h(${step})`, value: result(picture, 'h'), key: 'h', anchor: 'end' }),
    ...['f', 'i', 'g', 'o'].flatMap((key) => {
      const value = input(picture, key);
      const z = preActivation(picture, key);
      return [
        box({ x: x[key], y: boxTop }, gates[key], values[key], value, gateTitle(picture, key, value)),
        gateName({ x: x[key], y: NAMES }, gates[key], width < 420 ? null : gateTerm(gates[key].name)),
        entry({ x: x[key], y: ENTRIES }, l10n.t('z, what the gate adds up before its activation: {0}', z)),
        label({ x: x[key] + 7, y: ENTRIES + 14, name: 'z', value: z, pending: terms === null || termsStale }),
      ];
    }),
  ];
}
