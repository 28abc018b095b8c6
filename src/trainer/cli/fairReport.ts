// Which cell is told apart from the others by its losses on equal terms, in data and in sentences: the advice "an LSTM by default, a GRU
// for efficiency", asked of the person's own text.
import {
  verdictOf,
  type FairComparison,
  type FairModel,
  type Spread,
  type Verdict,
} from '../../protocol/fairComparison';
import type { RunConfig } from '../../protocol/runConfig';

export interface FairVerdicts {
  /** Of all cells. */
  atStep: Verdict | null;
  atSeconds: Verdict | null;
  /** Of LSTM and GRU alone; absent where not both were trained. */
  advice?: {
    /** What a step of the GRU takes beside one of the LSTM: 0.8 is four fifths. */
    stepTime: number | null;
    atStep: Verdict | null;
    atSeconds: Verdict | null;
  };
}

/** Of a comparison whose models know their cells. */
export interface CellComparison extends FairComparison {
  models: (FairModel & { cell: RunConfig['cell'] })[];
}

export function fairVerdicts({ models }: CellComparison): FairVerdicts {
  const by = (some: readonly FairModel[], key: 'atStep' | 'atSeconds'): Verdict | null =>
    verdictOf(some.map((model) => ({ name: model.name, spread: model[key] })));
  const both = { atStep: by(models, 'atStep'), atSeconds: by(models, 'atSeconds') };
  const [lstm, gru] = (['lstm', 'gru'] as const).map((cell) => models.find((model) => model.cell === cell));
  if (!lstm || !gru) return both;
  const stepTime =
    lstm.secondsPerStep === null || gru.secondsPerStep === null ? null : gru.secondsPerStep / lstm.secondsPerStep;
  const pair = [lstm, gru];
  return { ...both, advice: { stepTime, atStep: by(pair, 'atStep'), atSeconds: by(pair, 'atSeconds') } };
}

/** One sentence a question. */
export function verdictSentences({ atStep, atSeconds, advice }: FairVerdicts): string[] {
  const said = [
    ...(atStep ? [`At equal steps ${verdictText(atStep)}`] : []),
    ...(atSeconds ? [`After equal time ${verdictText(atSeconds)}`] : []),
  ];
  if (!advice) return said;
  const { stepTime } = advice;
  const answers = [
    stepTime === null ? '' : `a step of the GRU took ${stepTime.toFixed(2)} times one of the LSTM`,
    advice.atStep ? `at equal steps ${shortly(advice.atStep)}` : '',
    advice.atSeconds ? `after equal time ${shortly(advice.atSeconds)}` : '',
  ].filter(Boolean);
  if (answers.length > 0) said.push(`"LSTM by default, GRU for efficiency", here: ${answers.join('; ')}.`);
  return said;
}

function verdictText({ best, alike, seeds, chance }: Verdict): string {
  if (seeds < 2) return `${best} has the lowest loss, with one seed: nothing to conclude from.`;
  if (alike.length > 0) return `${[best, ...alike].join(' and ')} are not told apart by ${seeds} seeds.`;
  return `every seed of ${best} lies under every seed of the others (among models all alike: ${(100 * chance).toFixed(0)} %).`;
}

const shortly = ({ best, alike, seeds }: Verdict): string =>
  alike.length > 0
    ? `not told apart by ${seeds} seeds`
    : seeds < 2
      ? `${best} lower with one seed`
      : `every seed of ${best} lower`;

/** "2.013 (2.001 to 2.030)". */
export function spreadText(spread: Spread | null): string {
  if (spread === null) return '-';
  const { mean, low, high, n } = spread;
  return n === 1 ? mean.toFixed(3) : `${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
