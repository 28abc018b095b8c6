// A parser small enough for differences, its sentences, and the arrays that its gradients go to.
import type { MatrixKernels } from '../../../../src/engine/kernels/matrixKernels';
import type { ParserConfig } from '../../../../src/syntax/parser/parserConfig';
import { ParserModel } from '../../../../src/syntax/parser/parserModel';
import type { GoldSentence } from '../../../../src/syntax/parser/sentenceBatch';

export const SMALL: ParserConfig = {
  language: 'en',
  slots: [
    { name: 'word', size: 7, width: 4 },
    { name: 'suffix', size: 5, width: 3 },
  ],
  ...{ units: 5, layers: 2, arcWidth: 4, labelWidth: 3 },
  relations: ['root', 'nsubj', 'obj'],
  tags: ['NOUN', 'VERB'],
  seed: 3,
};

export function gold(ids: number[], heads: number[], relations: number[], tags: number[]): GoldSentence {
  const of = (values: number[]) => Int32Array.from(values);
  return { words: heads.length, ids: of(ids), heads: of(heads), relations: of(relations), tags: of(tags) };
}

/** Of three, one and two words. */
export const SENTENCES: GoldSentence[] = [
  gold([1, 2, 3, 0, 6, 4], [2, 0, 2], [1, 0, 2], [0, 1, 0]),
  gold([5, 1], [0], [0], [1]),
  gold([1, 2, 0, 3], [2, 0], [1, 0], [0, 1]),
];

/** With weights that are not zero anywhere. */
export function smallParser(kernels: MatrixKernels, dropout = 0): ParserModel {
  const model = new ParserModel(kernels, SMALL, dropout);
  let at = 1;
  for (const { values } of model.all) for (let k = 0; k < values.length; k++) values[k] += 0.4 * Math.sin(at++);
  return model;
}

export function gradientsOf(model: ParserModel, kernels: MatrixKernels): (name: string) => Float32Array {
  const arrays = new Map(model.all.map(({ name, values }) => [name, kernels.allocate(values.length)]));
  const unread = kernels.allocate(model.network.parameters.get('embedding').values.length);
  return (name) => arrays.get(name) ?? unread;
}
