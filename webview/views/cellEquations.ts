// The equations of a cell with the unit's numbers in them: every gate from its terms, every state from the gates.
import { decimal } from '../geometry/cellNumbers';
import type { GateTerms } from '../geometry/cellTermNumbers';
import { html } from '../dom';
import { UNKNOWN, input, result, type CellPicture } from './cellPicture';

const FUNCTIONS = { sigmoid: 'σ', tanh: 'tanh', relu: 'ReLU' } as const;

/** A number inside a product: negative ones in brackets. */
const factor = (text: string): string => (text.startsWith('−') ? `(${text})` : text);

/** "0.52 − 1.10 + 0.02". */
function summed(terms: readonly string[]): string {
  return terms
    .map((term, k) => (k === 0 ? term : term.startsWith('−') ? ` − ${term.slice(1)}` : ` + ${term}`))
    .join('');
}

/** An equation of the cell at step t. */
interface Equation {
  key: string;
  /** "f(95) = σ(W_f h(94) + U_f x(95) + b_f)". */
  letters: string;
  /** The same with numbers. */
  numbers: string;
  result: string;
  /** The numbers are of other weights, or not known yet. */
  pending: boolean;
}

/** The equations of the gates, then those of the states. */
function equationsOf(picture: CellPicture): Equation[] {
  const { gates, step, before, terms, termsStale, termDecimals } = picture;
  return Object.values(gates).map((gate): Equation => {
    const letters = gate.equation.replaceAll('(t−1)', `(${before})`).replaceAll('(t)', `(${step})`);
    const shared = { key: gate.key, letters };
    const numbers = stateNumbers(picture, gate.key);
    if (numbers !== null) return { ...shared, numbers, result: result(picture, gate.key), pending: false };
    const own = terms?.find((one) => one.gate.key === gate.key);
    if (!own) return { ...shared, numbers: UNKNOWN, result: result(picture, gate.key), pending: true };
    return {
      ...shared,
      numbers: gateNumbers(own, (value) => decimal(value, termDecimals.inputs)),
      result: decimal(own.values.value, termDecimals.results),
      pending: termsStale,
    };
  });
}

/** What c and h are computed from; null for what comes of an activation. */
function stateNumbers(picture: CellPicture, key: string): string | null {
  const at = (name: string): string => factor(input(picture, name));
  if (picture.cell === 'lstm' && key === 'c') return `${at('f')}·${at('previousC')} + ${at('i')}·${at('g')}`;
  if (picture.cell === 'lstm' && key === 'h') return `${at('o')}·tanh(${input(picture, 'c')})`;
  if (picture.cell === 'gru' && key === 'h') return `(1 − ${at('u')})·${at('previousH')} + ${at('u')}·${at('g')}`;
  return null;
}

function gateNumbers({ activation, values, resetsAfter }: GateTerms, text: (value: number) => string): string {
  const [past, fromInput, bias] = [values.past, values.input, values.bias].map(text);
  const recurrent = resetsAfter ? `${text(values.reset)}·(${summed([past, text(values.second)])})` : past;
  return `${FUNCTIONS[activation]}(${summed([recurrent, fromInput, bias])})`;
}

/** One line an equation, wrapping at its equals signs. */
export function cellEquations(picture: CellPicture): HTMLElement[] {
  return equationsOf(picture).map(equationLine);
}

/** Only the equations of what is computed from the gates, and h. */
export function stateEquations(picture: CellPicture): HTMLElement[] {
  return equationsOf(picture)
    .filter(({ key }) => key === 'h' || stateNumbers(picture, key) !== null)
    .map(equationLine);
}

function equationLine({ key, letters, numbers, result: value, pending }: Equation): HTMLElement {
  const [left, ...right] = letters.split(' = ');
  return html(
    'p',
    { class: `equation${pending ? ' pending' : ''}`, 'data-gate': key },
    html('span', { class: 'equation-left' }, left),
    html('span', {}, ` = ${right.join(' = ')}`),
    // On a line of their own: it is there already while the numbers are not known.
    html(
      'span',
      { class: 'equation-line' },
      html('span', { class: 'equation-numbers' }, `= ${numbers}`),
      ' ',
      html('b', { class: 'equation-numbers' }, `= ${value}`),
    ),
  );
}
