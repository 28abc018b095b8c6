// A network in training: its engine, where it is in the text, and everything that a bit-exact resume needs.
import { decodeSafetensors, encodeSafetensors } from '../engine/formats/safetensors';
import { ONE_THREAD, type ThreadChoice } from '../engine/kernels/chooseThreads';
import type { KernelModules, KernelVariant } from '../engine/kernels/kernelVariants';
import { selectKernels } from '../engine/kernels/selectKernels';
import { arenaBytes } from '../engine/network/arenaBytes';
import { LanguageModel } from '../engine/network/languageModel';
import { parameterCount, readsSequences, outputWidth, type NetworkConfig } from '../engine/network/networkConfig';
import { TrainingSession, type StateTensor, type StepResult } from '../engine/training/trainingSession';
import type { RunConfig } from '../protocol/runConfig';
import type { BatchShape } from '../text/batches';
import { networkConfig, requireRoom } from './trainingPlan';

/** Counters that belong to the weights; stored in the checkpoint's metadata. */
export interface TrainingPosition {
  /** Updates made so far. */
  step: number;
  clippedSteps: number;
  bestValidationLoss: number | null;
  /** The best validation loss at the end of an epoch, when that was, and how many epochs ended since. */
  bestEpochLoss: number | null;
  bestEpochStep: number;
  epochsWithoutGain: number;
  /** Accuracy on the validation part at that epoch; null for a language model. */
  bestAccuracy?: number | null;
}

const START: TrainingPosition = {
  step: 0,
  clippedSteps: 0,
  bestValidationLoss: null,
  bestEpochLoss: null,
  bestEpochStep: 0,
  epochsWithoutGain: 0,
};

/** A copy of everything that training changes. */
export interface Snapshot {
  parameters: Float32Array[];
  state: StateTensor[];
  position: TrainingPosition;
}

const CHECKPOINT_FORMAT = '1';

/** Classes or tags; 0 for a language model. */
function labelsOf(network: NetworkConfig): number {
  return readsSequences(network) ? outputWidth(network) : 0;
}

export class TrainedModel {
  position: TrainingPosition = { ...START };
  /** What all steps so far took; null where it is not known. No part of the checkpoint, whose bits are the same on every machine. */
  seconds: number | null = 0;

  private constructor(
    readonly model: LanguageModel,
    readonly session: TrainingSession,
    readonly shape: BatchShape,
    readonly config: RunConfig,
    /** Why these kernels were chosen. */
    readonly reason: string,
    /** The kernels that the stored state was trained with; null for a new network. */
    readonly recordedKernels: KernelVariant | null,
  ) {}

  /** A freshly initialised network, for a task with so many `labels`. `wasm` null forces the plain kernels. Throws RangeError when memory runs out. */
  static async create(
    config: RunConfig,
    vocabulary: number,
    shape: BatchShape,
    wasm: KernelModules | null,
    threads: ThreadChoice = ONE_THREAD,
    recorded: KernelVariant | null = null,
    labels = 0,
  ): Promise<TrainedModel> {
    const network = networkConfig(config, vocabulary, labels);
    const bytes = (count: number) => arenaBytes(network, shape.timesteps, shape.lanes, count);
    const { kernels, reason } = await selectKernels(wasm, bytes, recorded, threads);
    const model = new LanguageModel(kernels, network);
    const { learningRate, clipNorm, optimizer } = config;
    const options = { timesteps: shape.timesteps, batch: shape.lanes, learningRate, clipNorm, optimizer };
    return new TrainedModel(model, new TrainingSession(model, options), shape, config, reason, recorded);
  }

  get parameters(): number {
    return parameterCount(this.model.config);
  }

  /** One update; the position moves on unless something was not finite. */
  advance(inputs: Int32Array, targets: Int32Array, lengths: Int32Array | null = null): StepResult {
    const began = performance.now();
    const result = this.session.step(inputs, targets, lengths);
    if (this.seconds !== null) this.seconds += (performance.now() - began) / 1000;
    if (result.notFinite === null) {
      this.position.step++;
      if (result.clipped) this.position.clippedSteps++;
    }
    return result;
  }

  snapshot(): Snapshot {
    const parameters = this.model.parameters.all.map(({ values }) => values.slice());
    return { parameters, state: this.session.exportState(), position: { ...this.position } };
  }

  restore(snapshot: Snapshot): void {
    this.model.parameters.all.forEach(({ values }, k) => values.set(snapshot.parameters[k]));
    this.session.importState(snapshot.state);
    this.position = { ...snapshot.position };
  }

  /** Parameters under their names, Adam's moments, the carried state and the position, as a safetensors file. */
  checkpoint(): Uint8Array {
    const parameters = this.model.parameters.all.map(({ name, shape, values }) => ({ name, shape, values }));
    return encodeSafetensors([...parameters, ...this.session.exportState()], {
      format: CHECKPOINT_FORMAT,
      kernels: this.model.kernels.name,
      config: JSON.stringify(this.config),
      vocabulary: String(this.model.config.vocabulary),
      labels: String(labelsOf(this.model.config)),
      shape: JSON.stringify(this.shape),
      position: JSON.stringify(this.position),
    });
  }

  /**
   * Rebuilds a network from its checkpoint, on the kernels it was trained with where those run. Throws GatescopeError
   * networkTooLarge, before it takes any memory, where more than `megabytes` would be needed.
   */
  static async fromCheckpoint(
    config: RunConfig,
    bytes: Uint8Array,
    wasm: KernelModules | null,
    threads: ThreadChoice = ONE_THREAD,
    megabytes = Infinity,
  ): Promise<TrainedModel> {
    const { tensors, metadata } = decodeSafetensors(bytes);
    if (metadata.format !== CHECKPOINT_FORMAT) throw new Error(`checkpoint format ${metadata.format}`);
    const shape = JSON.parse(metadata.shape) as BatchShape;
    const vocabulary = Number(metadata.vocabulary);
    const labels = Number(metadata.labels ?? 0);
    if (![shape.timesteps, shape.lanes, vocabulary].every((count) => Number.isSafeInteger(count) && count > 0))
      throw new Error(`batches of ${metadata.shape} over ${metadata.vocabulary} tokens`);
    requireRoom(networkConfig(config, vocabulary, labels), shape, megabytes);
    const recorded = metadata.kernels as KernelVariant;
    const trained = await TrainedModel.create(config, vocabulary, shape, wasm, threads, recorded, labels);
    for (const { name, values } of trained.model.parameters.all) {
      const stored = tensors.get(name);
      if (!(stored?.values instanceof Float32Array) || stored.values.length !== values.length)
        throw new Error(`${name}: expected ${values.length} values`);
      values.set(stored.values);
    }
    const state: StateTensor[] = [];
    for (const [name, { shape: of, values }] of tensors)
      if (values instanceof Float32Array) state.push({ name, shape: of, values });
    trained.session.importState(state);
    trained.position = { ...START, ...(JSON.parse(metadata.position) as TrainingPosition) };
    return trained;
  }
}
