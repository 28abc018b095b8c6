// From bursts to figures: medians over rounds, ratios to the fastest peer on as many threads, shares of the peak.
import type { Contestant } from './contestants';
import { PEAK_OPERATIONS } from './own/peak';
import type { Contest, Measurement } from './rounds';
import { median } from './statistics';
import { operationsOf, type ProductWorkload, type Workload } from './workloads';

export interface Figure {
  workload: string;
  title: string;
  task: Workload['task'];
  contestant: string;
  name: string;
  role: Contestant['role'];
  threads: number;
  /** Median over rounds of the bursts' medians; null where there is none, and `reason` says why. */
  milliseconds: number | null;
  stepsPerSecond: number | null;
  leastMilliseconds: number | null;
  /** Processor time divided by time, the median over rounds. */
  cores: number | null;
  steps: number;
  reason: string | null;
}

export interface Ratio {
  workload: string;
  title: string;
  threads: number;
  milliseconds: number;
  /** The peer with the shortest step on as many threads. */
  fastestPeer: string;
  fastestPeerName: string;
  peerMilliseconds: number;
  /** How many times as fast as it. */
  ratio: number;
  /** The same in the least times of a step, of which a disturbed machine spoils fewer. */
  leastRatio: number;
}

export interface ProductFigure {
  title: string;
  gigaflops: number;
  /** Of the measured peak. */
  share: number;
  pytorchGigaflops: number | null;
}

export interface PeakFigures {
  gigaflops: number;
  products: ProductFigure[];
  /** Of the products' harmonic mean: what a step that spends as many operations on each would reach; null where none was measured. */
  share: number | null;
}

export function figureOf({ workload, contestant, bursts, reason }: Measurement): Figure {
  const all = bursts.map(({ milliseconds }) => milliseconds);
  const milliseconds = all.length > 0 ? median(all.map(median)) : null;
  return {
    ...{ workload: workload.id, title: workload.title, task: workload.task },
    ...{ contestant: contestant.id, name: contestant.name, role: contestant.role, threads: contestant.threads },
    milliseconds,
    stepsPerSecond: milliseconds === null ? null : 1000 / milliseconds,
    leastMilliseconds: milliseconds === null ? null : Math.min(...all.flat()),
    cores: milliseconds === null ? null : median(bursts.map(({ cores }) => cores)),
    steps: all.flat().length,
    reason: milliseconds === null ? (reason ?? 'it ended before') : reason,
  };
}

export function figuresOf({ measurements }: Contest): Figure[] {
  return measurements.map(figureOf);
}

/** Ours against the fastest peer, per workload and number of threads, where both were measured. */
export function ratiosOf(figures: Figure[]): Ratio[] {
  const compared = figures.filter(({ role, task }) => role === 'ours' && task !== 'product' && task !== 'peak');
  return compared.flatMap((ours): Ratio[] => {
    const { workload, title, threads, milliseconds, leastMilliseconds } = ours;
    if (milliseconds === null || leastMilliseconds === null) return [];
    const peers = figures.filter((f) => f.role === 'peer' && f.workload === workload && f.threads === threads);
    const fastest = leastBy(peers, (peer) => peer.milliseconds);
    const least = leastBy(peers, (peer) => peer.leastMilliseconds);
    if (!fastest || !least) return [];
    return [
      {
        ...{ workload, title, threads, milliseconds },
        ...{ fastestPeer: fastest.of.contestant, fastestPeerName: fastest.of.name },
        ...{ peerMilliseconds: fastest.value, ratio: fastest.value / milliseconds },
        leastRatio: least.value / leastMilliseconds,
      },
    ];
  });
}

function leastBy(figures: Figure[], key: (figure: Figure) => number | null): { of: Figure; value: number } | null {
  let least: { of: Figure; value: number } | null = null;
  for (const figure of figures) {
    const value = key(figure);
    if (value !== null && value < (least?.value ?? Infinity)) least = { of: figure, value };
  }
  return least;
}

/** How many times as fast ours is as one contestant; null where one of the two was not measured. */
export function ratioTo(figures: Figure[], workload: string, contestant: string, threads: number): number | null {
  const millisecondsOf = (id: string): number | null =>
    figures.find((f) => f.workload === workload && f.contestant === id && f.threads === threads)?.milliseconds ?? null;
  const [ours, theirs] = [millisecondsOf('ours'), millisecondsOf(contestant)];
  return ours === null || theirs === null ? null : theirs / ours;
}

/** The peak and what the products reach of it, both in their least time: capacities, not habits. Null where the peak was not measured. */
export function peakFiguresOf({ measurements }: Contest): PeakFigures | null {
  const leastOf = (workload: Workload, id: string): number | null => {
    const found = measurements.find((each) => each.workload.id === workload.id && each.contestant.id === id);
    return found && found.bursts.length > 0
      ? Math.min(...found.bursts.flatMap(({ milliseconds }) => milliseconds))
      : null;
  };
  const workloads = [...new Map(measurements.map(({ workload }) => [workload.id, workload])).values()];
  const peak = workloads.find(({ task }) => task === 'peak');
  const peakMilliseconds = peak ? leastOf(peak, 'ours') : null;
  if (peakMilliseconds === null) return null;
  const gigaflops = PEAK_OPERATIONS / peakMilliseconds / 1e6;
  const products = workloads
    .filter((workload): workload is ProductWorkload => workload.task === 'product')
    .flatMap((workload): ProductFigure[] => {
      const speedOf = (id: string): number | null => {
        const milliseconds = leastOf(workload, id);
        return milliseconds === null ? null : operationsOf(workload) / milliseconds / 1e6;
      };
      const ours = speedOf('ours');
      if (ours === null) return [];
      return [
        { title: workload.title, gigaflops: ours, share: ours / gigaflops, pytorchGigaflops: speedOf('pytorch') },
      ];
    });
  const slowness = products.reduce((sum, { share }) => sum + 1 / share, 0);
  return { gigaflops, products, share: products.length > 0 ? products.length / slowness : null };
}
