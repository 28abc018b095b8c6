// A process's claim on the folder of the run it trains: one at a time, given back when training rests.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GatescopeError } from '../protocol/failures';
import { liveOwner, OWNER_FILE, type RunOwner } from '../protocol/runOwner';
import { bootedAt, liveTrainer } from './liveTrainer';
import type { RunFolder } from './runFolder';

export class RunOwnership {
  private readonly file: string;

  constructor(private readonly run: RunFolder) {
    this.file = path.join(run.folder, OWNER_FILE);
  }

  /** @throws GatescopeError runInUse while another living process trains the run */
  expectFree(): void {
    const pid = liveTrainer(this.read());
    if (pid !== null && pid !== process.pid)
      throw new GatescopeError('runInUse', { id: path.basename(this.run.folder), pid });
  }

  /** @throws GatescopeError runInUse as expectFree, storageUnwritable when the file cannot be written */
  claim(): void {
    this.expectFree();
    const owner: RunOwner = { pid: process.pid, bootedAt: bootedAt() };
    try {
      writeFileSync(this.file, JSON.stringify(owner));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new GatescopeError('storageUnwritable', { folder: this.run.folder, reason });
    }
  }

  /** Claims a run for training on from `step`. @throws as claim, and runTrainedElsewhere where the stored run is at another step */
  claimAt(step: number): void {
    this.claim();
    const stored = this.run.readRecord();
    if (stored.step === step) return;
    this.release();
    throw new GatescopeError('runTrainedElsewhere', { id: stored.id, step: stored.step });
  }

  /** Gives back what this process claimed; what another one claimed stays. */
  release(): void {
    if (liveOwner(this.read(), bootedAt(), (pid) => pid === process.pid) !== null) rmSync(this.file, { force: true });
  }

  private read(): string {
    try {
      return readFileSync(this.file, 'utf8');
    } catch {
      return '';
    }
  }
}
