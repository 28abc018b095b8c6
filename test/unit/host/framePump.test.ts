// Pictures are asked for one at a time: the latest wish wins, hidden pages get none, training refreshes once a second.
import assert from 'node:assert/strict';
import { FramePump } from '../../../src/host/panel/framePump';
import type { TraceFrame } from '../../../src/protocol/traceFrame';

/** A trainer and a page under the test's hand, with a clock that it sets. */
class Stage {
  visible = true;
  now = 10_000;
  sent: number[] = [];
  failures: unknown[] = [];
  private answers: { resolve(frame: TraceFrame | null): void; reject(error: unknown): void }[] = [];
  asked = 0;
  /** Whether the last picture asked for is a first look. */
  rowOnly = false;
  readonly pump = new FramePump({
    canShow: () => this.visible,
    inspect: (rowOnly) => {
      this.asked++;
      this.rowOnly = rowOnly;
      return new Promise((resolve, reject) => this.answers.push({ resolve, reject }));
    },
    send: (sequence) => this.sent.push(sequence),
    failed: (error) => this.failures.push(error),
    now: () => this.now,
  });

  async answer(milliseconds = 10) {
    const header = { milliseconds, rowOnly: this.rowOnly };
    const frame = { header, layout: [], data: new ArrayBuffer(0) } as unknown as TraceFrame;
    this.answers.shift()?.resolve(frame);
    await settle();
  }

