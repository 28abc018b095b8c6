// What a run begins with where a person chose a task and nothing else.
import { DEFAULT_CONFIG, type RunConfig } from './runConfig';

/** Found with a handful of runs on rt-polarity, UD English-EWT and '공중' homographs; scores in CONTRIBUTING.md. */
const OF_TASK: Record<RunConfig['task'], Partial<RunConfig>> = {
  language: {},
  classification: {
    ...{ unit: 'words', bidirectional: true, pooling: 'mean', hiddenUnits: 64, embeddingSize: 64 },
    ...{ dropout: 0.3, epochs: 8 },
  },
  tagging: {
    ...{ unit: 'words', bidirectional: true, hiddenUnits: 64, embeddingSize: 64 },
    ...{ dropout: 0.1, epochs: 8 },
  },
  cloze: {
    ...{ unit: 'words', bidirectional: true, hiddenUnits: 128, embeddingSize: 64, epochs: 20 },
  },
};

export function defaultsOf(task: RunConfig['task']): RunConfig {
  return { ...DEFAULT_CONFIG, task, ...OF_TASK[task] };
}

/** Changed over to a task: what is as runs on its own task begin becomes as runs on the other do. What a person chose stays. */
export function withTask(config: RunConfig, task: RunConfig['task']): RunConfig {
  const [before, after]: Partial<RunConfig>[] = [defaultsOf(config.task), defaultsOf(task)];
  const untouched = Object.entries(config).filter(([key, value]) => before[key as keyof RunConfig] === value);
  const changed = Object.fromEntries(untouched.map(([key]) => [key, after[key as keyof RunConfig]]));
  return { ...config, ...changed, task };
}
