// What the project wants to reach, beside what was measured.
import { PYTHON_PEERS } from './contestants';
import { onThreads } from './statistics';
import { ratioTo, type Figure, type PeakFigures, type Ratio } from './results';

export interface Aim {
  aim: string;
  /** At least. */
  wanted: number;
  /** Null where it was not measured. */
  measured: number | null;
  /** Null where it was not measured, or beside fewer peers than the aim means. */
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
  const against = (name: string, workload: string, threads: number, wanted: number): Aim => {
    const ratio = ratios.find((each) => each.workload === workload && each.threads === threads)?.ratio ?? null;
    const all = PYTHON_PEERS.every(({ id }) => ratioTo(figures, workload, id, threads) !== null);
    const beside = aim(`${name}, ${onThreads(threads)}, × the fastest peer`, wanted, ratio);
    return all ? beside : { ...beside, reached: null };
  };
  return [
    ...AGAINST_FASTEST.flatMap(([workload, title, wanted]) =>
      counts.map((threads) => against(title, workload, threads, wanted)),
    ),
    against('LSTM 256 × 2', 'lstm256x2', allThreads, 1),
    aim(
      `LSTM 256 × 2, ${onThreads(allThreads)}, × PyTorch held to AVX2`,
      1.5,
      ratioTo(figures, 'lstm256x2', 'pytorch-avx2', allThreads),
    ),
    aim('share of the measured peak in the products', 0.85, peak?.share ?? null),
    aim('all pairs, 1 thread, × vmap with denormals flushed', 25, ratioTo(figures, 'allPairs', 'pytorch-vmap', 1)),
    aim('LSTM 128, 1 thread, × tfjs wasm unrolled by hand', 40, ratioTo(figures, 'lstm128', 'tfjs-wasm', 1)),
  ];
}
