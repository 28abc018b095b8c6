// The trainable values of a network: named tf.Variables whose numbers live in the kernels' arena, so both see every update.
import * as tf from '@tensorflow/tfjs';
import type { MatrixKernels } from '../kernels/matrixKernels';
import { initialValues } from './initialisation';
import { parameterShapes, trainedNames, type NetworkConfig, type ParameterName } from './networkConfig';
import { useCpuBackend } from './tensorBackend';

export interface Parameter {
  name: ParameterName;
  shape: number[];
  /** View on the arena; writing here changes the variable and the other way round. */
  values: Float32Array;
  /** Its own `name` is unique per network; gradients from tf.variableGrads carry that one. Never `assign` to it. */
  variable: tf.Variable;
}

export class Parameters {
  /** In the order of `parameterShapes`. */
  readonly all: Parameter[];
  /** Those that training moves: all, or the read-out alone. Gradient norms, clipping and the update ratio count no others. */
  readonly trained: Parameter[];
  private readonly byName: Map<string, Parameter>;

  /** Allocates every parameter and fills it with its initial value. */
  constructor(kernels: MatrixKernels, config: NetworkConfig) {
    useCpuBackend();
    this.all = parameterShapes(config).map(({ name, shape }) => {
      const values = kernels.allocate(shape.reduce((a, b) => a * b, 1));
      values.set(initialValues(config, name));
      const initial = tf.tensor(values, shape, 'float32');
      const variable = tf.variable(initial);
      initial.dispose();
      return { name, shape, values, variable };
    });
    const isTrained = new Set(trainedNames(config));
    this.trained = this.all.filter(({ name }) => isTrained.has(name));
    this.byName = new Map(this.all.map((parameter) => [parameter.name, parameter]));
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** Throws when the network has no such parameter. */
  get(name: string): Parameter {
    const parameter = this.byName.get(name);
    if (!parameter) throw new Error(`the network has no parameter ${name}`);
    return parameter;
  }

  /** Releases the variables; the arena keeps its memory. */
  dispose(): void {
    for (const { variable } of this.all) variable.dispose();
  }
}
