// What a run is trained on, brought into steps: a running text or the examples of a task.
import type { Metric } from '../protocol/run';
import { Batches } from '../text/batches';
import { splitTokens } from '../text/split';
import { readValidation, type ReadyRun } from './readyRun';
import type { RunReporter } from './runReporter';
import { DatasetCourse } from './tasks/datasetCourse';
import { openTokenFile } from './tokenFile';
import { runTrainingLoop, type LoopEnd } from './trainingLoop';

export interface CourseWatch {
  plannedSteps: number;
  onMetric(metric: Metric): void;
  /** Called before the first step and after every one. */
  onStep(): void;
  /** Called after every slice of steps; false ends the loop. */
  goOn(): boolean;
}

export interface Course {
  readonly stepsPerEpoch: number;
  readonly tokensPerStep: number;
  run(watch: CourseWatch): Promise<LoopEnd>;
  /** What there is to do once training has ended for good. */
  conclude(): Promise<void>;
}

/** @throws GatescopeError runDamaged */
export function openCourse(ready: ReadyRun, reporter: RunReporter): Course {
  return ready.trained.config.task === 'language'
    ? languageCourse(ready, reporter)
    : new DatasetCourse(ready, reporter);
}

function languageCourse(ready: ReadyRun, { folder }: RunReporter): Course {
  const { trained, vocabulary, corpus } = ready;
  try {
    ready.tokens ??= openTokenFile(folder.tokenPath, corpus.tokens);
  } catch (error) {
    throw folder.damaged('tokens', error);
  }
  const batches = new Batches(ready.tokens, splitTokens(corpus.tokens).training, trained.shape);
  const { timesteps, lanes } = batches.shape;
  return {
    stepsPerEpoch: batches.slicesPerEpoch,
    tokensPerStep: timesteps * lanes,
    run: (watch) =>
      runTrainingLoop({ ...{ trained, batches, vocabulary, validation: readValidation(ready) }, ...watch }),
    conclude: () => Promise.resolve(),
  };
}
