// What the project wants to reach, beside what was measured.
import { ratioTo, type Figure, type PeakFigures, type Ratio } from './results';

export interface Aim {
  aim: string;
  /** At least. */
  wanted: number;
  /** Null where it was not measured. */
  measured: number | null;
  reached: boolean | null;
}

interface Measured {
  figures: Figure[];
  ratios: Ratio[];
  peak: PeakFigures | null;
  allThreads: number;
}

/** Times as fast as the fastest peer on as many threads. */
const AGAINST_FASTEST: [workload: string, title: string, wanted: number][] = [
  ['lstm128', 'LSTM 128', 1.3],
  ['gru128', 'GRU 128', 1.8],
  ['vanilla128', 'vanilla 128', 1.3],
  ['lstm128v5000', 'LSTM 128, V = 5000', 1.3],
];

export function aimsOf({ figures, ratios, peak, allThreads }: Measured): Aim[] {
  const counts = allThreads > 1 ? [1, allThreads] : [1];
  const aim = (name: string, wanted: number, measured: number | null): Aim => ({
    ...{ aim: name, wanted, measured, reached: measured === null ? null : measured >= wanted },
  });
  const against = (workload: string, threads: number): number | null =>
    ratios.find((each) => each.workload === workload && each.threads === threads)?.ratio ?? null;
  return [
    ...AGAINST_FASTEST.flatMap(([workload, title, wanted]) =>
      counts.map((threads) => aim(`${title}, ${on(threads)}, × the fastest peer`, wanted, against(workload, threads))),
    ),
    aim(`LSTM 256 × 2, ${on(allThreads)}, × the fastest peer`, 1, against('lstm256x2', allThreads)),
    aim(
      `LSTM 256 × 2, ${on(allThreads)}, × PyTorch held to AVX2`,
      1.5,
      ratioTo(figures, 'lstm256x2', 'pytorch-avx2', allThreads),
    ),
    aim('share of the measured peak in the products', 0.85, peak?.share ?? null),
    aim('all pairs, one thread, × vmap with denormals flushed', 25, ratioTo(figures, 'allPairs', 'pytorch-vmap', 1)),
    aim('LSTM 128, one thread, × tfjs wasm unrolled by hand', 40, ratioTo(figures, 'lstm128', 'tfjs-wasm', 1)),
  ];
}

const on = (threads: number): string => (threads === 1 ? 'one thread' : `${threads} threads`);
