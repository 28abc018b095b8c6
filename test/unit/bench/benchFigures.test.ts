// The benchmark's arithmetic: medians, ratios to the fastest peer on as many threads, shares of the peak, aims.
import assert from 'node:assert/strict';
import { aimsOf, type Aim } from '../../bench/aims';
import type { Contestant } from '../../bench/contestants';
import { PEAK_OPERATIONS } from '../../bench/own/peak';
import { figuresOf, peakFiguresOf, ratiosOf, ratioTo } from '../../bench/results';
import type { Contest, Measurement } from '../../bench/rounds';
import { median } from '../../bench/statistics';
import { operationsOf, WORKLOADS, type ProductWorkload, type Workload } from '../../bench/workloads';

function workload(id: string): Workload {
  const found = WORKLOADS.find((each) => each.id === id);
  assert.ok(found, id);
  return found;
}

function contestant(id: string, threads: number, role: Contestant['role']): Contestant {
  return { id, name: id, threads, role, compiles: false, command: '', args: [], takes: () => true };
}

/** A measurement whose bursts took so many milliseconds a step. */
function measured(id: string, who: Contestant, ...bursts: number[][]): Measurement {
  const timed = bursts.map((milliseconds) => ({ milliseconds, cores: 1 }));
  return { workload: workload(id), contestant: who, bursts: timed, reason: null };
}

const contest = (...measurements: Measurement[]): Contest => ({ measurements, present: [], missing: [], rounds: 1 });
const [ours, ours2] = [contestant('ours', 1, 'ours'), contestant('ours', 2, 'ours')];
const [slow, fast] = [contestant('keras', 1, 'peer'), contestant('pytorch', 1, 'peer')];
const held = contestant('pytorch-avx2', 1, 'held');

describe('the benchmark', () => {
  it('takes the middle value, of an even number the mean of the middle two', () => {
    assert.equal(median([3, 1, 100]), 3);
    assert.equal(median([4, 1, 2, 100]), 3);
    assert.throws(() => median([]), RangeError);
  });

  it('gives the median over rounds of the medians of the bursts, which one disturbed round does not move', () => {
    const [figure] = figuresOf(contest(measured('lstm128', ours, [10, 11, 90], [10, 10, 10], [400, 500, 600])));
    assert.equal(figure.milliseconds, 11);
    assert.equal(figure.stepsPerSecond, 1000 / 11);
    assert.equal(figure.leastMilliseconds, 10);
    assert.equal(figure.steps, 9);
  });

  it('compares with the fastest peer on as many threads, and with no peer that is held back', () => {
    const figures = figuresOf(
      contest(
        measured('lstm128', ours, [10]),
        measured('lstm128', ours2, [5]),
        measured('lstm128', slow, [30]),
        measured('lstm128', fast, [15]),
        measured('lstm128', held, [2]),
        measured('lstm128', contestant('keras', 2, 'peer'), [20]),
      ),
    );
    const ratios = ratiosOf(figures).map(({ threads, fastestPeer, ratio }) => ({ threads, fastestPeer, ratio }));
    assert.deepEqual(ratios, [
      { threads: 1, fastestPeer: 'pytorch', ratio: 1.5 },
      { threads: 2, fastestPeer: 'keras', ratio: 4 },
    ]);
    assert.equal(ratioTo(figures, 'lstm128', 'pytorch-avx2', 1), 0.2);
  });

  it('compares least times too, which a disturbed machine spoils less', () => {
    const figures = figuresOf(
      contest(measured('lstm128', ours, [40, 40, 10]), measured('lstm128', fast, [15, 15, 15])),
    );
    const [{ ratio, leastRatio }] = ratiosOf(figures);
    assert.deepEqual({ ratio, leastRatio }, { ratio: 15 / 40, leastRatio: 1.5 });
  });

  it('says nothing of a workload that it did not measure', () => {
    const unmeasured = { ...measured('bilstm128', ours), reason: 'not built: a classifier' };
    const figures = figuresOf(contest(unmeasured, measured('bilstm128', fast, [15])));
    assert.equal(figures[0].milliseconds, null);
    assert.equal(figures[0].reason, 'not built: a classifier');
    assert.deepEqual(ratiosOf(figures), []);
    assert.equal(ratioTo(figures, 'bilstm128', 'pytorch', 1), null);
  });

  it('takes the products as shares of the peak, and their harmonic mean', () => {
    const products = WORKLOADS.filter((each): each is ProductWorkload => each.task === 'product').slice(0, 2);
    const peakMilliseconds = 2;
    const peakSpeed = PEAK_OPERATIONS / peakMilliseconds;
    const atShare = (product: ProductWorkload, share: number): Measurement =>
      measured(product.id, ours, [operationsOf(product) / (share * peakSpeed), 1000]);
    const figures = peakFiguresOf(
      contest(measured('peak', ours, [9, peakMilliseconds]), atShare(products[0], 0.9), atShare(products[1], 0.45)),
    );
    assert.ok(figures);
    assert.equal(figures.gigaflops, peakSpeed / 1e6);
    assert.deepEqual(
      figures.products.map(({ share }) => share.toFixed(6)),
      ['0.900000', '0.450000'],
    );
    // As much work at each speed takes 1/0.9 + 1/0.45 = 10/3 instead of 2 units of time.
    assert.equal(figures.share?.toFixed(6), '0.600000');
  });

  it('sets the aims beside what was measured, and leaves open what was not', () => {
    const peers = [15, 20, 30].map((ms, at) =>
      measured('gru128', contestant(['jax', 'pytorch', 'keras'][at], 1, 'peer'), [ms]),
    );
    assert.deepEqual(gruAims(contest(measured('gru128', ours, [10]), ...peers)), [
      { wanted: 1.8, measured: 1.5, reached: false },
      { wanted: 1.8, measured: null, reached: null },
    ]);
  });

  it('holds no aim reached beside fewer peers than it means', () => {
    const [alone] = gruAims(contest(measured('gru128', ours, [10]), measured('gru128', slow, [30])));
    assert.deepEqual(alone, { wanted: 1.8, measured: 3, reached: null });
  });
});

function gruAims(of: Contest): Pick<Aim, 'wanted' | 'measured' | 'reached'>[] {
  const figures = figuresOf(of);
  return aimsOf({ figures, ratios: ratiosOf(figures), peak: null, allThreads: 2 })
    .filter(({ aim }) => aim.startsWith('GRU 128'))
    .map(({ wanted, measured, reached }) => ({ wanted, measured, reached }));
}
