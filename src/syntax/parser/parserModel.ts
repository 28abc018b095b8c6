// A parser's parameters in the kernels' arena: word features, the engine's recurrent layers with their tagger, and the scorers on top.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { MatrixKernels } from '../../engine/kernels/matrixKernels';
import { LanguageModel } from '../../engine/network/languageModel';
import { headShapes, recurrentConfig, type ParserConfig, type ParameterShape } from './parserConfig';

export interface ParserParameter extends ParameterShape {
  /** View on the arena. */
  values: Float32Array;
}

/** Of the rows of features before training: small beside what the recurrent layers make of them. */
const FEATURE_DEVIATION = 0.3;

export class ParserModel {
  /** Recurrent layers and tagger. */
  readonly network: LanguageModel;
  /** Everything that is trained and stored. */
  readonly all: ParserParameter[];
  private readonly byName: Map<string, ParserParameter>;

  /**
   * Allocates and draws all values; `dropout` is that between the recurrent layers while training. Where values are `given` afterwards,
   * as those of a file, the drawing is left out: orthogonal matrices take most of a second.
   */
  constructor(
    readonly kernels: MatrixKernels,
    readonly config: ParserConfig,
    dropout = 0,
    given = false,
  ) {
    const recurrence = recurrentConfig(config, dropout);
    this.network = new LanguageModel(
      kernels,
      given ? { ...recurrence, recurrentInitialisation: 'identity' } : recurrence,
    );
    const heads = headShapes(config).map(({ name, shape }, place) => {
      const values = kernels.allocate(shape.reduce((a, b) => a * b, 1));
      if (!given) initialise(values, name, shape, config.seed, place);
      return { name, shape, values };
    });
    const recurrent = this.network.parameters.all
      .filter(({ name }) => name !== 'embedding')
      .map(({ name, shape, values }) => ({ name, shape, values }));
    this.all = [...heads, ...recurrent];
    this.byName = new Map(this.all.map((parameter) => [parameter.name, parameter]));
  }

  /** Throws when the parser has no such parameter. */
  get(name: string): Float32Array {
    const parameter = this.byName.get(name);
    if (!parameter) throw new Error(`the parser has no parameter ${name}`);
    return parameter.values;
  }

  dispose(): void {
    this.network.parameters.dispose();
  }
}

/** Features and the root normal, perceptrons Glorot uniform, biaffine weights and biases 0: every head is equally likely at first. */
function initialise(values: Float32Array, name: string, shape: number[], seed: number, place: number): void {
  const generator = xoroshiro128plus(seed ^ 0x5eed);
  for (let jump = 0; jump < place; jump++) generator.jump();
  const uniform = () => uniformFloat64(generator);
  if (name.startsWith('slot.') || name === 'root')
    for (let k = 0; k < values.length; k++)
      values[k] = FEATURE_DEVIATION * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  if (name !== 'W_perceptrons') return;
  const limit = Math.sqrt(6 / (shape[0] + shape[1]));
  for (let k = 0; k < values.length; k++) values[k] = limit * (2 * uniform() - 1);
}
