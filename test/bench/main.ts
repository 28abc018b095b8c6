// `npm run bench`: milliseconds of a training step and of an inspection for every cell, beside stock tf.layers in the same process.
import type { CellKind } from '../../src/engine/cells/cellDescription';
import { inspectWindow } from '../../src/engine/inspection/inspectWindow';
import { TrainingSession } from '../../src/engine/training/trainingSession';
import { widenVectors } from '../../src/trainer/vectorFlags';
import {
  BATCH,
  benchedModel,
  EMBEDDING_SIZE,
  HIDDEN_UNITS,
  LEARNING_RATE,
  TIMESTEPS,
  tokenIds,
  VOCABULARY,
} from './network';
import { stockStepMilliseconds } from './stockLayers';
import { medianMilliseconds } from './stopwatch';

const CELLS: CellKind[] = ['vanilla', 'gru', 'lstm'];
const WINDOWS = [104, 256];
const WARM_UP = 256;
const STEPS = 20;
const STOCK_STEPS = 2;

type Row = Record<string, string>;

const fixed = (value: number): string => value.toFixed(1);

/** Rows of the two tables for one cell. */
async function measure(cell: CellKind): Promise<{ training: Row; inspection: Row }> {
  const { model, kernels } = await benchedModel(cell);
  const options = { timesteps: TIMESTEPS, batch: BATCH, learningRate: LEARNING_RATE, clipNorm: 1 };
  const session = new TrainingSession(model, options);
  const [inputs, targets] = [tokenIds(BATCH * TIMESTEPS), tokenIds(BATCH * TIMESTEPS, 1)];
  const own = medianMilliseconds(() => void session.step(inputs, targets), STEPS, 3);
  const stock = stockStepMilliseconds(cell, STOCK_STEPS);
  const inspection: Row = { cell, kernels };
  for (const columns of WINDOWS) {
    const inspect = (): void => void inspectWindow(model, tokenIds(WARM_UP), tokenIds(columns, WARM_UP), 1);
    inspection[`ms, ${columns} columns`] = fixed(medianMilliseconds(inspect, 5, 1));
  }
  model.dispose();
  const training = {
    cell,
    kernels,
    'ms per step': fixed(own),
    'tf.layers ms per step': fixed(stock),
    'times faster': fixed(stock / own),
  };
  return { training, inspection };
}

async function main(): Promise<void> {
  widenVectors();
  const rows = [];
  for (const cell of CELLS) rows.push(await measure(cell));
  const shape = `H = ${HIDDEN_UNITS}, E = ${EMBEDDING_SIZE}, V = ${VOCABULARY}`;
  console.log(
    `Training step: ${shape}, T = ${TIMESTEPS}, B = ${BATCH}; median of ${STEPS}, tf.layers (cpu) of ${STOCK_STEPS}`,
  );
  console.table(rows.map(({ training }) => training));
  console.log(`Inspection with ${WARM_UP} tokens of warm-up: ${shape}; median of 5`);
  console.table(rows.map(({ inspection }) => inspection));
}

void main();
