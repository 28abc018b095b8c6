// What the host needs from whoever can start a trainer: a Node child process today, a Web Worker on the web later.
import type { TrainerRequest } from '../../protocol/trainerMessages';

export interface TrainerLaunchOptions {
  /** File-system path of the trainer's bundle. */
  modulePath: string;
  priority: 'low' | 'normal';
  memoryMegabytes: number;
  onMessage(message: unknown): void;
  /** Called once when the process is gone, whether it was asked to go or not; code and signal null: never started. */
  onExit(exit: { code: number | null; signal: string | null; outOfMemory: boolean }): void;
  /** Lines the process wrote to its standard output and error. */
  onLog(line: string): void;
}

export interface TrainerProcess {
  send(message: TrainerRequest): void;
  kill(): void;
}

export type TrainerLauncher = (options: TrainerLaunchOptions) => TrainerProcess;
