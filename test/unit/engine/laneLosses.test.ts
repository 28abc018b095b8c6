// Sums of losses of their own in every lane, and how they depend on every input, against central differences in float64.
import assert from 'node:assert/strict';
import { groupedLosses, sweepsGroups } from '../../../src/engine/inspection/groupedSweep';
import { laneLosses, laneLossFloats, lossLanesAtATime } from '../../../src/engine/inspection/laneLosses';
import { inspectionFloats } from '../../../src/engine/inspection/inspectionMemory';
import { inspectWindow } from '../../../src/engine/inspection/inspectWindow';
import { initialState, readTokens } from '../../../src/engine/inspection/windowForward';
import { randomStackParameters, stackForward, stackGradients, type StackShape } from '../../oracle/float64Stack';
import { everyCell, randomIds } from '../../oracle/smallNetworks';
import { stackModel } from './inspectionModel';

const [H, E, V] = [5, 4, 7];
const [, , , lstm] = everyCell(H, E, V);
const shapes: { name: string; shape: StackShape }[] = [
  ...everyCell(H, E, V).map(({ name, shape }) => ({ name, shape: { ...shape, layers: 1, bidirectional: false } })),
  { name: 'LSTM, two layers both ways', shape: { ...lstm.shape, layers: 2, bidirectional: true } },
  { name: 'LSTM, residual', shape: { ...lstm.shape, layers: 2, bidirectional: false, connections: 'residual' } },
  { name: 'LSTM, dense', shape: { ...lstm.shape, layers: 2, bidirectional: false, connections: 'dense' } },
];
const lanes = [
  { ids: randomIds(V, 6, 3), losses: [1, 2].map((step) => ({ step, target: step + 2 })) },
  { ids: randomIds(V, 6, 4), losses: [{ step: 4, target: 6 }] },
];
const close = (value: number, truth: number, what: string) =>
  assert.ok(Math.abs(value - truth) <= 1e-4 * Math.max(1, truth), `${what}: ${value}, float64 says ${truth}`);

describe('losses of their own in every lane', () => {
  for (const { name, shape } of shapes)
    it(`${name}: their sums depend on the inputs as differences say`, () => {
      const parameters = randomStackParameters(shape, 5);
      const model = stackModel(shape, parameters, 64, 4);
      const free = model.kernels.mark();
      const found = laneLosses(model, initialState(model), lanes);
      assert.deepEqual(model.kernels.mark(), free);
      lanes.forEach(({ ids, losses }, lane) => {
        const targets = Array.from(ids, (_, t) => losses.find(({ step }) => step === t)?.target ?? 0);
        const every = stackForward(shape, parameters, ids, Int32Array.from(targets)).losses;
        close(
          found[lane].loss,
          losses.reduce((sum, { step }) => sum + every[step], 0),
          'loss',
        );
        found[lane].norms.forEach((norm, j) => {
          const nudged = { what: 'x' as const, place: { layer: 0, reverse: false }, step: j };
          const each = stackGradients(shape, parameters, ids, targets, nudged, E);
          const sum = Array.from({ length: E }, (_, e) => losses.reduce((total, { step }) => total + each[step][e], 0));
          close(norm, Math.hypot(...sum), `lane ${lane}, token ${j}`);
        });
      });
    });

  it('begin where the text before them ended, as a window of the inspector does', () => {
    const shape = shapes[3].shape;
    const model = stackModel(shape, randomStackParameters(shape, 5), 64, 4);
    const [warmUp, ids] = [randomIds(V, 9, 1), randomIds(V, 6, 2)];
    const { arrays } = inspectWindow(model, warmUp, ids, 3);
    const before = readTokens(model, warmUp, initialState(model));
    const [{ norms, loss }] = laneLosses(model, before, [{ ids, losses: [{ step: 5, target: 3 }] }]);
    close(loss, arrays.loss.values[5], 'loss');
    norms.forEach((norm, j) => close(norm, arrays['gradient.input'].values[5 * 6 + j], `token ${j}`));
  });

  it('come in as many lanes as fit where an inspection fits', () => {
    for (const { shape } of shapes) {
      const model = stackModel(shape, randomStackParameters(shape, 5), 512);
      for (const T of [3, 40, 300]) {
        const count = lossLanesAtATime(model, T, 4);
        assert.ok(count >= 1, `${T} tokens`);
        assert.ok(laneLossFloats(model.config, T, count, 4 * count) <= inspectionFloats(model.config, 512));
      }
    }
  });

  it('refuse lanes of different lengths', () => {
    const { shape } = shapes[0];
    const model = stackModel(shape, randomStackParameters(shape, 5), 64, 4);
    const other = { ids: randomIds(V, 5, 1), losses: [{ step: 0, target: 1 }] };
    assert.throws(() => laneLosses(model, initialState(model), [lanes[0], other]), RangeError);
  });
});

describe('sums of the losses of words', () => {
  const plain = shapes.filter(({ shape }) => !shape.bidirectional && !shape.connections);
  const groups = [
    { first: 2, end: 3 },
    { first: 3, end: 6 },
    { first: 8, end: 10 },
  ];
  const ids = randomIds(V, 12, 6);

  for (const { name, shape } of [...plain, { name: 'LSTM, two layers', shape: { ...plain[3].shape, layers: 2 } }])
    it(`${name}: depend on every token as they do lane by lane`, () => {
      const model = stackModel(shape, randomStackParameters(shape, 5), 64, 4);
      const before = readTokens(model, randomIds(V, 5, 8), initialState(model));
      const free = model.kernels.mark();
      const swept = groupedLosses(model, before, ids, groups);
      assert.deepEqual(model.kernels.mark(), free);
      const asLanes = groups.map(({ first, end }) => ({
        ids,
        losses: Array.from({ length: end - first }, (_, k) => ({ step: first + k - 1, target: ids[first + k] })),
      }));
      laneLosses(model, before, asLanes).forEach(({ loss, norms }, g) => {
        close(swept[g].loss, loss, `loss of group ${g}`);
        norms.forEach((norm, t) => close(swept[g].norms[t], norm, `group ${g}, token ${t}`));
      });
    });

  it('are swept in plain stacks that read forward only', () => {
    const swept = shapes.filter(({ shape }) => sweepsGroups(stackModel(shape, randomStackParameters(shape, 5), 8)));
    assert.deepEqual(swept, plain);
  });

  it('need groups that follow each other and have something before them', () => {
    const { shape } = plain[0];
    const model = stackModel(shape, randomStackParameters(shape, 5), 64);
    const wrong = [[{ first: 0, end: 1 }], [groups[1], groups[0]], [{ first: 5, end: 13 }], [{ first: 4, end: 4 }]];
    for (const each of wrong) assert.throws(() => groupedLosses(model, initialState(model), ids, each), RangeError);
    assert.deepEqual(groupedLosses(model, initialState(model), ids, []), []);
  });
});
