// Entry of the trainer process: requests come from the parent over IPC; without the parent it stores its run and ends.
import os from 'node:os';
import path from 'node:path';
import type { TrainerEvent, TrainerReply } from '../protocol/trainerMessages';
import { failureOf } from './failureOf';
import { readKernelModules } from './kernelsModule';
import { nodeThreads } from './nodeThreads';
import { outbox } from './outbox';
import { parseTrainerArguments } from './trainerArguments';
import { TrainerService } from './trainerService';

function start(): void {
  const { priority, memoryMegabytes } = parseTrainerArguments(process.argv.slice(2));
  if (priority === 'low') lowerPriority();
  const send = (message: TrainerReply | TrainerEvent): void => {
    if (!process.connected || !process.send) return;
    const left = outbox.add();
    process.send(message, left);
  };
  const mediaFolder = path.join(__dirname, '..', 'media');
  const kernels = { kernelsWasm: readKernelModules(__dirname), threadPlatform: nodeThreads(__dirname) };
  const engine = { ...kernels, memoryMegabytes, mediaFolder };
  const service = new TrainerService({ send, ...engine });
  process.on('message', (message) => void service.receive(message));

  const leave = (code: number): void => {
    service.session.close().then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  process.on('disconnect', () => leave(0));
  process.on('SIGTERM', () => leave(0));
  const crash = (error: unknown): void => {
    console.error(error);
    const failed = { kind: 'failed', failure: failureOf(error, memoryMegabytes) } as const;
    if (process.connected && process.send) process.send(failed, () => process.exit(1));
    else process.exit(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}

/** Training must not slow the editor down; where the system refuses, it runs at the usual priority. */
function lowerPriority(): void {
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    console.error(`priority not lowered: ${error instanceof Error ? error.message : String(error)}`);
  }
}

start();
