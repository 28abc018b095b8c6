// The GRU in the all-pairs sweep: h(t) = (1−u)∘h(t−1) + u∘h̃, with the reset gate before or after the product.
//   ∂J/∂z_u = ∂J/∂h(t) ∘ (h̃ − h(t−1)) ∘ u(1−u)    ∂J/∂z_h̃ = ∂J/∂h(t) ∘ u ∘ (1−h̃²)
//   before: a = r∘h(t−1),             ∂J/∂a = ∂J/∂z_h̃ W_hᵀ,   ∂J/∂z_r = ∂J/∂a ∘ h(t−1) ∘ r(1−r)
//   after:  a = W_h h(t−1) + b_hh,    ∂J/∂a = ∂J/∂z_h̃ ∘ r,    ∂J/∂z_r = ∂J/∂z_h̃ ∘ a ∘ r(1−r)
//   ∂J/∂h(t−1) = ∂J/∂h(t) ∘ (1−u) + ∂J/∂z_u W_uᵀ + ∂J/∂z_r W_rᵀ + (before: ∂J/∂a ∘ r, after: ∂J/∂a W_hᵀ)
//   ∂J/∂x(t)   = ∂J/∂z W_xᵀ
// All of it is the same for every row, so the step's matrix is put together once, W_gᵀ = [W_xᵀ | W_hᵀ] of gate g:
//   after:  ∂J/∂h M,  M = diag(∂z_u/∂h) W_uᵀ + diag(∂z_h̃/∂h) ([W_xᵀ | diag(r) W_hᵀ] + diag(a ∘ r(1−r)) W_rᵀ) + [0 | diag(1−u)]
//   before: [∂J/∂h | ∂J/∂a] M, M = [ diag(∂z_u/∂h) W_uᵀ + diag(∂z_h̃/∂h) [W_xᵀ | 0] + [0 | diag(1−u)] ;
//                                    diag(h(t−1) ∘ r(1−r)) W_rᵀ + [0 | diag(r)] ],
//   ∂J/∂a by a product of its own.
import { columnsOf, transposed, type PackedMatrix } from '../kernels/matrixKernels';
import { gateOffset } from '../network/gateOffset';
import { layerSuffix } from '../network/networkConfig';
import {
  packFrom,
  packGate,
  singleState,
  storeWeights,
  sumOfSquares,
  valuesAt,
  type CellSweep,
  type SweepPlace,
} from './cellSweep';

interface GruStep {
  u: number;
  r: number;
  g: number;
  /** h(t−1) */
  previous: number;
  /** r∘h(t−1) before, W_h h(t−1) + b_hh after the product. */
  candidate: number;
}

/** The trace at a step, unit by unit. */
function readStep(place: SweepPlace): (t: number, visit: (k: number, step: GruStep) => void) => void {
  const { hiddenUnits: H } = place.model.config;
  const { gates, h, recurrentCandidate } = place.layer;
  if (!recurrentCandidate) throw new Error('the trace was not allocated for a GRU');
  const [U, R, G] = (['u', 'r', 'g'] as const).map((key) => gateOffset('gru', key, H));
  return (t, visit) => {
    const { gates: at, before, token } = valuesAt(place, t);
    for (let k = 0; k < H; k++)
      visit(k, {
        u: gates[at + U + k],
        r: gates[at + R + k],
        g: gates[at + G + k],
        previous: h[before + k],
        candidate: recurrentCandidate[token + k],
      });
  };
}

/** [0 | I], packed. */
function packIdentity(place: SweepPlace, into: PackedMatrix): void {
  const { kernels, config } = place.model;
  const H = config.hiddenUnits;
  const mark = kernels.mark();
  // Every row of the identity is the one above it moved to the right by one.
  const diagonal = kernels.allocate(2 * H - 1);
  diagonal[H - 1] = 1;
  packFrom(place, { values: diagonal, offset: H - 1, rowStride: -1, columnStride: 1 }, into, place.memory.inputColumns);
  kernels.release(mark);
}

/** W_hᵀ of the candidate alone, packed. */
function packCandidate({ model, layer }: SweepPlace, into: PackedMatrix): void {
  const { kernels, config, parameters, gateColumns: N } = model;
  const weights = parameters.get(`W_h${layerSuffix(layer.place)}`).values;
  const ofGate = columnsOf(weights, N, gateOffset('gru', 'g', config.hiddenUnits));
  kernels.packColumns(transposed(ofGate), into, 0, config.hiddenUnits);
}

