// The one place that says what a recurrent cell is: its gates, their activations, its equations and how its gate blocks
// are laid out in W_x [E, G·H], W_h [H, G·H] and b [G·H]. Training, inspection, formats and labels read it.
// Equations as in the lecture (σ = logistic function, ∘ = elementwise product).

export type CellKind = 'vanilla' | 'lstm' | 'gru';
export type Activation = 'sigmoid' | 'tanh' | 'relu';
export type GateKey = 'f' | 'i' | 'o' | 'g' | 'c' | 'h' | 'u' | 'r';

export interface GateDescription {
  key: GateKey;
  symbol: string;
  name: 'forget' | 'input' | 'output' | 'candidate' | 'cell' | 'hidden' | 'update' | 'reset';
  /** Block of the gate in W_x, W_h and b; null for states computed from other gates. */
  block: number | null;
  /** 'chosen': the vanilla cell's activation from the run's configuration. */
  activation: Activation | 'chosen' | null;
  range: 'unit' | 'signed' | 'cell';
  equation: string;
}

export interface CellDescription {
  kind: CellKind;
  title: string;
  /** Number of gate blocks G. */
  blocks: number;
  hasCellState: boolean;
  /** In the order a person reads them; the last is h. */
  gates: GateDescription[];
}

const gate = (
  key: GateKey,
  symbol: string,
  name: GateDescription['name'],
  block: number | null,
  activation: GateDescription['activation'],
  range: GateDescription['range'],
  equation: string,
): GateDescription => ({ key, symbol, name, block, activation, range, equation });

export const CELL_DESCRIPTIONS: Record<CellKind, CellDescription> = {
  vanilla: {
    kind: 'vanilla',
    title: 'Vanilla',
    blocks: 1,
    hasCellState: false,
    gates: [gate('h', 'h', 'hidden', 0, 'chosen', 'signed', 'h(t) = φ(W_h h(t−1) + W_x x(t) + b)')],
  },
  lstm: {
    kind: 'lstm',
    title: 'LSTM',
    blocks: 4,
    hasCellState: true,
    gates: [
      gate('f', 'f', 'forget', 0, 'sigmoid', 'unit', 'f(t) = σ(W_f h(t−1) + U_f x(t) + b_f)'),
      gate('i', 'i', 'input', 1, 'sigmoid', 'unit', 'i(t) = σ(W_i h(t−1) + U_i x(t) + b_i)'),
      gate('o', 'o', 'output', 2, 'sigmoid', 'unit', 'o(t) = σ(W_o h(t−1) + U_o x(t) + b_o)'),
      gate('g', 'c̃', 'candidate', 3, 'tanh', 'signed', 'c̃(t) = tanh(W_c h(t−1) + U_c x(t) + b_c)'),
      gate('c', 'c', 'cell', null, null, 'cell', 'c(t) = f(t) ∘ c(t−1) + i(t) ∘ c̃(t)'),
      gate('h', 'h', 'hidden', null, null, 'signed', 'h(t) = o(t) ∘ tanh c(t)'),
    ],
  },
  gru: {
    kind: 'gru',
    title: 'GRU',
    blocks: 3,
    hasCellState: false,
    gates: [
      gate('u', 'u', 'update', 0, 'sigmoid', 'unit', 'u(t) = σ(W_u h(t−1) + U_u x(t) + b_u)'),
      gate('r', 'r', 'reset', 1, 'sigmoid', 'unit', 'r(t) = σ(W_r h(t−1) + U_r x(t) + b_r)'),
      gate('g', 'h̃', 'candidate', 2, 'tanh', 'signed', 'h̃(t) = tanh(W_h (r(t) ∘ h(t−1)) + U_h x(t) + b_h)'),
      gate('h', 'h', 'hidden', null, null, 'signed', 'h(t) = (1 − u(t)) ∘ h(t−1) + u(t) ∘ h̃(t)'),
    ],
  },
};

/** The GRU's candidate when the reset gate acts after the product (cuDNN, PyTorch); b_hh is its second bias. */
export const GRU_CANDIDATE_RESET_AFTER = 'h̃(t) = tanh(r(t) ∘ (W_h h(t−1) + b_hh) + U_h x(t) + b_h)';
