// Holds the gates the inspector draws to an independent float64 recomputation from the saved weights.
import assert from 'node:assert/strict';
import type { Inspector } from './inspector';
import { recomputeGates } from './recomputedGates';

/** Largest difference that float32 may make on a few hundred timesteps. */
const TOLERANCE = 1e-4;

export interface DrawnWindow {
  /** Folder of the run, whose checkpoint is of the step drawn. */
  runFolder: string;
  /** Text of the document from its beginning. */
  text: string;
  /** First token of the window, and how many columns are compared. */
  first: number;
  count: number;
  /** File of the weights in the run's folder; left out: the checkpoint. */
  weights?: string;
}

/** Compares every unit of the named gates in the first columns of the window. */
export async function expectDrawnGates(inspector: Inspector, keys: string[], drawn: DrawnWindow): Promise<void> {
  const expected = recomputeGates(drawn.runFolder, drawn.text, drawn.first, drawn.count, drawn.weights);
  for (const key of keys) {
    const shown = await inspector.gate(key);
    const errors = expected[key].flatMap((step, t) => step.map((value, unit) => Math.abs(value - shown[unit][t])));
    assert.equal(errors.length, shown.length * drawn.count);
    assert.ok(errors.length > 0 && Math.max(...errors) < TOLERANCE, `gate ${key} differs by ${Math.max(...errors)}`);
  }
}
