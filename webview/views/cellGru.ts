// The GRU as a diagram: the hidden state runs along the top, 1 − u of it stays and u of the candidate h̃ comes in; the candidate reads the
// past through the reset gate r, before the matrix product (the lecture) or after it (cuDNN, PyTorch).
import * as l10n from '@vscode/l10n';
import { NODE_RADIUS, box, entry, gateName, label, operation, pill, wire } from './cellMarks';
import { UNKNOWN, between, gateTitle, input, preActivation, result, type CellPicture } from './cellPicture';
import { decimal } from '../geometry/cellNumbers';
import { gateTerm } from './gateTerms';

export const GRU_HEIGHT = 304;
const CONVEYOR = 34;
const MEETING = 80;
const BOXES = 112;
const NAMES = 157;
const PAST = 206;
const RESET_BOX = 236;

/** Its marks in a drawing `width` px wide. */
export function gruDiagram(picture: CellPicture, width: number): SVGElement[] {
  const { gates, values, step, before, terms, termsStale } = picture;
  const [xKeep, xu, xAdd, xg] = [0.15, 0.33, 0.53, 0.76].map((share) => Math.round(share * width));
  const kept = (1 - values.u) * values.previousH;
  const wrote = values.u * values.g;
  const text = { kept: between(picture, kept), wrote: between(picture, wrote), stays: between(picture, 1 - values.u) };
  const says = {
    past: l10n.t('hidden state before: {0}', input(picture, 'previousH')),
    stays: l10n.t('1 − u, the share of it that stays: {0}', text.stays),
    kept: l10n.t('what stays of it: {0}', text.kept),
    wrote: l10n.t('what the update gate lets in of the candidate: {0}', text.wrote),
    hidden: l10n.t('hidden state now, the output: {0}', result(picture, 'h')),
  };
  const named = (key: string): string | null => (width < 420 ? null : gateTerm(gates[key].name));
  const pending = terms === null || termsStale;
  const titleOf = (key: string): string => gateTitle(picture, key, input(picture, key));
  const z = preActivation(picture, 'u');
  return [
    wire(`M0,${CONVEYOR}H${xKeep - NODE_RADIUS}`, 'h', values.previousH, says.past),
    wire(`M${xKeep + NODE_RADIUS},${CONVEYOR}H${xAdd - NODE_RADIUS}`, 'h', kept, says.kept),
    wire(`M${xAdd + NODE_RADIUS},${CONVEYOR}H${width}`, 'h', values.h, says.hidden),
    wire(`M${xu},${BOXES}V${MEETING}H${xAdd - NODE_RADIUS}`, 'u', values.u, titleOf('u')),
    wire(`M${xu},${MEETING}H${xKeep}V${CONVEYOR + NODE_RADIUS}`, 'u', 1 - values.u, says.stays),
    wire(`M${xg},${BOXES}V${MEETING}H${xAdd + NODE_RADIUS}`, 'g', values.g, titleOf('g')),
    wire(`M${xAdd},${MEETING - NODE_RADIUS}V${CONVEYOR + NODE_RADIUS}`, 'h', wrote, says.wrote),
    operation({ x: xKeep, y: CONVEYOR }, '×', 'u', says.kept),
    operation({ x: xAdd, y: CONVEYOR }, '+', 'h', says.hidden),
    operation({ x: xAdd, y: MEETING }, '×', 'u', says.wrote),
    label({ x: 0, y: 18, name: `h(${before})`, value: input(picture, 'previousH'), key: 'h' }),
    label({ x: xKeep + 14, y: 52, name: l10n.t('kept'), value: text.kept }),
    label({ x: xAdd + 8, y: 62, name: l10n.t('written'), value: text.wrote }),
    label({ x: Math.max(0, xKeep - 40), y: 98, name: '1−u', value: text.stays, key: 'u' }),
    label({ x: width, y: 18, name: `h(${step})`, value: result(picture, 'h'), key: 'h', anchor: 'end' }),
    box({ x: xu, y: BOXES }, gates.u, values.u, input(picture, 'u'), titleOf('u')),
    gateName({ x: xu, y: NAMES }, gates.u, named('u')),
    entry({ x: xu, y: NAMES + 6 }, l10n.t('z, what the gate adds up before its activation: {0}', z)),
    label({ x: xu + 7, y: NAMES + 20, name: 'z', value: z, pending }),
    box({ x: xg, y: BOXES }, gates.g, values.g, input(picture, 'g'), titleOf('g')),
    gateName({ x: xg, y: NAMES }, gates.g, named('g')),
    ...candidatePath(picture, width, xg, pending),
  ];
}

