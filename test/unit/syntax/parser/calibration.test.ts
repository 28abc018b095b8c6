// How sure a parser is: the temperature that makes its probabilities those of what happens.
import assert from 'node:assert/strict';
import { applyTemperature, fitTemperature, treeLoss } from '../../../../src/syntax/parser/calibration';
import { trainBatch } from '../../../../src/syntax/parser/parserPass';
import { NO_DROPOUT } from '../../../../src/syntax/parser/parserConfig';
import { batchOf } from '../../../../src/syntax/parser/sentenceBatch';
import { kernelsNamed } from '../../engine/kernelsUnderTest';
import { gradientsOf, SENTENCES, smallParser } from './parserUnderTest';

/** Two words: either one is the root of the other. The first is, by that many odds. */
function twoWords(odds: number, heads: [number, number]) {
  const scores = new Float64Array(9);
  // Root to word 1 and word 1 to word 2.
  scores[3] = Math.log(odds);
  return { n: 2, scores, heads: Int32Array.from(heads) };
}

describe('the temperature of a parser', () => {
  it('makes a reading that is right three times in four that probable', () => {
    // It says 27 to 1, but 3 to 1 would be true: ln 27 / 3 = ln 3.
    const right = twoWords(27, [0, 1]);
    const wrong = twoWords(27, [2, 0]);
    const temperature = fitTemperature([right, right, right, wrong]);
    assert.ok(Math.abs(temperature - 3) < 0.02, `${temperature}`);
    assert.ok(Math.abs(treeLoss(right, 1 / temperature) - Math.log(4 / 3)) < 0.005);
  });

  it('is 1 where there is nothing to tell it by', () => {
    assert.equal(fitTemperature([]), 1);
  });

  it('is taken into the weights, which then give scores divided by it', async () => {
    const kernels = await kernelsNamed('simd', 1 << 22);
    const model = smallParser(kernels);
    const loss = () => {
      const pass = { dropout: NO_DROPOUT, frequencies: new Array<number>(7).fill(1), key: 1 };
      return trainBatch(model, batchOf(SENTENCES), pass, gradientsOf(model, kernels)).heads;
    };
    const sure = loss();
    applyTemperature(model, 1e6);
    const [two, one, three] = [Math.log(2), 0, Math.log(3)];
    // Every head is as likely as the others: of three words' three, of two words' two, of one word's one.
    assert.ok(Math.abs(loss() - (3 * three + one + 2 * two) / 6) < 1e-4);
    assert.notEqual(sure, loss());
    model.dispose();
  });
});
