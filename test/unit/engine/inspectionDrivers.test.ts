// What drives a unit: states read side by side are those of reading straight on, and the statistics are those of the definition.
import assert from 'node:assert/strict';
import { DriverStatistics } from '../../../src/engine/inspection/driverStatistics';
import { readLanes } from '../../../src/engine/inspection/readLanes';
import { CarriedStates } from '../../../src/engine/training/carriedStates';
import { oracleForward } from '../../oracle/float64Network';
import { everyCell, randomIds, randomNumbers, randomParameters } from '../../oracle/smallNetworks';
import { modelOf } from './inspectionModel';

const [H, E, V, UNIT] = [5, 3, 9, 2];

describe('stretches of text read side by side', () => {
  for (const { name, shape } of everyCell(H, E, V))
    it(`give the unit the states that reading each stretch straight on gives it (${name})`, () => {
      const parameters = randomParameters(shape, 51);
      const model = modelOf(shape, parameters, 40);
      const lanes = [randomIds(V, 11, 5), randomIds(V, 11, 6), randomIds(V, 11, 7)];
      const carried = new CarriedStates(model, lanes.length);
      const read: number[][] = lanes.map(() => []);
      for (const [from, T] of [
        [0, 4],
        [4, 1],
        [5, 6],
      ]) {
        const ids = Int32Array.from({ length: T * 3 }, (_, k) => lanes[k % 3][from + Math.floor(k / 3)]);
        readLanes(model, ids, 3, carried, { layer: 0, reverse: false }, UNIT).forEach((value, k) =>
          read[k % 3].push(value),
        );
      }
      lanes.forEach((ids, lane) => {
        const { h } = oracleForward(shape, parameters, ids, new Array<number>(ids.length).fill(-1));
        h.forEach((row, t) => assert.ok(Math.abs(read[lane][t] - row[UNIT]) < 2e-6, `lane ${lane}, step ${t}`));
      });
    });
});

describe('the tokens that drive a unit', () => {
  it('are told by their means, their number and the variance they explain', () => {
    const random = randomNumbers(4);
    const statistics = new DriverStatistics(4);
    const values: [id: number, value: number][] = [];
    for (let position = 0; position < 600; position++) {
      const id = Math.floor(random() * 3);
      const value = id / 2 - 0.5 + 0.2 * (random() - 0.5);
      values.push([id, Math.fround(value)]);
      statistics.add(id, Math.fround(value), position);
    }
    const mean = (list: number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;
    const all = values.map(([, value]) => value);
    const groups = [0, 1, 2].map((id) => values.filter(([other]) => other === id).map(([, value]) => value));
    const total = all.reduce((sum, x) => sum + (x - mean(all)) ** 2, 0);
    const within = groups.reduce((sum, group) => sum + group.reduce((s, x) => s + (x - mean(group)) ** 2, 0), 0);
    assert.ok(Math.abs(statistics.mean - mean(all)) < 1e-12);
    assert.ok(Math.abs(statistics.deviation - Math.sqrt(total / 600)) < 1e-12);
    assert.ok(Math.abs(statistics.explained - (1 - within / total)) < 1e-9);
    assert.equal(statistics.kinds, 3);
    assert.deepEqual(
      statistics.byMean(5).map(({ id, count }) => [id, count]),
      [2, 1, 0].map((id) => [id, groups[id].length]),
    );
    assert.deepEqual(statistics.byMean(1000), []);
  });

  it('are placed where the state is strongest, once in a neighbourhood', () => {
    const statistics = new DriverStatistics(1);
    for (let position = 0; position < 1000; position++) {
      const bump = (at: number, height: number): number => height * Math.exp(-(((position - at) / 5) ** 2));
      statistics.add(0, bump(100, 0.9) + bump(120, 0.5) + bump(400, 0.7) - bump(700, 0.8), position);
    }
    const { high, low } = statistics.places(2);
    assert.deepEqual(
      high.map(({ position }) => position),
      [100, 400],
    );
    assert.equal(low[0].position, 700);
  });

  it('explain nothing of a state that never changes', () => {
    const statistics = new DriverStatistics(2);
    for (let position = 0; position < 20; position++) statistics.add(position % 2, 1, position);
    assert.ok(Number.isNaN(statistics.explained));
    assert.equal(statistics.deviation, 0);
  });
});
