// What can be done with a run, by its record; commands, context keys and messages agree through these.
import type { RunRecord } from '../../protocol/run';

/** Training can go on from its checkpoint; a finished run gets as many epochs again. */
export function canResume(record: RunRecord): boolean {
  switch (record.phase) {
    case 'paused':
    case 'stopped':
    case 'finished':
      return record.corpus !== null;
    case 'failed':
      return record.step > 0;
    default:
      return false;
  }
}

/** There is a model whose weights can answer; a failed run's only after Resume has brought its checkpoint back. */
export function hasModel(record: RunRecord | null | undefined): record is RunRecord {
  if (!record) return false;
  return record.phase !== 'preparing' && record.phase !== 'failed';
}
