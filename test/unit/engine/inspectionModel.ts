// A model of the engine that holds an oracle's parameters, on the plain kernels.
import { createJavascriptKernels } from '../../../src/engine/kernels/javascriptKernels';
import { inspectionFloats } from '../../../src/engine/inspection/inspectionMemory';
import { LanguageModel } from '../../../src/engine/network/languageModel';
import { parameterCount, type NetworkConfig } from '../../../src/engine/network/networkConfig';
import type { OracleParameters, OracleShape } from '../../oracle/float64Network';

/** Bytes that padding every parameter to a cache line can add. */
const PADDING = 1024;

/** The model, in an arena with room for its parameters and an inspection of `columns` and not more. */
export function modelOf(shape: OracleShape, parameters: OracleParameters, columns: number): LanguageModel {
  const config: NetworkConfig = {
    ...shape,
    layers: 1,
    bidirectional: false,
    recurrentInitialisation: 'glorot',
    normalScale: 1,
    forgetBias: 0,
    seed: 1,
  };
  const bytes = 4 * (parameterCount(config) + inspectionFloats(config, columns)) + PADDING;
  const model = new LanguageModel(createJavascriptKernels(bytes), config);
  for (const { name, values } of model.parameters.all) values.set(parameters[name]);
  return model;
}
