// What inspections of stacks do besides windows: keep to the memory that they say they need, and continue texts.
import assert from 'node:assert/strict';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import { sampleContinuation } from '../../../src/engine/inspection/continueText';
import { randomStackParameters, stackForward, type StackShape } from '../../oracle/float64Stack';
import { everyCell, randomIds } from '../../oracle/smallNetworks';
import { stackModel } from './inspectionModel';
import { disposeModels, smallTraining } from './smallTraining';

/** Tokens that are read at a time before the window. */
const SLICE = 32;

describe('the inspection of stacks', () => {
  it('needs no more memory than it says, whatever is large', () => {
    const sizes: [number, number, number, number, number, boolean][] = [
      [40, 8, 20, 3, 4, false],
      [8, 64, 20, 50, 2, true],
      [8, 8, 800, 33, 3, false],
      [20, 12, 30, 80, 2, true],
      [33, 5, 9, 70, 1, true],
      [5, 3, 7, 1, 8, true],
    ];
    for (const [hiddenUnits, embeddingSize, vocabulary, columns, layers, bidirectional] of sizes)
      for (const [at, { shape: cell }] of everyCell(hiddenUnits, embeddingSize, vocabulary).slice(2).entries()) {
        const connections = (['none', 'dense', 'highway', 'residual'] as const)[at % 4];
        const shape: StackShape = { ...cell, layers, bidirectional, connections };
        const model = stackModel(shape, randomStackParameters(shape, 55, 0.5), columns);
        const text = randomIds(vocabulary, columns, 5);
        assert.doesNotThrow(() => inspectWindow(model, text, text, 1));
      }
  });

  it('continues a text with the likeliest tokens of all layers', () => {
    const shape: StackShape = { ...everyCell(5, 3, 9)[3].shape, layers: 3, bidirectional: false };
    const parameters = randomStackParameters(shape, 61, 3);
    const prefix = randomIds(9, 70, 1);
    const text = [...prefix];
    for (let t = 0; t < 20; t++) {
      const [logits] = stackForward(shape, parameters, text, text).logits.slice(-1);
      logits[0] = -Infinity;
      text.push(logits.indexOf(Math.max(...logits)));
    }
    const written = sampleContinuation(stackModel(shape, parameters, SLICE), prefix, 20, 0, 1);
    assert.deepEqual([...written], text.slice(prefix.length));
  });

  it('is not of a network that predicts classes of whole sequences', async () => {
    const { model } = await smallTraining({ head: { kind: 'classes', classes: 3, pooling: 'last' } });
    assert.throws(() => inspectWindow(model, new Int32Array(), Int32Array.of(1, 2), 1), TypeError);
    disposeModels();
  });
});
