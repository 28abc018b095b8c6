// Layers and directions in the pictures: a place shows the frame's own numbers, and what reads backward has its past on the right.
import assert from 'node:assert/strict';
import { placeSuffix, type LayerPlace } from '../../../src/protocol/layerPlace';
import { decodeFrame } from '../../../src/protocol/traceFrame';
import { layerGradientTable } from '../../../webview/export/placeFigures';
import { provenance } from '../../../webview/export/caption';
import { csvText, withConstants } from '../../../webview/export/table';
import { cellValues } from '../../../webview/geometry/cellNumbers';
import { gradientReach, gradientReaches, mirroredPairs, reachableRow } from '../../../webview/geometry/gradientScale';
import { crescentPath } from '../../../webview/geometry/influence';
import { askedBy, weightStacks } from '../../../webview/geometry/itemisedWeights';
import { gradientsByPlace } from '../../../webview/geometry/layerGradients';
import { skipShares } from '../../../webview/geometry/skipShares';
import { syntheticFrame } from '../../../webview/harness/syntheticFrame';
import { syntheticRecord } from '../../../webview/harness/syntheticRun';
import { PLACE_CHOICE, chosenPlace, placedFrame, placeKey, placesFromTop } from '../../../webview/networkPlace';
import { NumberFormats } from '../../../webview/numberFormats';
import { readingsOf } from '../../../webview/reading/sentences';
import { DEFAULT_CONFIG } from '../../../src/protocol/runConfig';

const [STEPS, FOCUS] = [40, 15];
const BACKWARD: LayerPlace = { layer: 1, reverse: true };
const frame = syntheticFrame({ cell: 'lstm', units: 6, columns: STEPS, layers: 2, bidirectional: true });
const { header } = frame;
const arrays = decodeFrame(frame);
const backward = placedFrame(header, arrays, BACKWARD);

describe('a layer and a direction', () => {
  it('are gone through from the top layer down, the one chosen kept where the network has it', () => {
    const names = placesFromTop(header).map(placeKey);
    assert.deepEqual(names, ['1', '1 reverse', '0', '0 reverse']);
    assert.deepEqual(chosenPlace({}, header), { layer: 1, reverse: false });
    assert.deepEqual(chosenPlace({ [PLACE_CHOICE]: '0 reverse' }, header), { layer: 0, reverse: true });
    assert.deepEqual(chosenPlace({ [PLACE_CHOICE]: '0 reverse' }, { layers: 3 }), { layer: 2, reverse: false });
  });

  it('show the arrays of the frame, and nothing of another place', () => {
    for (const place of placesFromTop(header)) {
      const shown = placedFrame(header, arrays, place).arrays;
      for (const name of ['gate.f', 'gate.h', 'gradient.hidden', 'gradient.weight'])
        assert.equal(shown[name], arrays[name + placeSuffix(place)], name);
      assert.equal(shown['gradient.input'], arrays['gradient.input']);
      assert.ok(Object.keys(shown).every((name) => !name.includes('_l')));
    }
    assert.equal(placedFrame(header, arrays, BACKWARD), backward, 'made once');
  });

  it('have a bound on the top layer alone, of their own direction', () => {
    const vanilla = syntheticFrame({ cell: 'vanilla', units: 3, columns: 5, layers: 2, bidirectional: true });
    const bound = (place: LayerPlace): number | undefined =>
      placedFrame(vanilla.header, decodeFrame(vanilla), place).header.bound?.norm;
    assert.deepEqual(placesFromTop(vanilla.header).map(bound), [0.93, 0.95, undefined, undefined]);
  });

  it('take the state before a step from the right where they read backward', () => {
    const at = (t: number): number => arrays['gate.c_l1_reverse'].values[t * 6 + 4];
    assert.equal(cellValues(backward.header, backward.arrays, FOCUS, 4, null, BACKWARD).previousC, at(FOCUS + 1));
    const last = cellValues(backward.header, backward.arrays, STEPS - 1, 4, { hidden: 0, cell: 0 }, BACKWARD);
    assert.equal(last.previousC, 0);
  });

  it('reach as far ahead as the mirrored gradient reaches back', () => {
    const { values } = backward.arrays['gradient.hidden'];
    const reach = gradientReaches(reachableRow(header, values, FOCUS), FOCUS);
    const mirrored = mirroredPairs(values, STEPS);
    const other = STEPS - 1 - FOCUS;
    const back = gradientReach(mirrored.subarray(other * STEPS, other * STEPS + other + 1));
    assert.deepEqual(reach, { back: 0, ahead: back });
  });

  it('say the same of a mirrored window, ahead instead of back, and name themselves', () => {
    const said = readingsOf(backward.header, backward.arrays, FOCUS, BACKWARD)[0].said;
    const reach = gradientReaches(reachableRow(header, backward.arrays['gradient.hidden'].values, FOCUS), FOCUS);
    const ahead = reach?.ahead ?? NaN;
    assert.match(said, /^Layer 2 of 2, backward: /);
    assert.match(said, new RegExp(ahead === STEPS - 1 - FOCUS ? `over all ${ahead} steps` : `${ahead} steps ahead`));
  });

  it('stack what earlier losses ask of a step, and count how far off it is in both directions', () => {
    const norms = mirroredPairs(
      Float32Array.from({ length: 100 }, (_, k) => (k % 10 <= Math.floor(k / 10) ? 1 : 0)),
      10,
    );
    const itemised = { steps: 10, norms, together: new Float32Array(10) };
    assert.deepEqual(weightStacks(itemised, -1)[9], { apart: 0, groups: [1, 3, 6, 0], total: 10 });
    assert.deepEqual(askedBy(itemised, 3, 5), { step: 3, share: 1 / 7, earlier: 2 / 7 });
  });

  it('send arrows from the right as from the left', () => {
    const right = crescentPath({ from: 300, to: 200, baseline: 90, height: 40, width: 10 });
    assert.equal(right, 'M305.00,90.00A52.50,40.00 0 0 0 200.00,90.00A47.50,32.50 0 0 1 295.00,90.00Z');
  });
});

