// What a comparison is made of, and how long compared runs keep their trainers.
import assert from 'node:assert/strict';
import { beginningOf, isReplicate, plannedRuns, plannedShares } from '../../../src/host/runs/comparisonPlan';
import { TrainerLeases } from '../../../src/host/runs/trainerLeases';
import { DEFAULT_CONFIG, LIMITS } from '../../../src/protocol/runConfig';

const base = { ...DEFAULT_CONFIG, seed: 7 };
const others = [
  { ...base, cell: 'gru' as const, hiddenUnits: 150 },
  { ...base, cell: 'vanilla' as const, hiddenUnits: 272 },
];

describe('the runs of a comparison', () => {
  it('are the other cells with the seed of the run shown', () => {
    assert.deepEqual(plannedRuns(base, others, 1), others);
  });

  it('take turns where there are several seeds, the same for every cell, the run shown having its first already', () => {
    const planned = plannedRuns(base, others, 3);
    assert.deepEqual(
      planned.map(({ cell, seed }) => `${cell} ${seed}`),
      ['gru 7', 'vanilla 7', 'lstm 8', 'gru 8', 'vanilla 8', 'lstm 9', 'gru 9', 'vanilla 9'],
    );
    assert.ok(planned.filter(({ cell }) => cell === 'lstm').every((config) => isReplicate(config, base)));
    assert.ok(!isReplicate(others[0], others[1]));
  });

  it('are trained again on parts of the text, the cell shown among them', () => {
    const planned = plannedShares(base, others, 2, [10, 30, 100]);
    assert.deepEqual(
      planned.map(({ config: { cell, seed }, share }) => `${share} ${cell} ${seed}`),
      [10, 30].flatMap((share) =>
        ['lstm 7', 'gru 7', 'vanilla 7', 'lstm 8', 'gru 8', 'vanilla 8'].map((name) => `${share} ${name}`),
      ),
    );
  });

  it('read the beginning of a file, of a selection or of live text, whole characters only', () => {
    const source = { uri: 'u', name: 'a', path: '/a', part: { kind: 'whole' as const } };
    const head = (bytes: number) => ({ kind: 'head', bytes });
    assert.deepEqual(beginningOf({ source, text: null, bytes: 999 }, 10).source.part, head(100));
    const million = { ...source, part: { kind: 'head' as const, bytes: 500 } };
    assert.deepEqual(beginningOf({ source: million, text: null, bytes: 999 }, 30).source.part, head(150));
    const selected = { ...source, path: null, part: { kind: 'selection' as const, start: 7, end: 17 } };
    const cut = beginningOf({ source: selected, text: 'ab😀efghij', bytes: 10 }, 30);
    assert.deepEqual([cut.text, cut.source.part], ['ab😀', { kind: 'selection', start: 7, end: 11 }]);
    const live = beginningOf({ source: { ...source, path: null }, text: '0123456789', bytes: 10 }, 30);
    assert.deepEqual([live.text, live.source.part], ['012', { kind: 'selection', start: 0, end: 3 }]);
  });

  it('never have a seed that no run may have', () => {
    const [, largest] = LIMITS.seed;
    const seeds = plannedRuns({ ...base, seed: largest }, [], 3).map(({ seed }) => seed);
    assert.deepEqual(seeds, [0, 1]);
  });
});

describe('a compared run', () => {
  it('keeps its trainer until others were asked, or for a while', async () => {
    let ended = 0;
    const leases = new TrainerLeases<string>(2, 30, () => ended++);
    leases.hold('a');
    leases.hold('b');
    leases.hold('a');
    leases.hold('c');
    assert.deepEqual(
      ['a', 'b', 'c'].map((run) => leases.has(run)),
      [true, false, true],
      'the one asked longest ago lets its trainer go',
    );
    assert.equal(ended, 1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.deepEqual([leases.has('a'), leases.has('c'), ended], [false, false, 3]);
    leases.dispose();
  });
});
