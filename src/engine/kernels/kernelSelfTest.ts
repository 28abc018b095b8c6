// The self-test of compiled kernels: a small problem with edges in every direction, against plain TypeScript.
import { createJavascriptKernels } from './javascriptKernels';
import { columnsOf, type MatrixKernels } from './matrixKernels';

/** Float32 rounding of the sums below, with room to spare; a wrong kernel is off by far more. */
const TOLERANCE = 1e-4;
export const SELF_TEST_BYTES = 1 << 17;

/** Largest difference to the plain kernels. Throws when it is more than rounding. */
export function selfTest(kernels: MatrixKernels): number {
  const [tested, expected] = [kernels, createJavascriptKernels(SELF_TEST_BYTES)].map(results);
  const error = tested.reduce((worst, value, at) => {
    const difference = Math.abs(value - expected[at]);
    return difference <= worst ? worst : difference;
  }, 0);
  if (!(error <= TOLERANCE)) throw new Error(`self-test error ${error}`);
  return error;
}

function results(kernels: MatrixKernels): number[] {
  return [...products(kernels), ...cells(kernels)];
}

function filled(kernels: MatrixKernels, length: number, seed: number): Float32Array {
  const values = kernels.allocate(length);
  for (let at = 0; at < length; at++) values[at] = Math.sin(seed + at * at);
  return values;
}

function products(kernels: MatrixKernels): number[] {
  const [m, k, n] = [11, 13, 35];
  const left = filled(kernels, m * k, 1);
  const right = filled(kernels, k * n, 2);
  const product = kernels.allocate(m * n);
  kernels.multiply(left, right, product, m, k, n, false);
  const packed = kernels.pack(columnsOf(right, n), k, n);
  kernels.multiplyPacked(columnsOf(left, k), packed, columnsOf(product, n), m, true);
  kernels.activate('sigmoid', product, m, n, 0, 9);
  kernels.activate('tanh', product, m, n, 9, 10);
  kernels.softmaxRows(right, kernels.allocate(k), kernels.allocate(k), k, n);
  return [...product, ...right];
}

function cells(kernels: MatrixKernels): number[] {
  const shape = { lanes: 2, units: 11, gateColumns: 44 };
  const [H, size, columns] = [11, 22, 88];
  const rows = (seed: number): Float32Array => filled(kernels, size, seed);
  const states = { previousC: rows(3), c: rows(4), tanhC: rows(5), h: rows(6), dh: rows(7), dc: rows(8) };
  const gates = filled(kernels, columns, 9);
  const dGates = filled(kernels, columns, 10);
  const lstm = { f: 0, i: H, o: 2 * H, g: 3 * H };
  kernels.cells.lstmForward(shape, lstm, { gates, ...states });
  kernels.cells.lstmBackward(shape, lstm, { gates, dGates, ...states });
  const gru = { u: 0, r: H, g: 2 * H };
  const { previousC: previousH, c: past, tanhC: dPast, h, dh, dc: dPreviousH } = states;
  kernels.cells.gruReset(shape, gru, { gates, previousH, past });
  kernels.cells.gruGatePast(shape, gru, { gates, past });
  kernels.cells.gruState(shape, gru, { gates, previousH, h });
  kernels.cells.gruBackwardState(shape, gru, { gates, dGates, previousH, dh, dPreviousH });
  kernels.cells.gruBackwardBefore(shape, gru, { gates, dGates, previousH, dPast, dPreviousH });
  kernels.cells.gruBackwardAfter(shape, gru, { gates, dGates, past, dPast });
  return [...gates, ...dGates, ...Object.values(states).flatMap((values) => [...values])];
}