describe('gradients by layer', () => {
  it('are the rows of the frame, and one number for all steps together', () => {
    for (const { place, norms, together } of gradientsByPlace(header, arrays, FOCUS)) {
      const all = arrays[`gradient.hidden${placeSuffix(place)}`].values.subarray(FOCUS * STEPS, (FOCUS + 1) * STEPS);
      assert.deepEqual([...norms], [...all]);
      assert.ok(Math.abs(together - Math.sqrt([...all].reduce((sum, norm) => sum + norm * norm, 0))) < 1e-6);
    }
  });

  it('are saved with the layer and the direction of every number', () => {
    const [head, ...rows] = csvText(layerGradientTable({ header, frameArrays: arrays, focus: FOCUS }))
      .trim()
      .split('\n');
    assert.equal(head, 'state_layer,state_direction,i,j,token_i,token_j,hidden_norm');
    assert.ok(rows.some((row) => row.startsWith(`1,backward,${FOCUS},${STEPS - 1},`)));
    const run = syntheticRecord({ config: { ...DEFAULT_CONFIG, layers: 2, bidirectional: true } });
    const table = withConstants(provenance(run, header, new NumberFormats('en'), BACKWARD), {
      columns: [],
      rows: [[]],
    });
    const [names, values] = csvText(table).trim().split('\n');
    assert.match(names, /,layer,direction,/);
    assert.match(values, /,2,backward,/);
  });

  it('are shared between what goes around a layer and what goes through it', () => {
    const of = (...values: number[]) => ({ shape: [values.length], values: Float32Array.from(values) });
    const [top, ...others] = skipShares(
      { ...header, layers: 2 },
      { 'gradient.around_l1': of(3, 1, NaN, 0), 'gradient.through_l1': of(1, 1, NaN, 0) },
    );
    assert.equal(others.length, 0);
    assert.deepEqual([...top.shares], [0.75, 0.5, NaN, NaN]);
    assert.equal(top.overall, 4 / 6);
  });
});
