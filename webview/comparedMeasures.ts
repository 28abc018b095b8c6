// What the runs of a comparison have answered about the window shown, put together model by model.
import type { StateGradient } from '../src/protocol/questions';
import type { RunRecord } from '../src/protocol/run';
import {
  lagRowsOf,
  medianByLag,
  memoryLength,
  relativeToStart,
  type LagMedian,
  type LagRows,
  type MemoryLength,
} from '../src/protocol/lagStatistics';
import { comparedModels, type ComparedModel } from './comparedModels';
import { stepBeside } from './comparedStep';
import type { Picture } from './picture';
import type { Known } from './questions';

export interface AnsweredSeed {
  record: RunRecord;
  /** Training step of the snapshot that it is asked about; null: its newest weights. */
  snapshot: number | null;
  gradient: Known<StateGradient>;
  ablation: Known<LagRows>;
}

export interface MeasuredModel extends ComparedModel {
  answered: AnsweredSeed[];
  /** ‖∂J(i)/∂(h,c)(i − lag)‖ by lag: as shares of lag 0, and as they are. */
  relative: LagMedian[];
  absolute: LagMedian[];
  memory: MemoryLength | null;
  /** By what becomes of predictions without the token. */
  ablationMemory: MemoryLength | null;
}

/** A run in training is asked anew whenever so great a part of it is done. */
const PARTS_OF_TRAINING = 20;

type Measures = Pick<MeasuredModel, 'relative' | 'absolute' | 'memory' | 'ablationMemory'>;

/** Asks every run that has a network about the window; only what was measured of this very window is put together. */
export function createComparedMeasures(): (picture: Picture) => MeasuredModel[] {
  const known = new Map<string, { of: readonly unknown[]; measures: Measures }>();
  return (picture) => {
    if (picture.run === null || picture.comparison === null) return [];
    return comparedModels(picture.run, picture.metrics, picture.comparison).map((model) => {
      const answered = model.seeds.flatMap(({ record }) => (hasNetwork(record) ? [ask(picture, record)] : []));
      const gradients = answered.flatMap(({ gradient }) => (fits(gradient.value, picture) ? [gradient.value] : []));
      const ablations = answered.flatMap(({ ablation }) => ablation.value ?? []);
      const of = [...gradients, null, ...ablations];
      const last = known.get(model.name);
      const isSame = last?.of.length === of.length && last.of.every((value, k) => value === of[k]);
      const measures = isSame ? last.measures : measuresOf(gradients, ablations);
      known.set(model.name, { of, measures });
      return { ...model, answered, ...measures };
    });
  };
}

export type AnsweredModel = ComparedModel & Pick<MeasuredModel, 'answered'>;

/** The answers that are drawn, without asking anything. */
export function drawnAnswers(picture: Picture): AnsweredModel[] {
  if (picture.run === null || picture.comparison === null) return [];
  const { questions, header } = picture;
  return comparedModels(picture.run, picture.metrics, picture.comparison).map((model) => {
    const answered = model.seeds.flatMap(({ record }): AnsweredSeed[] => {
      const place = `compare ${record?.id ?? ''}`;
      const [gradient, ablation] = [questions.last('stateGradient', place), questions.last('ablationByLag', place)];
      if (record === null || !gradient || !fits(gradient.value, picture)) return [];
      const told = { stale: false, problem: null };
      return [
        {
          record,
          snapshot: stepBeside(record, header, record.id === header.runId),
          gradient: { ...told, value: gradient.value, step: gradient.step },
          ablation: { ...told, value: ablation?.value ?? null, step: ablation?.step ?? null },
        },
      ];
    });
    return { ...model, answered };
  });
}

/** What is drawn, without asking anything. */
export function drawnMeasures(picture: Picture): MeasuredModel[] {
  return drawnAnswers(picture).map((model) => {
    const gradients = model.answered.flatMap(({ gradient }) => gradient.value ?? []);
    const ablations = model.answered.flatMap(({ ablation }) => ablation.value ?? []);
    return { ...model, ...measuresOf(gradients, ablations) };
  });
}

export function measuresOf(gradients: readonly StateGradient[], ablations: readonly LagRows[]): Measures {
  const rows = gradients.map(({ norms, steps }) => lagRowsOf(norms, steps));
  const shares = rows.map(relativeToStart);
  return {
    relative: medianByLag(shares),
    absolute: medianByLag(rows),
    memory: memoryLength(shares),
    ablationMemory: memoryLength(ablations),
  };
}

function ask({ questions, header }: Picture, record: RunRecord): AnsweredSeed {
  const { tokens, documentVersion } = header;
  const part = Math.max(1, Math.ceil(record.plannedSteps / PARTS_OF_TRAINING));
  const isOwn = record.id === header.runId;
  const snapshot = stepBeside(record, header, isOwn);
  const newest = record.phase === 'training' ? `part:${Math.floor(record.step / part)}` : `newest:${record.step}`;
  const at = snapshot === null ? newest : `snapshot:${snapshot}`;
  const moment = `${record.id} ${at} ${tokens[0].start} ${tokens.length} ${documentVersion}`;
  const place = `compare ${record.id}`;
  // Of the run shown the host knows what is looked at.
  const of = [moment, place, record.id, isOwn ? undefined : snapshot] as const;
  return {
    record,
    snapshot,
    gradient: questions.about({ about: 'stateGradient' }, ...of),
    ablation: questions.about({ about: 'ablationByLag' }, ...of),
  };
}

function hasNetwork(record: RunRecord | null): record is RunRecord {
  return record !== null && record.phase !== 'preparing' && record.phase !== 'failed';
}

/** Whether an answer is about the window that is drawn; its columns are the picture's. */
function fits(value: StateGradient | null, { header }: Picture): value is StateGradient {
  return value !== null && value.steps === header.tokens.length && value.start === header.tokens[0].start;
}

export interface DrawnSeed {
  record: RunRecord;
  value: StateGradient;
  /** Training step of the weights, and whether they are a snapshot's. */
  step: number;
  snapshot: boolean;
  stale: boolean;
  /** As in Known. */
  everySeconds?: number;
}

/** The gradient and the gate drawn for a model: those of its first seed that has answered. */
export function drawnSeed(model: Pick<MeasuredModel, 'answered'>, picture: Picture): DrawnSeed | null {
  for (const { record, snapshot, gradient } of model.answered) {
    const { value, step, stale, everySeconds } = gradient;
    if (fits(value, picture))
      return {
        record,
        value,
        step: step ?? record.step,
        snapshot: snapshot !== null && snapshot === step,
        stale,
        everySeconds,
      };
  }
  return null;
}
