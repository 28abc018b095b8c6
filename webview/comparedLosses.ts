// What the trainings of a comparison say on equal terms: losses of all models at equal steps and after equal time, on all of the text and
// on each part of it that they were trained on.
import {
  fairComparison,
  fairVerdicts,
  type FairComparison,
  type FairModel,
  type FairVerdicts,
} from '../src/protocol/fairComparison';
import type { ComparedRun, Comparison } from '../src/protocol/inspectorMessages';
import type { Metric, RunRecord } from '../src/protocol/run';
import { groupedModels } from './comparedModels';
import { tokensPerCharacter } from './lossUnit';

export interface FairShare extends FairComparison {
  /** Per cent of the text of the run shown. */
  share: number;
  /** Held out, of the first run that has read it; null before. */
  heldOut: number | null;
  models: (FairModel & {
    index: number;
    cell: RunRecord['config']['cell'];
    parameters: number | null;
    planned: number;
  })[];
  verdicts: FairVerdicts;
  /** Factor from nats per token to bits per character. */
  bits: number;
}

/** Ascending by share; those of which no two models have ended a training are left out. */
export function fairShares(run: RunRecord, metrics: readonly Metric[], comparison: Comparison): FairShare[] {
  const own: ComparedRun = { config: run.config, record: run, metrics: [...metrics], problem: null };
  const all = [own, ...comparison.runs];
  const shares = [...new Set(all.map(({ share }) => share ?? 100))].sort((a, b) => a - b);
  return shares.flatMap((share) => {
    const grouped = groupedModels(all.filter((one) => (one.share ?? 100) === share));
    const fair = fairComparison(
      grouped.map(({ name, seeds }) => ({
        name,
        seeds: seeds.flatMap(({ record, metrics: points }) =>
          hasEnded(record) ? [{ metrics: points, diverged: record.phase === 'diverged' }] : [],
        ),
      })),
    );
    if (fair.models.filter(({ atStep }) => atStep !== null).length < 2) return [];
    const models = fair.models.map((model, k) => {
      const { index, seeds, parameters } = grouped[k];
      return { ...model, index, parameters, cell: seeds[0].config.cell, planned: seeds.length };
    });
    const corpus = all.find((one) => (one.share ?? 100) === share && one.record?.corpus)?.record?.corpus ?? null;
    return [
      {
        ...fair,
        ...{ share, models, heldOut: corpus?.validationTokens ?? null },
        verdicts: fairVerdicts({ ...fair, models }),
        bits: tokensPerCharacter(corpus) / Math.LN2,
      },
    ];
  });
}

/** What still trains would move the step at which all are compared. */
function hasEnded(record: RunRecord | null): record is RunRecord {
  return record !== null && (record.phase === 'finished' || record.phase === 'stopped' || record.phase === 'diverged');
}
