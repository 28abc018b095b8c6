// The gradient of every parameter of the parser, held to central differences of a separate float64 forward pass.
import assert from 'node:assert/strict';
import { NO_DROPOUT } from '../../../../src/syntax/parser/parserConfig';
import { trainBatch } from '../../../../src/syntax/parser/parserPass';
import { batchOf } from '../../../../src/syntax/parser/sentenceBatch';
import { kernelsNamed } from '../../engine/kernelsUnderTest';
import { gradientsOf, SENTENCES, SMALL, smallParser } from './parserUnderTest';
import { referenceLoss } from './referenceParser';

const ARENA = 1 << 22;
const FREQUENCIES = new Array<number>(7).fill(1);

describe("the parser's gradients", () => {
  for (const name of ['simd', 'javascript'] as const)
    it(`are those of its definition, from the heads down to the features (${name})`, async () => {
      const kernels = await kernelsNamed(name, ARENA);
      const model = smallParser(kernels);
      const gradient = gradientsOf(model, kernels);
      const pass = { dropout: NO_DROPOUT, frequencies: FREQUENCIES, key: 1 };
      const { heads, relations, tags } = trainBatch(model, batchOf(SENTENCES), pass, gradient);
      const weights = new Map(model.all.map((parameter) => [parameter.name, Float64Array.from(parameter.values)]));
      const loss = () => referenceLoss(SMALL, weights, SENTENCES);
      assert.ok(Math.abs(heads + relations + 0.3 * tags - loss()) < 1e-5);
      for (const { name: parameter, values } of model.all) {
        const own = weights.get(parameter) ?? new Float64Array();
        const got = gradient(parameter);
        // A few of the larger parameters' values stand for all: they are computed alike.
        const stride = Math.ceil(values.length / 40);
        for (let k = 0; k < values.length; k += stride) {
          const step = 1e-5;
          const kept = own[k];
          own[k] = kept + step;
          const above = loss();
          own[k] = kept - step;
          const below = loss();
          own[k] = kept;
          const wanted = (above - below) / (2 * step);
          assert.ok(Math.abs(got[k] - wanted) < 2e-5, `${parameter}[${k}]: ${got[k]} instead of ${wanted}`);
        }
      }
      model.dispose();
    });

  it('are those of the loss with the same values dropped', async () => {
    const kernels = await kernelsNamed('simd', ARENA);
    const model = smallParser(kernels, 0.3);
    const gradient = gradientsOf(model, kernels);
    const dropout = { words: 0.5, slots: 0.3, layers: 0.3, top: 0.3, perceptrons: 0.3 };
    const loss = (into: (name: string) => Float32Array) => {
      const { heads, relations, tags } = trainBatch(
        model,
        batchOf(SENTENCES),
        { dropout, frequencies: FREQUENCIES, key: 7 },
        into,
      );
      return heads + relations + 0.3 * tags;
    };
    loss(gradient);
    const slope = Math.sqrt(
      model.all.reduce((sum, each) => sum + gradient(each.name).reduce((squares, v) => squares + v * v, 0), 0),
    );
    const unread = gradientsOf(model, kernels);
    const kept = new Map(model.all.map(({ name, values }) => [name, values.slice()]));
    const at = (distance: number) => {
      for (const { name, values } of model.all) {
        const start = kept.get(name) ?? values;
        for (let k = 0; k < values.length; k++) values[k] = start[k] + (distance * gradient(name)[k]) / slope;
      }
      return loss(unread);
    };
    const measured = (at(2e-3) - at(-2e-3)) / 4e-3;
    assert.ok(Math.abs(measured - slope) < 2e-3 * slope, `${measured} along a gradient of length ${slope}`);
    model.dispose();
  });
});
