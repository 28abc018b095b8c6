// Follows the cursor for the inspector: sends it the pictures and where the cursor is, and asks for a picture only of a place that is in none.
import type { ToInspector } from '../../protocol/inspectorMessages';
import type { TraceFrame } from '../../protocol/traceFrame';
import type { CursorLink } from '../editor/cursorLink';
import { EditNews } from './editNews';
import type { FramePump } from './framePump';
import { columnWithin, frameAt, type LookedAt } from './shownFrame';
import type { SnapshotChoice } from './snapshotChoice';

export interface FollowedPlaceDoor {
  readonly link: Pick<CursorLink, 'cursor' | 'windowStart' | 'setWindowStart'> & {
    readonly document: { readonly version: number } | null;
  };
  readonly runs: { readonly current: { readonly id: string } | null };
  readonly snapshots: Pick<SnapshotChoice, 'current'>;
  post(message: ToInspector): void;
  sendState(): void;
  readonly pump: Pick<FramePump, 'move' | 'stay' | 'showsWhole'>;
}

export class FollowedPlace {
  readonly news: EditNews;
  /** What was sent last, and the last that leaned on no other. */
  private sent: TraceFrame | null = null;
  private whole: TraceFrame | null = null;

  constructor(private readonly door: FollowedPlaceDoor) {
    this.news = new EditNews({ cursor: () => this.tellCursor(), state: () => door.sendState() });
  }

  /** The picture that is shown, as if it had been made for the cursor where it is. */
  get lastFrame(): TraceFrame | null {
    return frameAt(this.whole, this.lookedAt());
  }

  /** Number of the picture that was sent last. */
  get picture(): number | undefined {
    return this.sent?.header.picture;
  }

  /** The cursor moved, or the text around it was edited. */
  changed(): void {
    const { pump } = this.door;
    const at = this.lookedAt();
    const header = this.sent?.header;
    // An older text's picture has no column for the new place.
    if (header?.origin === 'document' && header.documentVersion !== at.version) this.news.cursorMoved();
    else this.tellCursor();
    if (header && pump.showsWhole && columnWithin(header, at) !== null) pump.stay();
    else pump.move();
  }

  /** Another document is linked. */
  left(): void {
    this.sent = null;
  }

  send(sequence: number, frame: TraceFrame): void {
    const { header } = frame;
    if (header.origin === 'document' && header.documentVersion === this.lookedAt().version)
      this.door.link.setWindowStart(header.tokens[0]?.start ?? null);
    this.sent = frame;
    if (!header.keeps) this.whole = frame;
    this.news.pictureComes(header.rowOnly !== true);
    this.door.post({ kind: 'frame', sequence, frame });
  }

  dispose(): void {
    this.news.dispose();
  }

  private lookedAt(): LookedAt {
    const { link, runs, snapshots } = this.door;
    const { document, cursor, windowStart } = link;
    return { runId: runs.current?.id, version: document?.version, cursor, windowStart, snapshot: snapshots.current };
  }

  private tellCursor(): void {
    const { cursor } = this.door.link;
    if (cursor !== null) this.door.post({ kind: 'cursor', cursor });
  }
}
