// Where a gate's block begins in a row of G·H pre-activations, read from the cell's description.
import { CELL_DESCRIPTIONS, type CellKind, type GateKey } from '../cells/cellDescription';

/** First column of the gate's block. Throws for a state that has none. */
export function gateOffset(cell: CellKind, key: GateKey, hiddenUnits: number): number {
  const block = CELL_DESCRIPTIONS[cell].gates.find((gate) => gate.key === key)?.block ?? null;
  if (block === null) throw new Error(`${cell} has no gate block ${key}`);
  return block * hiddenUnits;
}
