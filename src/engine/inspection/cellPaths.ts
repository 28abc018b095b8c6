// The two parts of an LSTM's ∂J/∂c in the all-pairs sweep: along the cell alone, and what came through some h. Either may be far larger
// or smaller than their sum, so each has scales of its own.
import type { MatrixKernels, StridedMatrix } from '../kernels/matrixKernels';
import type { MeasuredNorms } from './cellSweep';
import { comfortableFactor, factorInto, scaleValues } from './rowGradients';
import type { PathMemory } from './sweepMemory';

export class CellPaths {
  /** `direct` and `hiddenPath`. */
  readonly norms: readonly [MeasuredNorms, MeasuredNorms];

  constructor(
    private readonly kernels: MatrixKernels,
    private readonly hiddenUnits: number,
    private readonly memory: PathMemory,
  ) {
    const [direct, path] = memory.squares;
    const scales = () => new Float64Array(direct.length);
    this.norms = [
      { name: 'direct', squares: direct, scales: scales() },
      { name: 'hiddenPath', squares: path, scales: scales() },
    ];
  }

  clear(): void {
    for (const { scales } of this.norms) scales.fill(0);
    this.kernels.zero(this.memory.direct);
    this.kernels.zero(this.memory.path);
  }

  /** From the step after it to a step, given its ∂J/∂h with their scales; factors as in LstmSweepRows. */
  measure(
    hidden: StridedMatrix,
    hiddenScales: Float64Array,
    first: number,
    count: number,
    toCell: Float32Array,
    forget: Float32Array,
  ): void {
    const { direct, path, factors, squares } = this.memory;
    const H = this.hiddenUnits;
    const { scales } = this.norms[1];
    const take = (row: number, factor: number) => scaleValues(path, row * H, H, factor);
    for (let row = first; row < first + count; row++)
      factors[row - first] = factorInto(scales, row, hiddenScales[row], take);
    const rows = { rows: hidden, direct: direct.subarray(first * H), path: path.subarray(first * H) };
    this.kernels.sweep.cellPathRows({ ...rows, toCell, forget, factors }, count, H, squares);
  }

  /** The loss of row `row`, measured at `at`, is at this step: all that came so far goes along the cell from here on. */
  begin(row: number, at: number): void {
    const { direct, path } = this.memory;
    const H = this.hiddenUnits;
    const [along, around] = this.norms;
    direct.set(path.subarray(row * H, (row + 1) * H), row * H);
    path.fill(0, row * H, (row + 1) * H);
    along.scales[row] = around.scales[row];
    along.squares[at] = around.squares[at];
    around.scales[row] = 0;
    around.squares[at] = 0;
  }

  settle(first: number, count: number): void {
    this.rescale(this.memory.direct, this.norms[0], first, count);
    this.rescale(this.memory.path, this.norms[1], first, count);
  }

  private rescale(values: Float32Array, { squares, scales }: MeasuredNorms, first: number, count: number): void {
    const H = this.hiddenUnits;
    for (let row = first; row < first + count; row++) {
      const factor = comfortableFactor(squares[row - first]);
      if (squares[row - first] === 0) scales[row] = 0;
      else if (factor !== 1) {
        scaleValues(values, row * H, H, factor);
        scales[row] /= factor;
      }
    }
  }
}
