// What Adam, RMSProp and gradient descent with momentum have in common: they are tf.Optimizers that update the shared parameters in
// place, in pieces that threads share; stock optimizers allocate every step.
import * as tf from '@tensorflow/tfjs';
import { RATE_COUNT, writeRates, type UpdateRates } from '../kernels/optimizerKernels';
import { partOf, type Program } from '../kernels/programs';
import type { LanguageModel } from '../network/languageModel';

/** What an optimizer remembers of one parameter between updates, by its name in a checkpoint; views on the arena. */
export type OptimizerState = Record<string, Float32Array>;

/** A stretch of one parameter, its gradient and its state; squares[0] receives ‖Δθ‖² of the piece. */
export interface Piece {
  values: Float32Array;
  gradient: Float32Array;
  state: OptimizerState;
  squares: Float64Array;
}

/** Values that are updated at a time; a multiple of what vectors hold, so that padding stays at the end. */
const PIECE = 1 << 14;

export abstract class InPlaceOptimizer extends tf.Optimizer {
  /** ‖Δθ‖ over all parameters of the last update. */
  updateNorm = 0;
  private readonly states: Map<string, OptimizerState>;
  private readonly rates: Float32Array;
  private prepared: { gradients: Map<string, Float32Array>; program: Program; squares: Float64Array[] } | null = null;

  /** Allocates the state of every parameter of `model` in its kernels' arena. */
  constructor(
    protected readonly model: LanguageModel,
    stateNames: readonly string[],
  ) {
    super();
    const { kernels, parameters } = model;
    this.states = new Map(
      parameters.all.map(({ name, values }) => [
        name,
        Object.fromEntries(stateNames.map((state) => [state, kernels.allocate(values.length)])),
      ]),
    );
    this.rates = kernels.allocate(RATE_COUNT);
  }

  /** The rates of update number `step` (from 1). */
  protected abstract ratesAt(step: number): UpdateRates;
  protected abstract updatePiece(piece: Piece, rates: Float32Array): void;
  /** How it is written into checkpoints and shown. */
  abstract readonly kind: string;
  abstract learningRate: number;

  /** Updates applied so far. */
  get steps(): number {
    return this.iterations;
  }

  set steps(count: number) {
    this.iterations_ = count;
  }

  /** State of one parameter. Throws when the network has no such parameter. */
  stateOf(name: string): OptimizerState {
    const state = this.states.get(name);
    if (!state) throw new Error(`the network has no parameter ${name}`);
    return state;
  }

  /** Records the update from gradients that always lie in the same arrays of the arena, by parameter, on all threads. */
  prepare(gradients: Map<string, Float32Array>): void {
    const pieces = this.model.parameters.trained.flatMap(({ name, values }) => {
      const gradient = gradients.get(name);
      if (gradient?.length !== values.length) throw new Error(`no gradient of ${name}`);
      return this.piecesOf(name, values, gradient);
    });
    const program = this.model.kernels.program((share) => {
      const { first, count } = partOf(share, pieces.length);
      for (const piece of pieces.slice(first, first + count)) this.updatePiece(piece, this.rates);
    });
    this.prepared = { gradients, program, squares: pieces.map(({ squares }) => squares) };
  }

  /** One step from gradients named as the variables are; parameters without a gradient stay. */
  override applyGradients(gradients: tf.NamedTensorMap | { name: string; tensor: tf.Tensor }[]): void {
    const byName = new Map(
      Array.isArray(gradients)
        ? gradients.map(({ name, tensor }) => [name, tensor] as const)
        : Object.entries(gradients),
    );
    this.incrementIterations();
    writeRates(this.ratesAt(this.steps), this.rates);
    const squares = this.areThePrepared(byName) ?? this.updateOneByOne(byName);
    this.updateNorm = Math.sqrt(squares.reduce((sum, [square]) => sum + square, 0));
  }

  /** Runs the recorded update where the tensors are the very arrays it was recorded for. */
  private areThePrepared(byName: Map<string, tf.Tensor>): Float64Array[] | null {
    const { prepared } = this;
    if (!prepared) return null;
    const all = this.model.parameters.trained.every(({ name, variable }) => {
      const values = byName.get(variable.name)?.dataSync<'float32'>();
      const own = prepared.gradients.get(name);
      return values && own && values.buffer === own.buffer && values.byteOffset === own.byteOffset;
    });
    if (!all) return null;
    prepared.program.run();
    return prepared.squares;
  }

  /** Gradients of ordinary tfjs ops live outside the arena, where the kernels cannot read: they are copied there. */
  private updateOneByOne(byName: Map<string, tf.Tensor>): Float64Array[] {
    const { kernels, parameters } = this.model;
    const results: Float64Array[] = [];
    for (const { name, values, variable } of parameters.all) {
      const tensor = byName.get(variable.name);
      if (!tensor) continue;
      const mark = kernels.mark();
      const gradient = kernels.allocate(values.length);
      gradient.set(tensor.dataSync<'float32'>());
      for (const piece of this.piecesOf(name, values, gradient)) {
        this.updatePiece(piece, this.rates);
        results.push(piece.squares.slice());
      }
      kernels.release(mark);
    }
    return results;
  }

  private piecesOf(name: string, values: Float32Array, gradient: Float32Array): Piece[] {
    const state = this.stateOf(name);
    return Array.from({ length: Math.ceil(values.length / PIECE) }, (_, at) => {
      const cut = (array: Float32Array) => array.subarray(at * PIECE, (at + 1) * PIECE);
      return {
        values: cut(values),
        gradient: cut(gradient),
        state: Object.fromEntries(Object.entries(state).map(([key, array]) => [key, cut(array)])),
        squares: this.model.kernels.allocateDoubles(1),
      };
    });
  }
}
