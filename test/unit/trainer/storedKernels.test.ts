// A stored run goes on with the kernels it was trained with; where they do not run, the log says that bits may differ.
import assert from 'node:assert/strict';
import { sameBits, type KernelModules } from '../../../src/engine/kernels/kernelVariants';
import { kernelModules, RUNNING_VARIANTS } from '../engine/kernelsUnderTest';
import { smallText, TINY, Workspace } from './trainerFixture';

describe('the kernels of a stored run', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  /** Trains for an epoch on some modules, then opens the run with others; the log of the opening. */
  async function reopen(first: KernelModules | null, second: KernelModules | null) {
    const order = workspace.order('run', TINY, { text: smallText(120) });
    const { session } = workspace.session({ kernelsWasm: first });
    session.train(order);
    await session.settled();
    const other = workspace.session({ kernelsWasm: second });
    await other.session.open({ runFolder: order.runFolder, text: null });
    const warnings = other.events.filter((event) => event.kind === 'log' && event.level === 'warning');
    return { trained: session.record, opened: other.session.record, warnings, session: other.session };
  }

  for (const name of RUNNING_VARIANTS)
    it(`${name} is taken again although there are others`, async () => {
      const { trained, opened, warnings } = await reopen({ [name]: kernelModules()[name] }, kernelModules());
      assert.equal(trained.engine.kernels, name);
      assert.ok(sameBits(opened.engine.kernels, name), opened.engine.kernels);
      assert.deepEqual(warnings, []);
    });

  it('a warning says when they do not run here, and the record names the new ones', async () => {
    const { trained, opened, warnings, session } = await reopen({ simd: kernelModules().simd }, null);
    assert.equal(trained.engine.kernels, 'simd');
    assert.equal(opened.engine.kernels, 'javascript');
    assert.equal(opened.engine.kernelsBefore, 'simd');
    assert.match(JSON.stringify(warnings), /trained with simd kernels.*bits may differ/);
    await session.resume();
    await session.settled();
    assert.equal(session.record.engine.kernels, 'javascript');
    const { session: later } = workspace.session({ kernelsWasm: kernelModules() });
    const { engine } = await later.open({ runFolder: workspace.runFolder('run'), text: null });
    assert.deepEqual([engine.kernels, engine.kernelsBefore], ['javascript', 'simd'], 'what was mixed stays known');
  });

  it('are not called mixed when the run was only looked at with others', async () => {
    const { session } = await reopen({ simd: kernelModules().simd }, null);
    await session.close();
    const { session: later } = workspace.session({ kernelsWasm: kernelModules() });
    const { engine } = await later.open({ runFolder: workspace.runFolder('run'), text: null });
    assert.deepEqual([engine.kernels, engine.kernelsBefore], ['simd', undefined]);
  });

  it('are told with the runtime, the threads and the shape of a batch', async () => {
    const { trained, opened } = await reopen(kernelModules(), kernelModules());
    for (const { engine, batch } of [trained, opened]) {
      assert.equal(engine.runtime, `Node.js ${process.versions.node}`);
      assert.equal(engine.threads, 1);
      assert.deepEqual(batch, { timesteps: TINY.sequenceLength, lanes: TINY.batchSize });
    }
  });
});
