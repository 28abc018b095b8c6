// The network of a run in a folder.
import type { KernelModules } from '../../engine/kernels/kernelVariants';
import { GatescopeError } from '../../protocol/failures';
import type { RunRecord } from '../../protocol/run';
import { failureOf } from '../failureOf';
import type { RunFolder } from '../runFolder';
import { TrainedModel } from '../trainedModel';
import { MEMORY_MEGABYTES } from './trainCommand';

/** @throws GatescopeError notReady without a checkpoint, runDamaged; networkTooLarge or outOfMemory where the machine is too small for it. */
export async function openRun(folder: RunFolder, record: RunRecord, modules: KernelModules): Promise<TrainedModel> {
  if (!folder.hasCheckpoint) throw new GatescopeError('notReady');
  const bytes = folder.readCheckpoint();
  try {
    return await TrainedModel.fromCheckpoint(record.config, bytes, modules, undefined, MEMORY_MEGABYTES);
  } catch (error) {
    const { code, args } = failureOf(error, MEMORY_MEGABYTES);
    throw code === 'networkTooLarge' || code === 'outOfMemory'
      ? new GatescopeError(code, args)
      : folder.damaged('checkpoint', error);
  }
}
