// The models of a comparison: runs that differ in nothing but their seed are one, and the run shown belongs to the first.
import type { ComparedRun, Comparison } from '../src/protocol/inspectorMessages';
import type { Metric, RunRecord } from '../src/protocol/run';
import { modelName } from './runText';

export interface ComparedModel {
  /** "GRU 150"; a letter behind it tells models of the same name apart. */
  name: string;
  /** 0 for that of the run shown; chooses line style and marker. */
  index: number;
  /** Replicates; the first one is drawn where only one can be. */
  seeds: ComparedRun[];
  /** null before its network was built. */
  parameters: number | null;
  /** Parameters beside those of the first model: 0.015 is 1.5 % more. */
  deviation: number | null;
}

/** At least the model of the run shown; runs on a part of the text are none of these. */
export function comparedModels(
  run: RunRecord,
  metrics: readonly Metric[],
  comparison: Comparison | null,
): ComparedModel[] {
  const own: ComparedRun = { config: run.config, record: run, metrics: [...metrics], problem: null };
  return groupedModels([own, ...(comparison?.runs ?? []).filter(({ share }) => share === undefined)]);
}

/** Models in the order of their first runs. */
export function groupedModels(runs: readonly ComparedRun[]): ComparedModel[] {
  const groups = new Map<string, ComparedRun[]>();
  for (const one of runs) {
    const key = JSON.stringify({ ...one.config, seed: 0 });
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const names = new Map<string, number>();
  const first = runs[0].record?.parameters ?? 0;
  return [...groups.values()].map((seeds, index) => {
    const plain = modelName(seeds[0].config);
    const before = names.get(plain) ?? 0;
    names.set(plain, before + 1);
    const built = seeds.find(({ record }) => (record?.parameters ?? 0) > 0)?.record ?? null;
    return {
      name: before === 0 ? plain : `${plain} ${String.fromCharCode(97 + before)}`,
      ...{ index, seeds, parameters: built?.parameters ?? null },
      deviation: built && first > 0 ? built.parameters / first - 1 : null,
    };
  });
}

/** The curve in the training chart: of the first replicate that has one. */
export function drawnMetrics({ seeds }: ComparedModel): readonly Metric[] {
  return seeds.find(({ metrics }) => metrics.length > 0)?.metrics ?? [];
}
