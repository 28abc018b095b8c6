// A second network with weights that stay: questions are answered from it, and snapshots are looked at through it, while the first
// one trains on.
import { countFloats } from '../engine/network/countFloats';
import { LanguageModel } from '../engine/network/languageModel';
import { parameterShapes, type NetworkConfig } from '../engine/network/networkConfig';
import { inspectionFloats } from '../engine/inspection/inspectionMemory';
import type { KernelModules, KernelVariant } from '../engine/kernels/kernelVariants';
import { selectKernels } from '../engine/kernels/selectKernels';

/** Columns of the largest window that can be inspected. */
const INSPECTED_COLUMNS = 512;

export class ModelCopy {
  private constructor(readonly model: LanguageModel) {}

  /** Room for the parameters and an inspection, on kernels of the same bits. @throws RangeError when there is no memory for it. */
  static async create(config: NetworkConfig, wasm: KernelModules | null, kernels: KernelVariant): Promise<ModelCopy> {
    const parameters = countFloats(config, (plan) => {
      for (const { shape } of parameterShapes(config)) plan.kernels.allocate(shape.reduce((a, b) => a * b, 1));
    });
    const bytes = 4 * (parameters + inspectionFloats(config, INSPECTED_COLUMNS));
    const chosen = await selectKernels(wasm, bytes, kernels);
    return new ModelCopy(new LanguageModel(chosen.kernels, config));
  }

  /** Takes over weights by name; those of another shape are refused with a RangeError. */
  load(weights: ReadonlyMap<string, Float32Array>): void {
    for (const { name, values } of this.model.parameters.all) {
      const source = weights.get(name);
      if (source?.length !== values.length) throw new RangeError(`${name}: expected ${values.length} values`);
      values.set(source);
    }
  }

  dispose(): void {
    this.model.dispose();
  }
}
