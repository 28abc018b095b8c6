// Accuracy by number of attractors as lines of text and as Markdown, with what may be concluded from it.
import type { CellKind } from '../../engine/cells/cellDescription';
import { FEW_ITEMS } from '../../protocol/agreement';
import { TOGETHER, type SupervisedCell, type SupervisedNetwork, type SupervisedReport } from './agreementSupervised';

export const CELL_NAMES: Record<CellKind, string> = { vanilla: 'vanilla', lstm: 'LSTM', gru: 'GRU' };

/** Rows of texts; the first names the columns. */
export function supervisedRows(networks: readonly SupervisedNetwork[], which: 'all' | 'strict'): string[][] {
  const counts = networks[0]?.[which] ?? [];
  const few = (n: number) => (n < FEW_ITEMS ? ', few' : '');
  const head = counts.map(({ attractors, n }) => `${attractorsText(attractors)}, n = ${n}${few(n)}`);
  const always = counts.map(({ majority }) => percent(majority));
  return [
    ['attractors', ...head],
    ...networks.map((network) => [CELL_NAMES[network.cell], ...network[which].map(cellText)]),
    ['always the same', ...always],
  ];
}

export const attractorsText = (count: number): string => (count >= TOGETHER ? `${count}+` : String(count));

/** "71.2 % [66.0, 75.8], seeds 69.7 to 72.1". */
function cellText({ accuracy, low, high, seeds }: SupervisedCell): string {
  const spread = seeds.length > 1 ? `, ${tenths(Math.min(...seeds))} to ${tenths(Math.max(...seeds))}` : '';
  return `${percent(accuracy)} [${tenths(low)}, ${tenths(high)}]${spread}`;
}

const tenths = (share: number): string => (100 * share).toFixed(1);
const percent = (share: number): string => `${tenths(share)} %`;

/** What the numbers say of networks with gates beside the vanilla one, attractor by attractor. Nothing where there is no such pair. */
export function supervisedVerdicts({ networks, seeds }: Pick<SupervisedReport, 'networks' | 'seeds'>): string[] {
  const vanilla = networks.find(({ cell }) => cell === 'vanilla');
  if (!vanilla) return [];
  return networks
    .filter(({ cell }) => cell !== 'vanilla')
    .flatMap((gated) => {
      const name = CELL_NAMES[gated.cell];
      const apart = gated.all.filter((own, at) => own.low > (vanilla.all[at]?.high ?? Infinity));
      const seedsApart = gated.all.filter(
        (own, at) => seeds.length > 1 && Math.min(...own.seeds) > Math.max(...(vanilla.all[at]?.seeds ?? [Infinity])),
      );
      const list = (cells: readonly SupervisedCell[]) =>
        cells.length > 0 ? `at ${cells.map(({ attractors }) => attractorsText(attractors)).join(', ')}` : 'nowhere';
      const bySeeds =
        seeds.length > 1 ? `; every seed of the one over every seed of the other ${list(seedsApart)}` : '';
      return [`${name} over vanilla, intervals apart: ${list(apart)}${bySeeds}.`];
    });
}

/** Of every network but the vanilla one, how far accuracy falls from none to the most attractors. */
export function supervisedFalls(networks: readonly SupervisedNetwork[]): string {
  const falls = networks.map(({ cell, all }) => {
    const [first, last] = [all[0], all[all.length - 1]];
    const under = last.high < 0.5 ? ', worse than a coin' : '';
    return `${CELL_NAMES[cell]} from ${percent(first.accuracy)} to ${percent(last.accuracy)}${under}`;
  });
  return `From none to ${attractorsText(TOGETHER)} attractors: ${falls.join('; ')}.`;
}

export function alignedLines(rows: readonly string[][]): string[] {
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => (row[k] ?? '').length)));
  return rows.map((row) =>
    row
      .map((text, k) => (k === 0 ? text.padEnd(widths[k]) : text.padStart(widths[k])))
      .join('  ')
      .trimEnd(),
  );
}

export function markdownTable([head, ...rows]: readonly string[][]): string {
  const widths = head.map((_, k) => Math.max(3, ...[head, ...rows].map((row) => row[k].length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, k) => (k === 0 ? text.padEnd(widths[k]) : text.padStart(widths[k]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, k) => (k === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

export function supervisedLines(report: SupervisedReport): string[] {
  const { networks, items, documents, folds, seeds, options, interrupted } = report;
  const rare = options.rareAs === 'tag' ? 'their part of speech' : 'one unknown word';
  return [
    `${items} items of ${documents} documents, ${folds} folds of whole documents; seeds ${seeds.join(', ')}; ${options.hiddenUnits} units, ${options.epochs} epochs;`,
    `words seen under ${options.leastOccurrences} times in training read as ${rare}. Right of the number of the verb [95 %, Wilson], seeds from to.`,
    ...(interrupted ? ['Interrupted: only what was judged until then.'] : []),
    '',
    ...alignedLines(supervisedRows(networks, 'all')),
    '',
    'strict: only items where all nouns in between are attractors',
    ...alignedLines(supervisedRows(networks, 'strict')),
    '',
    ...supervisedVerdicts(report),
    ...(networks.length > 0 ? [supervisedFalls(networks)] : []),
    ...networks.map(
      ({ cell, parameters, seconds }) =>
        `${CELL_NAMES[cell]}: ${parameters} parameters, ${seconds.toFixed(1)} s a seed`,
    ),
  ];
}