  async refuse(error: unknown) {
    this.answers.shift()?.reject(error);
    await settle();
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the stream of pictures', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.pump.dispose());

  it('asks once however often a picture is wanted while one is on its way', async () => {
    for (let i = 0; i < 20; i++) stage.pump.want();
    assert.equal(stage.asked, 1);
    await stage.answer();
    assert.deepEqual(stage.sent, [1]);
    assert.equal(stage.asked, 2, 'the latest wish is served while the page draws');
    await stage.answer();
    assert.deepEqual(stage.sent, [1], 'the page has not drawn the first');
    for (let i = 0; i < 20; i++) stage.pump.want();
    assert.equal(stage.asked, 2, 'one picture waits, which is enough');
    stage.pump.acknowledge(1);
    assert.deepEqual(stage.sent, [1, 2]);
    assert.equal(stage.asked, 3, 'and the latest wish again');
    await stage.answer();
    stage.pump.acknowledge(2);
    stage.pump.acknowledge(3);
    assert.deepEqual(stage.sent, [1, 2, 3]);
    assert.equal(stage.asked, 3, 'and nothing after it');
  });

  it('lets training make no picture before the page has drawn the one before', async () => {
    stage.pump.refresh();
    await stage.answer();
    stage.now += 2000;
    stage.pump.refresh();
    assert.equal(stage.asked, 1);
    stage.pump.acknowledge(1);
    assert.equal(stage.asked, 2);
  });

  it('refreshes so seldom that pictures take a thirtieth of the trainer’s time at most', async () => {
    stage.pump.refresh();
    await stage.answer(200);
    stage.pump.acknowledge(1);
    stage.now += 5900;
    stage.pump.refresh();
    assert.equal(stage.asked, 1);
    stage.now += 101;
    stage.pump.refresh();
    assert.equal(stage.asked, 2);
    stage.pump.want();
    await stage.answer(200);
    assert.equal(stage.asked, 3, 'whoever moves waits for nothing');
  });

  it('answers a moved cursor at once and mere training at most once a second', async () => {
    stage.pump.refresh();
    await stage.answer();
    stage.pump.acknowledge(1);
    stage.pump.refresh();
    stage.now += 900;
    stage.pump.refresh();
    assert.equal(stage.asked, 1);
    stage.pump.want();
    assert.equal(stage.asked, 2);
    await stage.answer();
    stage.pump.acknowledge(2);
    stage.now += 1001;
    stage.pump.refresh();
    assert.equal(stage.asked, 3);
  });

  it('asks nothing for a hidden page and drops what arrives while it is hidden', async () => {
    stage.visible = false;
    stage.pump.want();
    assert.equal(stage.asked, 0);
    stage.visible = true;
    stage.pump.want();
    stage.visible = false;
    await stage.answer();
    assert.deepEqual(stage.sent, []);
  });

  it('starts afresh after the page was loaded again', async () => {
    stage.pump.want();
    await stage.answer();
    stage.pump.reset();
    stage.pump.want();
    assert.equal(stage.asked, 2, 'the lost acknowledgement is not waited for');
  });

  it('goes on when an acknowledgement is lost', async () => {
    stage.pump.want();
    await stage.answer();
    stage.pump.want();
    await stage.answer();
    assert.deepEqual(stage.sent, [1]);
    stage.now += 6000;
    stage.pump.want();
    assert.deepEqual(stage.sent, [1, 2]);
    assert.equal(stage.asked, 3);
  });

  it('ignores the acknowledgement of an older picture', async () => {
    stage.pump.want();
    await stage.answer();
    stage.pump.want();
    await stage.answer();
    stage.pump.acknowledge(0);
    assert.deepEqual(stage.sent, [1]);
  });

  it('asks for a first look while the cursor moves, and for the whole picture once it rests', async () => {
    stage.pump.move();
    assert.equal(stage.rowOnly, false, 'the page has nothing to show beside it');
    await stage.answer();
    stage.pump.acknowledge(1);
    for (const sequence of [2, 3]) {
      stage.now += 100;
      stage.pump.move();
      assert.equal(stage.rowOnly, true);
      await stage.answer();
      stage.pump.acknowledge(sequence);
      assert.equal(stage.asked, sequence, 'nothing more while it moves');
    }
    stage.now += 200;
    stage.pump.refresh();
    assert.equal(stage.asked, 3, 'a person who types is not held up');
    stage.now += 60;
    stage.pump.refresh();
    assert.equal(stage.asked, 4);
    assert.equal(stage.rowOnly, false);
    stage.pump.move();
    await stage.answer();
    assert.equal(stage.asked, 5, 'a key waits for no page to draw');
    assert.equal(stage.rowOnly, true);
  });

  it('knows when the page shows the whole picture that was wished last', async () => {
    assert.equal(stage.pump.showsWhole, false, 'nothing is shown');
    stage.pump.want();
    assert.equal(stage.pump.showsWhole, false, 'it is being made');
    await stage.answer();
    assert.equal(stage.pump.showsWhole, true);
    stage.pump.acknowledge(1);
    stage.pump.move();
    assert.equal(stage.pump.showsWhole, false);
    await stage.answer();
    assert.equal(stage.pump.showsWhole, false, 'a first look is not the whole');
  });

  it('asks nothing where the cursor stays in the picture, and lets training renew it only once it rests', async () => {
    stage.pump.want();
    await stage.answer();
    stage.pump.acknowledge(1);
    stage.now += 900;
    stage.pump.stay();
    stage.now += 200;
    stage.pump.refresh();
    assert.equal(stage.asked, 1, 'due by its rate, but somebody moves');
    stage.now += 800;
    stage.pump.refresh();
    assert.equal(stage.asked, 2);
  });

  it('renews a picture in which somebody moves without a rest all the same, only more seldom', async () => {
    stage.pump.want();
    await stage.answer();
    stage.pump.acknowledge(1);
    for (let time = 0; time < 3900; time += 300) {
      stage.now += 300;
      stage.pump.stay();
      stage.pump.refresh();
    }
    assert.equal(stage.asked, 1);
    stage.now += 300;
    stage.pump.stay();
    stage.pump.refresh();
    assert.equal(stage.asked, 2);
  });

  it('wants the whole of another text, whoever moves in it', async () => {
    stage.pump.want();
    await stage.answer();
    stage.pump.acknowledge(1);
    stage.pump.move();
    stage.pump.want();
    stage.pump.move();
    assert.equal(stage.rowOnly, true);
    await stage.answer();
    assert.equal(stage.asked, 3);
    assert.equal(stage.rowOnly, false, 'what is wished already is another picture');
    await stage.answer();
    stage.pump.reset();
    stage.pump.move();
    assert.equal(stage.rowOnly, false, 'a page that was loaded anew has nothing');
  });

  it('reports a failure and is ready for the next wish', async () => {
    stage.pump.want();
    await stage.refuse(new Error('no'));
    assert.equal(stage.failures.length, 1);
    stage.pump.want();
    assert.equal(stage.asked, 2);
  });
});
