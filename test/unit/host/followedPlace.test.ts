// What a moved cursor asks of the trainer and tells the page.
import assert from 'node:assert/strict';
import { FollowedPlace } from '../../../src/host/panel/followedPlace';
import type { TraceFrame } from '../../../src/protocol/traceFrame';

/** A document of single letters, a page and a pump under the test's hand. */
class Stage {
  readonly posted: string[] = [];
  version = 1;
  cursor = 3;
  windowStart: number | null = null;
  asked = 0;
  stayed = 0;
  showsWhole = true;
  readonly place: FollowedPlace;

  constructor() {
    const at = (): Stage => this;
    this.place = new FollowedPlace({
      link: {
        get cursor() {
          return at().cursor;
        },
        get windowStart() {
          return at().windowStart;
        },
        get document() {
          return { version: at().version };
        },
        setWindowStart: (offset) => (this.windowStart = offset),
      },
      runs: { current: { id: 'a' } },
      snapshots: { current: null },
      post: (message) => this.posted.push(message.kind),
      sendState: () => this.posted.push('state'),
      pump: {
        move: () => this.asked++,
        stay: () => this.stayed++,
        get showsWhole() {
          return at().showsWhole;
        },
      },
    });
  }

  /** A picture of ten letters of the text as it is now. */
  sendPicture(more: Partial<TraceFrame['header']> = {}): void {
    const tokens = [...'abcdefghij'].map((text, start) => ({ text, start, end: start + 1, known: true }));
    const header = { runId: 'a', origin: 'document', documentVersion: this.version, focus: 2, tokens, ...more };
    this.place.send(1, { header, layout: [], data: new ArrayBuffer(0) } as unknown as TraceFrame);
  }
}

describe('a cursor that moves', () => {
  let stage: Stage;
  beforeEach(() => (stage = new Stage()));
  afterEach(() => stage.place.dispose());

  it('within the picture that is shown is told at once and asks nothing', () => {
    stage.sendPicture();
    stage.cursor = 7;
    stage.place.changed();
    assert.deepEqual([stage.posted, stage.asked, stage.stayed], [['frame', 'cursor'], 0, 1]);
    assert.equal(stage.place.lastFrame?.header.focus, 6);
  });

  it('out of it, or while another picture is due, asks for one', () => {
    stage.sendPicture();
    stage.cursor = 40;
    stage.place.changed();
    assert.equal(stage.asked, 1);
    stage.showsWhole = false;
    stage.cursor = 7;
    stage.place.changed();
    assert.deepEqual([stage.asked, stage.stayed], [2, 0]);
  });

  it('in an edited text asks for a picture and is told with it: the old one has no column for it', () => {
    stage.sendPicture();
    stage.version = 2;
    stage.cursor = 4;
    stage.place.changed();
    assert.deepEqual([stage.posted, stage.asked], [['frame'], 1]);
    stage.sendPicture({ rowOnly: true });
    assert.deepEqual(stage.posted, ['frame', 'cursor', 'frame']);
  });

  it('keeps the window where the last picture of this text began', () => {
    stage.sendPicture();
    assert.equal(stage.windowStart, 0);
    stage.windowStart = null;
    stage.version = 2;
    stage.sendPicture({ documentVersion: 1 });
    assert.equal(stage.windowStart, null, 'a picture of an older text says nothing of this one');
  });

  it('asks anew in another document', () => {
    stage.sendPicture();
    stage.place.left();
    stage.place.changed();
    assert.equal(stage.asked, 1);
    assert.equal(stage.place.picture, undefined);
  });
});
