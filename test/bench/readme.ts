// The README's section on speed, written from a report between two marks: `npm run bench -- --readme`.
import { figuresTable, inspectionFigures, quietnessSentence, trainingFigures, type Report } from './report';
import { threeDigits } from './statistics';

const BEGIN = '<!-- bench: written by npm run bench -- --readme -->';
const END = '<!-- bench: end -->';

/** The README with the report's figures instead of those between the marks. Throws Error where the marks are missing. */
export function withBenchmark(readme: string, report: Report): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the README has no part between "${BEGIN}" and "${END}"`);
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${section(report)}\n\n${readme.slice(end)}`;
}

function section(report: Report): string {
  const { machine, engine, contestants, peak, ratios, rounds } = report;
  const versions = [
    ...new Set(contestants.filter(({ contestant }) => contestant !== 'ours').map((each) => each.version)),
  ];
  const node = engine ? `Node ${engine.node}, ${engine.flag ?? 'no flag'}, kernels ${engine.kernels}` : '';
  const quiet = quietnessSentence(report);
  const parts = [
    `Measured on ${machine.processor}, ${machine.cores} cores, ${machine.system}; ${node}; ${versions.join(', ')}. Medians of ${rounds} rounds.` +
      (quiet === null ? '' : ` ${quiet}`),
    `Milliseconds of a training step (forward, backward, clipping, Adam), ${report.shape}; less is better:`,
    figuresTable(trainingFigures(report), ratios, false),
    'Milliseconds to look inside an LSTM 128 over 256 steps:',
    figuresTable(inspectionFigures(report), ratios, false),
  ];
  if (peak && peak.share !== null)
    parts.push(
      `One core's measured peak is ${threeDigits(peak.gigaflops)} GFLOP/s; the matrix products reach ${(100 * peak.share).toFixed(0)} % of it.`,
    );
  return parts.join('\n\n');
}
