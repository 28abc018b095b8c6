// What a gate adds up before its activation, at one step: z = W h(t−1) + U x(t) + b; with a GRU's reset gate after the product
// the candidate's z is r (W h(t−1) + b_hh) + U x(t) + b.
import type { UnitTerms } from '../../src/protocol/questions';
import type { FrameHeader, GateInfo } from '../../src/protocol/traceFrame';
import type { CellRule, CellValues } from './cellNumbers';

export type Activation = 'sigmoid' | 'tanh' | 'relu';

export interface GateTerms {
  gate: GateInfo;
  activation: Activation;
  /** past, input, bias, sum, value; of a candidate with the reset gate after the product also reset and second (b_hh). */
  values: CellValues;
  resetsAfter: boolean;
}

const ACTIVATIONS: Record<Activation, (z: number) => number> = {
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
  relu: (z) => Math.max(0, z),
};

/** The activation by the range of what comes out of it. */
export function activationOf({ range }: GateInfo): Activation {
  return range === 'unit' ? 'sigmoid' : range === 'positive' ? 'relu' : 'tanh';
}

/** Whether a cell's candidate reads the past through the reset gate after the product, as its equation says. */
export function resetsAfterProduct({ gates }: Pick<FrameHeader, 'gates'>): boolean {
  return gates.some(({ key, equation }) => key === 'g' && equation.includes('r(t) ∘ (W_h'));
}

/** Gates that have weights of their own, in the order of their blocks. */
export function weightedGates({ cell, gates }: { cell: string; gates: readonly GateInfo[] }): GateInfo[] {
  return gates.filter(({ key }) => cell === 'vanilla' || (key !== 'c' && key !== 'h'));
}

/** The terms of every gate with weights at step t; `values` are the unit's gates at that step. */
export function gateTermsAt(header: FrameHeader, terms: UnitTerms, t: number, values: CellValues): GateTerms[] {
  const gates = weightedGates(header);
  const after = resetsAfterProduct(header);
  return gates.map((gate, block) => {
    const at = t * gates.length + block;
    const resetsAfter = after && gate.key === 'g';
    const [past, input, bias] = [terms.recurrent[at], terms.input[at], terms.bias[block]];
    const [reset, second] = [values.r, terms.recurrentBias];
    const sum = (resetsAfter ? reset * (past + second) : past) + input + bias;
    const own: CellValues = { past, input, bias, sum, value: values[gate.key] };
    const activation = activationOf(gate);
    return { gate, activation, resetsAfter, values: resetsAfter ? { ...own, reset, second } : own };
  });
}

/** How a gate comes of its terms. */
export function preActivationRules(activation: Activation, resetsAfter: boolean): CellRule[] {
  const inputs = ['past', 'input', 'bias', ...(resetsAfter ? ['reset', 'second'] : [])];
  const sum = (v: CellValues): number => (resetsAfter ? v.reset * (v.past + v.second) : v.past) + v.input + v.bias;
  return [
    { result: 'sum', inputs, compute: sum },
    { result: 'value', inputs, compute: (v) => ACTIVATIONS[activation](sum(v)) },
  ];
}
