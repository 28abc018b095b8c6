// Accuracy by number of attractors as lines of text and as Markdown, with what may be concluded from it.
import type { CellKind } from '../../engine/cells/cellDescription';
import { FEW_ITEMS } from '../../protocol/agreement';
import { counted } from '../../text/counted';
import { TOGETHER, type SupervisedCell, type SupervisedNetwork, type SupervisedReport } from './agreementSupervised';

export const CELL_NAMES: Record<CellKind, string> = { vanilla: 'vanilla', lstm: 'LSTM', gru: 'GRU' };

/** Rows of texts; the first names the columns. Where networks were interrupted they need not have judged the same items. */
export function supervisedRows(networks: readonly SupervisedNetwork[], which: 'all' | 'strict'): string[][] {
  const cells = networks.flatMap((network) => network[which]);
  const columns = [...new Set(cells.map(({ attractors }) => attractors))]
    .sort((a, b) => a - b)
    .map((attractors) => {
      const own = cells.filter((cell) => cell.attractors === attractors);
      return own.reduce((most, cell) => (cell.n > most.n ? cell : most));
    });
  const few = (n: number) => (n < FEW_ITEMS ? ', few' : '');
  const textOf = (network: SupervisedNetwork, attractors: number): string => {
    const cell = network[which].find((own) => own.attractors === attractors);
    return cell ? cellText(cell) : '-';
  };
  return [
    ['attractors', ...columns.map(({ attractors, n }) => `${attractorsText(attractors)}, n = ${n}${few(n)}`)],
    ...networks.map((network) => [
      CELL_NAMES[network.cell],
      ...columns.map(({ attractors }) => textOf(network, attractors)),
    ]),
    ['always the same', ...columns.map(({ majority }) => percent(majority))],
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
      const pairs = gated.all.flatMap((own) => {
        const other = vanilla.all.find(({ attractors }) => attractors === own.attractors);
        return other ? [{ own, other }] : [];
      });
      const where = (isApart: (own: SupervisedCell, other: SupervisedCell) => boolean) =>
        pairs.filter(({ own, other }) => isApart(own, other)).map(({ own }) => own);
      const apart = where((own, other) => own.low > other.high);
      const seedsApart = where(
        (own, other) =>
          Math.min(own.seeds.length, other.seeds.length) > 1 && Math.min(...own.seeds) > Math.max(...other.seeds),
      );
      const list = (cells: readonly SupervisedCell[]) =>
        cells.length > 0 ? `at ${cells.map(({ attractors }) => attractorsText(attractors)).join(', ')}` : 'nowhere';
      const bySeeds =
        seeds.length > 1 ? `; every seed of the one over every seed of the other ${list(seedsApart)}` : '';
      return [`${name} over vanilla, intervals apart: ${list(apart)}${bySeeds}.`];
    });
}

/** How far accuracy falls from none to the most attractors; nothing where there are not both. */
export function supervisedFalls(networks: readonly SupervisedNetwork[]): string[] {
  const falls = networks.flatMap(({ cell, all }) => {
    const [none, most] = [0, TOGETHER].map((count) => all.find(({ attractors }) => attractors === count));
    if (!none || !most) return [];
    const under = most.high < 0.5 ? ', worse than a coin' : '';
    return [`${CELL_NAMES[cell]} from ${percent(none.accuracy)} to ${percent(most.accuracy)}${under}`];
  });
  return falls.length > 0 ? [`From none to ${attractorsText(TOGETHER)} attractors: ${falls.join('; ')}.`] : [];
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
    `${counted(items, 'item')} of ${counted(documents, 'document')}, ${counted(folds, 'fold')} of whole documents; ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}; ${counted(options.hiddenUnits, 'unit')}, ${counted(options.epochs, 'epoch')};`,
    `words seen under ${counted(options.leastOccurrences, 'time')} in training read as ${rare}. Right of the number of the verb [95 %, Wilson], seeds from to.`,
    ...(interrupted ? ['Interrupted: only what was judged until then.'] : []),
    ...(networks.length === 0 ? ['Nothing was judged.'] : judgedLines(report)),
  ];
}

function judgedLines(report: SupervisedReport): string[] {
  const { networks } = report;
  return [
    '',
    ...alignedLines(supervisedRows(networks, 'all')),
    '',
    'strict: only items where all nouns in between are attractors',
    ...alignedLines(supervisedRows(networks, 'strict')),
    '',
    ...supervisedVerdicts(report),
    ...supervisedFalls(networks),
    ...networks.map(
      ({ cell, parameters, seconds }) =>
        `${CELL_NAMES[cell]}: ${counted(parameters, 'parameter')}, ${seconds.toFixed(1)} s a seed`,
    ),
  ];
}
