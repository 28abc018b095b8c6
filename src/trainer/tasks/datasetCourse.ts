// A run on a task: its batches, its best weights, its scores.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeSafetensors, encodeSafetensors } from '../../engine/formats/safetensors';
import { outputWidth } from '../../engine/network/networkConfig';
import { TEST, TRAINING } from '../../text/datasets/splitExamples';
import type { Course, CourseWatch } from '../course';
import type { ReadyRun } from '../readyRun';
import { replaceFile } from '../replaceFile';
import type { RunReporter } from '../runReporter';
import { nextTurn, type LoopEnd } from '../trainingLoop';
import { DatasetBatches } from './datasetBatches';
import { runDatasetLoop } from './datasetLoop';
import { openDataset, type OpenDataset } from './datasetStore';
import { majorityOf, scorePart } from './scoreDataset';

const BEST = 'best.safetensors';

export class DatasetCourse implements Course {
  readonly stepsPerEpoch: number;
  readonly tokensPerStep: number;
  private readonly dataset: OpenDataset;
  private readonly batches: DatasetBatches;

  /** @throws GatescopeError runDamaged */
  constructor(
    private readonly ready: ReadyRun,
    private readonly reporter: RunReporter,
  ) {
    const { trained, vocabulary } = ready;
    const { shape, config } = trained;
    this.dataset = openDataset(reporter.folder);
    const { tokens } = this.dataset;
    // Closed with the run.
    ready.tokens = {
      length: tokens.length,
      read: (position, target) => tokens.read(position, target),
      close: () => this.dataset.close(),
    };
    const { seed, dropout } = config;
    this.batches = new DatasetBatches(this.dataset, { shape, seed, dropout, vocabulary });
    this.stepsPerEpoch = this.batches.stepsPerEpoch;
    const { lengths, parts } = this.dataset;
    const trainingTokens = lengths.reduce((sum, length, at) => sum + (parts[at] === TRAINING ? length : 0), 0);
    this.tokensPerStep = trainingTokens / this.stepsPerEpoch;
  }

  run(watch: CourseWatch): Promise<LoopEnd> {
    const { trained, vocabulary } = this.ready;
    const criterion = this.dataset.task === 'cloze' ? 'loss' : 'accuracy';
    const onBest = () => this.keepBest();
    return runDatasetLoop({ ...{ trained, batches: this.batches, vocabulary, criterion, onBest }, ...watch });
  }

  /** Takes the best weights and scores them on the part that nothing was chosen by. */
  async conclude(): Promise<void> {
    const { trained, vocabulary } = this.ready;
    this.takeBest();
    const majority = majorityOf(this.dataset, outputWidth(trained.model.config));
    const parts = { dataset: this.dataset, batches: this.batches, vocabulary, majority };
    const scores = await scorePart({ trained, ...parts }, TEST, 'test', nextTurn);
    const step = trained.position.bestEpochLoss === null ? trained.position.step : trained.position.bestEpochStep;
    if (scores) this.reporter.update({ scores: { ...scores, step } });
  }

  private get bestPath(): string {
    return path.join(this.reporter.folder.folder, BEST);
  }

  private keepBest(): void {
    const parameters = this.ready.trained.model.parameters.all;
    replaceFile(
      this.bestPath,
      encodeSafetensors(
        parameters.map(({ name, shape, values }) => ({ name, shape, values })),
        { step: String(this.ready.trained.position.step) },
      ),
    );
  }

  /** Before the first epoch has ended there are no better weights than those now. */
  private takeBest(): void {
    if (!existsSync(this.bestPath)) return;
    const { tensors } = decodeSafetensors(readFileSync(this.bestPath));
    for (const { name, values } of this.ready.trained.model.parameters.all) {
      const best = tensors.get(name)?.values;
      if (best instanceof Float32Array && best.length === values.length) values.set(best);
    }
  }
}
