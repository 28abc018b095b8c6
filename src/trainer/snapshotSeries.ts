// The weights of a run at steps further and further apart, one file each: RUN/snapshots/STEP.safetensors, parameters under their names.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { decodeSafetensors, encodeSafetensors } from '../engine/formats/safetensors';
import { parameterShapes } from '../engine/network/networkConfig';
import { GatescopeError } from '../protocol/failures';
import { replaceFile } from './replaceFile';
import { isSnapshotStep } from './snapshotSchedule';
import type { TrainedModel } from './trainedModel';

export interface SnapshotReport {
  /** The steps kept are other ones. */
  changed(steps: readonly number[]): void;
  warn(text: string): void;
}

export class SnapshotSeries {
  /** Bytes of each file by step, in the order of the steps. */
  private kept: Map<number, number>;
  /** The one read last: scrubbing and questions ask for the same again and again. */
  private last: { step: number; weights: ReadonlyMap<string, Float32Array> } | null = null;

  /** Finds what is there. `limitBytes` is what all files together may take, the first and the last aside. */
  constructor(
    private readonly folder: string,
    private readonly trained: TrainedModel,
    private readonly limitBytes: number,
    private readonly report: SnapshotReport,
  ) {
    this.kept = filesIn(folder);
    report.changed(this.steps);
  }

  /** In ascending order. */
  get steps(): readonly number[] {
    return [...this.kept.keys()];
  }

  /** Keeps the weights if their step belongs to the series. What cannot be written is said and left out: training goes on. */
  visit(): void {
    if (isSnapshotStep(this.trained.position.step)) this.take();
  }

  /** Keeps the weights whatever their step, as those that training ended with. */
  take(): void {
    const { step } = this.trained.position;
    if (this.kept.has(step)) return;
    try {
      const bytes = this.encoded();
      mkdirSync(this.folder, { recursive: true });
      replaceFile(this.pathOf(step), bytes);
      this.kept.set(step, bytes.length);
    } catch (error) {
      this.report.warn(`no snapshot of step ${step}: ${reasonOf(error)}`);
      return;
    }
    this.trim(step);
    this.report.changed(this.steps);
  }

  /** Forgets what lies after a step that training goes back to. */
  dropAfter(step: number): void {
    const dropped = this.steps.filter((other) => other > step);
    for (const other of dropped) this.remove(other);
    if (dropped.length > 0) this.report.changed(this.steps);
  }

  /**
   * Parameters by name after `step` updates. One that cannot be read is left out of the series from then on.
   * @throws GatescopeError snapshotDamaged
   */
  weights(step: number): ReadonlyMap<string, Float32Array> {
    if (this.last?.step === step) return this.last.weights;
    try {
      if (!this.kept.has(step)) throw new Error('it is not kept any more');
      const weights = this.read(step);
      this.last = { step, weights };
      return weights;
    } catch (error) {
      const reason = reasonOf(error);
      if (this.kept.delete(step)) {
        this.report.warn(`${this.pathOf(step)} cannot be read and is left out: ${reason}`);
        this.report.changed(this.steps);
      }
      throw new GatescopeError('snapshotDamaged', { step, reason });
    }
  }

  private read(step: number): Map<string, Float32Array> {
    const { tensors, metadata } = decodeSafetensors(readFileSync(this.pathOf(step)));
    if (metadata.step !== String(step)) throw new Error(`it says it is of step ${metadata.step}`);
    return new Map(
      parameterShapes(this.trained.model.config).map(({ name, shape }) => {
        const values = tensors.get(name)?.values;
        const expected = shape.reduce((a, b) => a * b, 1);
        if (!(values instanceof Float32Array) || values.length !== expected)
          throw new Error(`${name} is not ${expected} float32 values`);
        return [name, values];
      }),
    );
  }

  private encoded(): Uint8Array {
    const { model, config, position } = this.trained;
    const parameters = model.parameters.all.map(({ name, shape, values }) => ({ name, shape, values }));
    return encodeSafetensors(parameters, {
      format: '1',
      step: String(position.step),
      config: JSON.stringify(config),
      vocabulary: String(model.config.vocabulary),
      kernels: model.kernels.name,
    });
  }

  /** Where training rested before is no part of the series once it went on; above the limit the oldest go, but not the first. */
  private trim(newest: number): void {
    for (const step of this.steps) if (step !== newest && !isSnapshotStep(step)) this.remove(step);
    let total = [...this.kept.values()].reduce((sum, bytes) => sum + bytes, 0);
    for (const step of this.steps.slice(1, -1)) {
      if (total <= this.limitBytes) return;
      total -= this.kept.get(step) ?? 0;
      this.remove(step);
    }
  }

  private remove(step: number): void {
    this.kept.delete(step);
    if (this.last?.step === step) this.last = null;
    try {
      rmSync(this.pathOf(step), { force: true });
    } catch (error) {
      this.report.warn(`the snapshot of step ${step} cannot be deleted: ${reasonOf(error)}`);
    }
  }

  private pathOf(step: number): string {
    return path.join(this.folder, `${step}.safetensors`);
  }
}

/** Bytes of the snapshots in a folder by step, ascending; other files do not matter. */
function filesIn(folder: string): Map<number, number> {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return new Map();
  }
  const steps = names.flatMap((name) => {
    const [, step] = /^(\d+)\.safetensors$/.exec(name) ?? [];
    return step === undefined ? [] : [Number(step)];
  });
  return new Map(
    steps.sort((a, b) => a - b).map((step) => [step, statSync(path.join(folder, `${step}.safetensors`)).size]),
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
