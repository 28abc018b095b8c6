// The figures as tables that a README can take as they are, and as one JSON object.
import type { Aim } from './aims';
import type { EngineDetails } from './answers';
import type { Contest } from './rounds';
import type { Machine } from './machine';
import type { Figure, PeakFigures, Ratio } from './results';
import { onThreads, threeDigits } from './statistics';

export interface Report {
  machine: Machine;
  /** The engine's Node, V8's flag and the kernels; null where it was not there. */
  engine: EngineDetails | null;
  contestants: { contestant: string; name: string; threads: number; version: string }[];
  missing: { name: string; threads: number | null; reason: string }[];
  rounds: number;
  shape: string;
  figures: Figure[];
  ratios: Ratio[];
  peak: PeakFigures | null;
  aims: Aim[];
  /** Median share of a core that contestants on one thread got: well below 1, something else was at work. */
  quiet: number | null;
}

/** The contestants of a report, and those who were to take part and did not. */
export function attendance(contest: Contest): Pick<Report, 'engine' | 'contestants' | 'missing'> {
  return {
    engine: contest.present.map(({ ready }) => ready.engine).find((engine) => engine !== undefined) ?? null,
    contestants: contest.present.map(({ contestant, ready }) => ({
      ...{ contestant: contestant.id, name: contestant.name, threads: contestant.threads },
      version: `${ready.name} ${ready.version}`,
    })),
    missing: contest.missing.map(({ contestant, reason }) => ({
      ...{ name: contestant.name, threads: contestant.threads, reason },
    })),
  };
}

/** Rows under a head, cells padded to the width of their column; the first column to the left, the others to the right. */
export function markdownTable(head: string[], rows: string[][]): string {
  const widths = head.map((name, column) => Math.max(3, name.length, ...rows.map((row) => row[column].length)));
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join(' | ')} |`;
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** One row per workload and number of threads, one column per contestant: milliseconds, and steps per second where asked for. */
export function figuresTable(figures: Figure[], ratios: Ratio[], withSpeed: boolean): string {
  const names = [...new Map(figures.map(({ contestant, name }) => [contestant, name]))];
  const rows = [...new Map(figures.map((figure) => [`${figure.workload} ${figure.threads}`, figure])).values()].sort(
    (a, b) => order(figures, a) - order(figures, b) || a.threads - b.threads,
  );
  const cells = rows.map(({ workload, title, threads }) => {
    const ratio = ratios.find((each) => each.workload === workload && each.threads === threads);
    return [
      `${title}, ${onThreads(threads)}`,
      ...names.map(([id]) => {
        const figure = figures.find((f) => f.workload === workload && f.threads === threads && f.contestant === id);
        return figure ? cell(figure, withSpeed) : '';
      }),
      ratio ? `${threeDigits(ratio.ratio)} × ${ratio.fastestPeerName}` : '',
      ratio ? threeDigits(ratio.leastRatio) : '',
    ];
  });
  return markdownTable(['', ...names.map(([, name]) => name), 'against the fastest peer', 'in least times'], cells);
}

const order = (figures: Figure[], { workload }: Figure): number =>
  figures.findIndex((figure) => figure.workload === workload);

function cell({ milliseconds, stepsPerSecond, reason }: Figure, withSpeed: boolean): string {
  if (milliseconds === null || stepsPerSecond === null) return reason?.startsWith('not built') ? 'not built' : 'none';
  return withSpeed ? `${threeDigits(milliseconds)} (${threeDigits(stepsPerSecond)}/s)` : threeDigits(milliseconds);
}

function peakTable({ gigaflops, products, share }: PeakFigures): string {
  const percent = (part: number): string => `${(100 * part).toFixed(0)} %`;
  const rows = products.map((product) => [
    product.title,
    threeDigits(product.gigaflops),
    percent(product.share),
    product.pytorchGigaflops === null ? '' : threeDigits(product.pytorchGigaflops),
  ]);
  if (share !== null) rows.push(['harmonic mean', threeDigits(share * gigaflops), percent(share), '']);
  return markdownTable(['C = A·B', 'GFLOP/s', 'of the peak', 'PyTorch, GFLOP/s'], rows);
}

function aimsTable(aims: Aim[]): string {
  const rows = aims.map(({ aim, wanted, measured, reached }) => [
    aim,
    String(wanted),
    measured === null ? 'not measured' : threeDigits(measured),
    reached !== null ? (reached ? 'yes' : 'no') : measured === null ? '' : 'peers are missing',
  ]);
  return markdownTable(['aim', 'at least', 'measured', 'reached'], rows);
}

export function trainingFigures({ figures }: Report): Figure[] {
  return figures.filter(({ task }) => task === 'train');
}

export function inspectionFigures({ figures }: Report): Figure[] {
  return figures.filter(({ task }) => ['gates', 'allPairs', 'jacobians', 'window'].includes(task));
}

/** A caution where something else was at work; null on a quiet machine. */
export function quietnessSentence({ quiet }: Report): string | null {
  if (quiet === null || quiet >= 0.95) return null;
  return `The machine was not quiet: contestants on one thread got ${(100 * quiet).toFixed(0)} % of a core.`;
}

/** Everything a person is shown. */
export function textOf(report: Report): string {
  const { machine, engine, contestants, missing, figures, ratios, peak, aims } = report;
  const [training, inspection] = [trainingFigures(report), inspectionFigures(report)];
  const lines = [
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, ${machine.system}`,
    ...new Set(contestants.map(({ version }) => version)),
    ...(engine ? [`V8 ${engine.v8}, ${engine.flag ?? 'no flag'}; kernels ${engine.kernels}: ${engine.reason}`] : []),
  ];
  if (training.length > 0)
    lines.push(
      `\nTraining step (forward, backward, clipping, Adam), ${report.shape}; milliseconds (steps per second), median of ${report.rounds} rounds`,
      figuresTable(training, ratios, true),
    );
  if (inspection.length > 0)
    lines.push('\nInspection of 256 steps of an LSTM 128; milliseconds', figuresTable(inspection, ratios, false));
  if (peak) lines.push(`\nMeasured SIMD peak of one core: ${threeDigits(peak.gigaflops)} GFLOP/s`, peakTable(peak));
  lines.push('', aimsTable(aims), '', ...notes(figures, missing));
  const quiet = quietnessSentence(report);
  if (quiet !== null) lines.push(quiet);
  return lines.join('\n');
}

function notes(figures: Figure[], missing: Report['missing']): string[] {
  const absent = missing.map(({ name, threads, reason }) => {
    return `Missing: ${name}${threads === null ? '' : `, ${onThreads(threads)}`}: ${reason}`;
  });
  const left = figures
    .filter(({ reason }) => reason !== null)
    .map(({ name, threads, title, reason, milliseconds }) => {
      const how = milliseconds === null ? 'Not measured' : 'Measured in part';
      return `${how}: ${title}, ${name}, ${onThreads(threads)}: ${reason}`;
    });
  return [...new Set([...absent, ...left])];
}
