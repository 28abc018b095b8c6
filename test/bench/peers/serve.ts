// What the contestants in JavaScript share, as protocol.py for Python: requests and answers as JSON lines, timing of a burst.
import { createInterface } from 'node:readline';
import type { Ready } from '../answers';
import type { Workload } from '../workloads';

/** A first step that takes longer is the measurement: nothing is compiled before it, and a second one is not worth the wait. */
const SLOW_MILLISECONDS = 3000;

interface Burst {
  seconds: number;
  steps: number;
  warmUp: number;
}

/** What a contestant says of a workload that it cannot do. */
export class Unsupported extends Error {}

export type Step = () => void | Promise<void>;

async function measureStep(step: Step): Promise<number> {
  const begin = performance.now();
  await step();
  return performance.now() - begin;
}

/** Calls `step` until the time or the number is used up, at least once; milliseconds of each and cores in use. */
async function burst(step: Step, seconds: number, steps: number) {
  const milliseconds: number[] = [];
  const used = process.cpuUsage();
  const begin = performance.now();
  do milliseconds.push(await measureStep(step));
  while (milliseconds.length < steps && performance.now() - begin < seconds * 1e3);
  const { user, system } = process.cpuUsage(used);
  return { milliseconds, cores: (user + system) / 1e3 / (performance.now() - begin) };
}

/**
 * Answers requests until stdin ends. `prepare` builds a workload once and returns a function that does one step and waits
 * for its result; it throws Unsupported for what this contestant cannot do.
 */
export async function serve(contestant: Ready, prepare: (workload: Workload) => Step | Promise<Step>): Promise<void> {
  const say = (message: unknown): void => void process.stdout.write(`${JSON.stringify(message)}\n`);
  say({ ready: contestant });
  const prepared = new Map<string, Step>();
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Workload & Burst;
    try {
      let step = prepared.get(request.id);
      if (!step) {
        step = await prepare(request);
        prepared.set(request.id, step);
        const first = await burst(step, 0, 1);
        if (first.milliseconds[0] > SLOW_MILLISECONDS) {
          say(first);
          continue;
        }
        await burst(step, request.warmUp, Infinity);
      }
      await step();
      say(await burst(step, request.seconds, request.steps));
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      say({ unsupported: error.message });
    }
  }
}