export function createGruSweep(place: SweepPlace): CellSweep {
  return place.model.config.resetGate === 'before' ? createResetBefore(place) : createResetAfter(place);
}

function createResetAfter(place: SweepPlace): CellSweep {
  const { model, layer, memory, rows } = place;
  const { kernels, config } = model;
  const { hiddenUnits: H } = config;
  const read = readStep(place);
  const [ofU, ofR, ofInput, ofState, identity] = memory.parts;
  const [update, reset, input, state, kept] = memory.vectors;
  const toWeights = new Float64Array(H);
  packGate(place, gateOffset('gru', 'u', H), ofU);
  packGate(place, gateOffset('gru', 'r', H), ofR);
  packGate(place, gateOffset('gru', 'g', H), ofInput, 'input');
  packGate(place, gateOffset('gru', 'g', H), ofState, 'state');
  packIdentity(place, identity);
  const parts = [
    { weights: ofU, factors: update },
    { weights: ofR, factors: reset },
    { weights: ofInput, factors: input },
    { weights: ofState, factors: state },
    { weights: identity, factors: kept },
  ];
  return {
    ...singleState(place),
    prepare(t) {
      const past = Math.sqrt(sumOfSquares(layer.h, valuesAt(place, t).before, H));
      read(t, (k, { u, r, g, previous, candidate }) => {
        kept[k] = 1 - u;
        update[k] = (g - previous) * u * (1 - u);
        input[k] = u * (1 - g * g);
        state[k] = input[k] * r;
        reset[k] = input[k] * candidate * r * (1 - r);
        toWeights[k] = past * Math.sqrt(update[k] ** 2 + reset[k] ** 2 + state[k] ** 2);
      });
      kernels.sweep.combinePacked(parts, memory.step, 0);
      return storeWeights(toWeights, memory.weights);
    },
    measure: (first, count) =>
      kernels.sweep.measureRows(rows.state(first), memory.weights, count, H, H, memory.squares),
  };
}

function createResetBefore(place: SweepPlace): CellSweep {
  const { model, layer, memory, rows } = place;
  const { kernels, config } = model;
  const { hiddenUnits: H } = config;
  const read = readStep(place);
  const [ofU, ofR, ofInput, identity] = memory.parts;
  const [candidate, toCandidate] = memory.candidate;
  const [update, reset, input, gate, kept] = memory.vectors;
  const toWeights = new Float64Array(2 * H);
  packGate(place, gateOffset('gru', 'u', H), ofU);
  packGate(place, gateOffset('gru', 'r', H), ofR);
  packGate(place, gateOffset('gru', 'g', H), ofInput, 'input');
  packIdentity(place, identity);
  packCandidate(place, candidate);
  const ofHidden = [
    { weights: ofU, factors: update },
    { weights: ofInput, factors: input },
    { weights: identity, factors: kept },
  ];
  const ofCandidate = [
    { weights: ofR, factors: reset },
    { weights: identity, factors: gate },
  ];
  return {
    ...singleState(place),
    prepare(t) {
      const past = sumOfSquares(layer.h, valuesAt(place, t).before, H);
      let readPast = 0;
      read(t, (_k, { candidate: kept }) => (readPast += kept * kept));
      read(t, (k, { u, r, g, previous }) => {
        kept[k] = 1 - u;
        gate[k] = r;
        update[k] = (g - previous) * u * (1 - u);
        input[k] = u * (1 - g * g);
        reset[k] = previous * r * (1 - r);
        toWeights[k] = Math.sqrt(past * update[k] ** 2 + readPast * input[k] ** 2);
        toWeights[H + k] = Math.sqrt(past) * Math.abs(reset[k]);
      });
      kernels.sweep.combinePacked(ofHidden, memory.step, 0);
      kernels.sweep.combinePacked(ofCandidate, memory.step, H);
      kernels.sweep.combinePacked([{ weights: candidate, factors: input }], toCandidate, 0);
      return storeWeights(toWeights, memory.weights);
    },
    measure(first, count) {
      kernels.multiplyPacked(rows.state(first), toCandidate, rows.state(first, H), count, false);
      kernels.sweep.measureRows(rows.state(first), memory.weights, count, H, 2 * H, memory.squares);
    },
  };
}
