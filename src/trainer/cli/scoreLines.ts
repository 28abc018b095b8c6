// Scores as lines that a person reads.
import { confusedPairs } from '../../protocol/confusedPairs';
import type { Scores } from '../../protocol/taskRun';
import { counted } from '../../text/counted';

/** Columns of a confusion matrix that fit beside each other. */
const MOST_COLUMNS = 12;
/** Of confused classes, where there are more. */
const MOST_PAIRS = 15;

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

export function scoreLines(scores: Scores): string[] {
  const { accuracy, interval, macroF1, n, examples, loss, perplexity, majority, part, step } = scores;
  const [low, high] = interval;
  return [
    `accuracy ${percent(accuracy)} (95 %: ${percent(low)} to ${percent(high)}, Wilson; n = ${n}` +
      `${examples === n ? '' : ` in ${counted(examples, 'example')}`}), ${part === 'test' ? 'on the part held out for it' : 'on the file'}, weights of step ${step}`,
    [
      macroF1 === null ? '' : `macro-F1 ${macroF1.toFixed(3)}`,
      perplexity === null ? `loss ${loss.toFixed(3)} nats` : `perplexity ${perplexity.toFixed(1)}`,
      `always saying ${JSON.stringify(majority.label)}: ${percent(majority.accuracy)}`,
    ]
      .filter(Boolean)
      .join(', '),
    ...confusionLines(scores),
  ];
}

function confusionLines({ labels, confusion }: Scores): string[] {
  if (confusion === null) return [];
  if (labels.length > MOST_COLUMNS) return pairLines(labels, confusion);
  const cells = [['right \\ predicted', ...labels], ...confusion.map((row, at) => [labels[at], ...row.map(String)])];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells.map((row) => row.map((cell, column) => cell.padStart(widths[column])).join('  '));
}

/** Of more classes than fit beside each other: those that are confused most. */
function pairLines(labels: string[], confusion: number[][]): string[] {
  const pairs = confusedPairs(confusion, MOST_PAIRS);
  if (pairs.length === 0) return [];
  const told = pairs.map(({ right, predicted, count, of }) => [
    labels[right],
    `taken for ${labels[predicted]}:`,
    `${count} of ${of} (${percent(count / of)})`,
  ]);
  const widths = [0, 1].map((column) => Math.max(...told.map((row) => row[column].length)));
  return [
    `confused most often, of ${labels.length} classes:`,
    ...told.map(
      ([right, predicted, share]) => `${right.padStart(widths[0])}  ${predicted.padEnd(widths[1])}  ${share}`,
    ),
  ];
}
