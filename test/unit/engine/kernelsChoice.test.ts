// Which kernels a run gets: what validates, what passes its self-test, what a stored run was trained with.
import assert from 'node:assert/strict';
import { sameBits } from '../../../src/engine/kernels/kernelVariants';
import { selectKernels } from '../../../src/engine/kernels/selectKernels';
import { kernelModules, RUNNING_VARIANTS } from './kernelsUnderTest';

const relaxedRuns = RUNNING_VARIANTS.includes('relaxed-simd');

describe('choosing kernels', () => {
  it('takes relaxed SIMD where it runs, the fixed one elsewhere, and says how fast each was', async () => {
    const { kernels, reason } = await selectKernels(kernelModules(), 65536);
    assert.ok(sameBits(kernels.name, relaxedRuns ? 'relaxed-simd' : 'simd'), kernels.name);
    assert.match(reason, /GFLOP\/s simd \d+/);
    assert.match(reason, /self-test error/);
    if (!relaxedRuns) assert.match(reason, /relaxed-simd is not accepted by this runtime/);
  });

  it('takes 20 ms for its measurements, and takes them once', async () => {
    const modules = kernelModules();
    const { reason } = await selectKernels(modules, 65536);
    const begin = performance.now();
    assert.equal((await selectKernels(modules, 65536)).reason, reason);
    assert.ok(performance.now() - begin < 15);
  });

  it('takes what a stored run was trained with', async () => {
    for (const name of RUNNING_VARIANTS) {
      const { kernels, reason } = await selectKernels(kernelModules(), 65536, name);
      assert.ok(sameBits(kernels.name, name), `${kernels.name} for ${name}`);
      assert.match(reason, new RegExp(`trained with ${name}`));
    }
    assert.equal((await selectKernels(kernelModules(), 65536, 'javascript')).kernels.name, 'javascript');
  });

  it('takes another where that one is missing', async () => {
    const { kernels } = await selectKernels({ simd: kernelModules().simd }, 65536, 'relaxed-simd-wide');
    assert.equal(kernels.name, 'simd');
  });

  it('leaves a damaged module out', async () => {
    const { simd, ...relaxed } = kernelModules();
    const damaged = { ...relaxed, 'relaxed-simd': simd.slice(0, 500), 'relaxed-simd-wide': simd.slice(0, 500), simd };
    const { kernels, reason } = await selectKernels(damaged, 65536);
    assert.equal(kernels.name, 'simd');
    assert.match(reason, /relaxed-simd-wide is not accepted/);
  });

  it('falls back to plain code, saying why, without a module, with a damaged one and with one that is something else', async () => {
    const cut = kernelModules().simd.slice(0, 500);
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    for (const modules of [null, {}, { simd: cut }, { simd: empty }]) {
      const { kernels, reason } = await selectKernels(modules, 65536);
      assert.equal(kernels.name, 'javascript');
      assert.ok(reason.length > 10);
    }
  });

  it('throws a RangeError for more memory than can be had', async () => {
    await assert.rejects(selectKernels(kernelModules(), 5 * 2 ** 30), RangeError);
  });
});
