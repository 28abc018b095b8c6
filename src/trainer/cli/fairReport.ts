// Which cell is told apart from the others by its losses on equal terms, in sentences.
import type { FairVerdicts, Spread, Verdict } from '../../protocol/fairComparison';

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
