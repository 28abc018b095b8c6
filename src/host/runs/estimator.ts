// Asks what a text is for and what training on it would cost, in a trainer process of its own that ends with the answer.
import type { RunConfig } from '../../protocol/runConfig';
import type { Estimate } from '../../protocol/trainerMessages';
import { trainerThreads } from '../settings';
import type { TrainerConnection } from './trainerConnection';
import type { TrainingText } from './trainingText';

export class Estimator {
  private connection: TrainerConnection | null = null;

  constructor(private readonly connect: () => TrainerConnection) {}

  /** Rejects with the trainer's failure, also when a later measurement or `cancel` takes its place. */
  async measure(config: RunConfig, { source, text }: TrainingText): Promise<Estimate> {
    this.cancel();
    const connection = this.connect();
    this.connection = connection;
    try {
      return await connection.request('estimate', { config, source, text, threads: trainerThreads() });
    } finally {
      connection.dispose();
      if (this.connection === connection) this.connection = null;
    }
  }

  /** What a text of that name and beginning is probably for. Rejects with the trainer's failure. */
  async guess(name: string, beginning: string): Promise<RunConfig['task']> {
    const connection = this.connect();
    try {
      return (await connection.request('guessTask', { name, beginning })).task;
    } finally {
      connection.dispose();
    }
  }

  cancel(): void {
    this.connection?.dispose();
    this.connection = null;
  }
}
