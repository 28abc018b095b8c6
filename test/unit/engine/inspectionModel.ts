// A model of the engine that holds an oracle's parameters, on the plain kernels.
import { createJavascriptKernels } from '../../../src/engine/kernels/javascriptKernels';
import { inspectionFloats } from '../../../src/engine/inspection/inspectionMemory';
import { countFloats } from '../../../src/engine/network/countFloats';
import { allocateTrace } from '../../../src/engine/network/forward';
import { LanguageModel } from '../../../src/engine/network/languageModel';
import { parameterCount, type NetworkConfig } from '../../../src/engine/network/networkConfig';
import type { OracleParameters, OracleShape } from '../../oracle/float64Network';
import type { StackShape } from '../../oracle/float64Stack';

/** Bytes that padding every parameter to a cache line can add. */
const PADDING = 1024;

/** The model, in an arena with room for its parameters and an inspection of `columns` and not more. */
export function modelOf(shape: OracleShape, parameters: OracleParameters, columns: number): LanguageModel {
  return stackModel({ ...shape, layers: 1, bidirectional: false }, parameters, columns);
}

/** The same of a stack; with room for a pass over `lanes` sequences of that length besides where they are given. */
export function stackModel(shape: StackShape, parameters: OracleParameters, columns: number, lanes = 0): LanguageModel {
  const config: NetworkConfig = {
    ...shape,
    recurrentInitialisation: 'glorot',
    normalScale: 1,
    forgetBias: 0,
    seed: 1,
  };
  const pass = countFloats(config, (plan) => void allocateTrace(plan, columns, lanes));
  const padding = PADDING * shape.layers * (shape.bidirectional ? 2 : 1);
  const bytes = 4 * (parameterCount(config) + pass + inspectionFloats(config, columns)) + padding;
  const model = new LanguageModel(createJavascriptKernels(bytes), config);
  for (const { name, values } of model.parameters.all) values.set(parameters[name]);
  return model;
}