/** How the past reaches the candidate: through the reset gate and W_h, in the order of this network. */
function candidatePath(picture: CellPicture, width: number, xg: number, pending: boolean): SVGElement[] {
  const { gates, values, terms, termDecimals, resetsAfter } = picture;
  const [first, second] = [0.2, 0.5].map((share) => Math.round(share * width));
  const [xReset, xMatrix] = resetsAfter ? [second, first] : [first, second];
  const own = terms?.find(({ gate }) => gate.key === 'g')?.values;
  const product = own && own.past + (resetsAfter ? own.second : 0);
  const recurrent = own && (resetsAfter ? own.reset * (own.past + own.second) : own.past);
  const resetOne = values.r * values.previousH;
  const number = (value: number | undefined): string =>
    value === undefined ? UNKNOWN : decimal(value, termDecimals.inputs);
  const middle = resetsAfter ? number(product) : between(picture, resetOne);
  const z = preActivation(picture, 'g');
  const says = {
    past: l10n.t('hidden states before, of all {0} units', picture.units),
    reset: resetsAfter
      ? l10n.t('what the reset gate lets through of the product: {0}', number(recurrent))
      : l10n.t(
          'what the reset gate lets through of this unit’s state: {0}; all {1} units go into W_h',
          middle,
          picture.units,
        ),
    matrix: resetsAfter
      ? l10n.t('W_h h + b_hh, the product of all units’ states: {0}', number(product))
      : l10n.t('W_h (r ∘ h), the product of all units’ states after their reset gates: {0}', number(recurrent)),
    input: l10n.t('what the input and the bias add: {0}', number(own && own.input + own.bias)),
    z: l10n.t('z, what the gate adds up before its activation: {0}', z),
  };
  const reset = input(picture, 'r');
  const zReset = preActivation(picture, 'r');
  const matrixName = resetsAfter ? 'W_h +b' : 'W_h';
  return [
    wire(`M6,${CONVEYOR}V${PAST}H${first - NODE_RADIUS}`, 'h', values.previousH, says.past),
    wire(
      `M${first},${PAST}H${second}`,
      'h',
      resetsAfter ? (product ?? NaN) : resetOne,
      resetsAfter ? says.matrix : says.reset,
    ),
    wire(`M${second},${PAST}H${xg - NODE_RADIUS}`, 'h', recurrent ?? NaN, resetsAfter ? says.reset : says.matrix),
    wire(`M${width},${PAST}H${xg + NODE_RADIUS}`, 'g', own ? own.input + own.bias : NaN, says.input),
    wire(`M${xg},${PAST - NODE_RADIUS}V${NAMES + 7}`, 'g', own?.sum ?? NaN, says.z),
    wire(`M${xReset},${RESET_BOX}V${PAST + NODE_RADIUS}`, 'r', values.r, gateTitle(picture, 'r', reset)),
    operation({ x: xReset, y: PAST }, '×', 'r', says.reset),
    operation({ x: xg, y: PAST }, '+', 'g', says.z),
    pill({ x: xMatrix, y: PAST }, matrixName, says.matrix),
    label({
      ...{ x: (first + second) / 2, y: PAST + 20, anchor: 'middle' },
      ...{ name: resetsAfter ? '' : 'r·h', value: middle, pending: resetsAfter && pending },
    }),
    label({
      ...{ x: (second + xg) / 2 + 8, y: PAST + 20, anchor: 'middle' },
      ...{ name: width < 420 ? '' : l10n.t('past'), value: number(recurrent), pending },
    }),
    label({ x: xg + 8, y: NAMES + 26, name: 'z', value: z, pending }),
    ...fromInput(width, number(own && own.input + own.bias), pending),
    box({ x: xReset, y: RESET_BOX }, gates.r, values.r, reset, gateTitle(picture, 'r', reset)),
    gateName({ x: xReset, y: RESET_BOX + 45 }, gates.r, width < 420 ? null : gateTerm(gates.r.name)),
    entry({ x: xReset, y: RESET_BOX + 51 }, l10n.t('z, what the gate adds up before its activation: {0}', zReset)),
    label({ x: xReset + 7, y: RESET_BOX + 65, name: 'z', value: zReset, pending }),
  ];
}

/** What input and bias add, under the wire it comes in on; where the drawing is narrow, on two lines. */
function fromInput(width: number, value: string, pending: boolean): SVGElement[] {
  const at = { x: width, anchor: 'end' as const, pending };
  const [line, name] = [PAST + 20, 'U x + b'];
  if (width >= 420) return [label({ ...at, y: line, name, value })];
  return [label({ ...at, y: line, name, value: '' }), label({ ...at, y: line + 15, name: '', value })];
}
