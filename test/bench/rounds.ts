// Goes round the contestants, workload by workload and several times over, so that what disturbs the machine disturbs all alike.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Burst, Ready } from './answers';
import { Absent, ContestantProcess, type BurstLength } from './contestantProcess';
import type { Contestant } from './contestants';
import { onThreads } from './statistics';
import type { Workload } from './workloads';

/** One contestant's bursts of one workload, or why there are none. */
export interface Measurement {
  workload: Workload;
  contestant: Contestant;
  bursts: Burst[];
  reason: string | null;
}

export interface Contest {
  measurements: Measurement[];
  present: { contestant: Contestant; ready: Ready }[];
  missing: { contestant: Contestant; reason: string }[];
  /** Rounds that were held. */
  rounds: number;
}

export interface ContestSettings {
  rounds: number;
  /** No round begins after so long, but the first two: a busy machine shall not keep one waiting for ever. */
  seconds: number;
  burstSeconds: number;
  /** Told what is being measured. */
  progress(sentence: string): void;
}

/** More steps than that in a burst say nothing new. */
const MOST_STEPS = 60;
const WARM_UP_SECONDS = 0.5;
/** A contestant whose step takes longer is measured in the first round only. */
const SLOW_MILLISECONDS = 1200;
/** Threads of the contestant before may still spin for a moment. */
const PAUSE_MILLISECONDS = 20;

/** Measures every workload with every contestant that takes it; a contestant that ends early keeps what was measured. */
export async function holdContest(
  workloads: Workload[],
  contestants: Contestant[],
  settings: ContestSettings,
): Promise<Contest> {
  const contest: Contest = { measurements: [], present: [], missing: [], rounds: 0 };
  const running = new Map<Contestant, ContestantProcess>();
  const end = performance.now() + settings.seconds * 1000;
  /** Does without a contestant that is not there or has ended. */
  const lost = (contestant: Contestant, error: unknown): void => {
    if (!(error instanceof Absent)) throw error;
    contest.missing.push({ contestant, reason: error.message });
    running.delete(contestant);
  };
  const entries = contestants.flatMap((contestant) => entriesOf(contestant, workloads));
  const join = async (contestant: Contestant): Promise<void> => {
    const process = new ContestantProcess(contestant);
    running.set(contestant, process);
    try {
      contest.present.push({ contestant, ready: await process.ready() });
      if (!contestant.compiles) return;
      for (const { workload } of entries.filter((each) => each.contestant === contestant))
        await process.prepare(workload);
    } catch (error) {
      lost(contestant, error);
    }
  };
  const attending = [...new Set(entries.map(({ contestant }) => contestant))];
  try {
    settings.progress(`starting ${attending.length} contestants`);
    // The engine measures its kernels when it starts: undisturbed.
    for (const contestant of attending.filter(({ role }) => role === 'ours')) await join(contestant);
    await Promise.all(attending.filter(({ role }) => role !== 'ours').map(join));
    contest.measurements = entries.filter(({ contestant }) => running.has(contestant));
    contest.present.sort((a, b) => contestants.indexOf(a.contestant) - contestants.indexOf(b.contestant));
    for (; contest.rounds < settings.rounds && (contest.rounds < 2 || performance.now() < end); contest.rounds++)
      for (const measurement of byWorkload(contest.measurements, workloads)) {
        const process = running.get(measurement.contestant);
        if (!process || !wantsMore(measurement)) continue;
        const { workload, contestant } = measurement;
        const turn = `round ${contest.rounds + 1} of ${settings.rounds}, ${workload.title}`;
        settings.progress(`${turn}: ${contestant.name}, ${onThreads(contestant.threads)}`);
        try {
          await sleep(PAUSE_MILLISECONDS);
          await takeBurst(process, measurement, settings.burstSeconds);
        } catch (error) {
          measurement.reason = 'it ended while it was measured';
          lost(contestant, error);
        }
      }
    return contest;
  } finally {
    await Promise.all([...running.values()].map((process) => process.end()));
  }
}

/** What a contestant will be asked for, and what is left out for a reason worth telling. */
function entriesOf(contestant: Contestant, workloads: Workload[]): Measurement[] {
  return workloads.flatMap((workload): Measurement[] => {
    const taken = contestant.takes(workload);
    if (taken === false) return [];
    return [{ workload, contestant, bursts: [], reason: typeof taken === 'string' ? taken : null }];
  });
}

/** All contestants of a workload one after the other. */
function byWorkload(measurements: Measurement[], workloads: Workload[]): Measurement[] {
  return workloads.flatMap((workload) => measurements.filter((each) => each.workload === workload));
}

function wantsMore({ bursts, reason }: Measurement): boolean {
  return reason === null && !bursts.some(({ milliseconds }) => milliseconds[0] > SLOW_MILLISECONDS);
}

async function takeBurst(process: ContestantProcess, measurement: Measurement, seconds: number): Promise<void> {
  const length: BurstLength = { seconds, steps: MOST_STEPS, warmUp: WARM_UP_SECONDS };
  const answer = await process.measure(measurement.workload, length);
  if ('unsupported' in answer) measurement.reason = answer.unsupported;
  else if ('milliseconds' in answer) measurement.bursts.push(answer);
  else throw new Absent('it gave another answer than was asked for');
}
