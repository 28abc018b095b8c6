// The vanilla cell as a diagram: past, input and bias are added up, one activation makes the new state of the sum.
import * as l10n from '@vscode/l10n';
import { decimal } from '../geometry/cellNumbers';
import { activationOf } from '../geometry/cellTermNumbers';
import { BOX_HEIGHT, NODE_RADIUS, box, gateName, label, operation, pill, wire } from './cellMarks';
import { UNKNOWN, gateTitle, input, preActivation, result, type CellPicture } from './cellPicture';
import { gateTerm } from './gateTerms';

export const VANILLA_HEIGHT = 150;
const LINE = 66;

/** Its marks in a drawing `width` px wide. */
export function vanillaDiagram(picture: CellPicture, width: number): SVGElement[] {
  const { gates, values, step, before, terms, termsStale, termDecimals } = picture;
  const [xMatrix, xAdd, xActivation, xBox] = [0.15, 0.4, 0.66, 0.9].map((share) => Math.round(share * width));
  const own = terms?.[0]?.values;
  const pending = terms === null || termsStale;
  const number = (value: number | undefined): string =>
    value === undefined ? UNKNOWN : decimal(value, termDecimals.inputs);
  const z = preActivation(picture, 'h');
  const name = { sigmoid: 'σ', tanh: 'tanh', relu: 'ReLU' }[activationOf(gates.h)];
  const says = {
    past: l10n.t('hidden states before, of all {0} units', picture.units),
    recurrent: l10n.t('what the past adds, W_h times all units’ states: {0}', number(own?.past)),
    input: l10n.t('what the input adds, W_x times the token’s embedding: {0}', number(own?.input)),
    bias: l10n.t('what the bias adds: {0}', number(own?.bias)),
    z: l10n.t('z, what the gate adds up before its activation: {0}', z),
    hidden: l10n.t('hidden state now, the output: {0}', result(picture, 'h')),
  };
  const xRight = Math.min(width, xBox);
  return [
    wire(`M0,${LINE}H${xMatrix}`, 'h', values.previousH, says.past),
    wire(`M${xMatrix},${LINE}H${xAdd - NODE_RADIUS}`, 'h', own?.past ?? NaN, says.recurrent),
    wire(`M${xAdd},${LINE + 62}V${LINE + NODE_RADIUS}`, 'x', own?.input ?? NaN, says.input),
    wire(`M${xAdd},${LINE - 42}V${LINE - NODE_RADIUS}`, 'h', own?.bias ?? NaN, says.bias),
    wire(`M${xAdd + NODE_RADIUS},${LINE}H${xActivation}`, 'h', own?.sum ?? NaN, says.z),
    wire(`M${xActivation},${LINE}H${xRight - 20}`, 'h', values.h, says.hidden),
    operation({ x: xAdd, y: LINE }, '+', 'h', says.z),
    pill({ x: xMatrix, y: LINE }, 'W_h', says.recurrent),
    pill({ x: xAdd, y: LINE + 38 }, 'W_x', says.input),
    pill({ x: xActivation, y: LINE }, name, says.hidden),
    label({ x: 0, y: LINE - 18, name: `h(${before})`, value: input(picture, 'previousH'), key: 'h' }),
    label({ x: (xMatrix + xAdd) / 2 + 4, y: LINE + 20, name: '', value: number(own?.past), anchor: 'middle', pending }),
    label({ x: xAdd + 26, y: LINE + 43, name: '', value: number(own?.input), pending }),
    label({ x: xAdd + 8, y: LINE + 66, name: `x(${step})`, value: '' }),
    label({ x: xAdd + 8, y: LINE - 32, name: 'b', value: number(own?.bias), pending }),
    label({ x: (xAdd + xActivation) / 2, y: LINE - 10, name: 'z', value: z, anchor: 'middle', pending }),
    box(
      { x: xBox, y: LINE - BOX_HEIGHT / 2 },
      gates.h,
      values.h,
      result(picture, 'h'),
      gateTitle(picture, 'h', result(picture, 'h')),
    ),
    gateName({ x: xBox, y: LINE + 32 }, gates.h, width < 420 ? null : gateTerm(gates.h.name)),
  ];
}
