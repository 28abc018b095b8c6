// The picture that the page shows: whether it holds what a moved cursor asks for, so that nothing has to be computed and sent again.
import type { FrameHeader, TraceFrame } from '../../protocol/traceFrame';

/** What is looked at now. */
export interface LookedAt {
  runId: string | undefined;
  /** Of the linked document. */
  version: number | undefined;
  /** UTF-16 offsets of the cursor and of the window's first token. */
  cursor: number | null;
  windowStart: number | null;
  /** Training step of the snapshot; null: the newest weights. */
  snapshot: number | null;
}

/**
 * Column of the cursor's token in a whole picture of the window that is looked at; null where a picture of that place must be made: of
 * other weights than those chosen, of an older text, of a first look, or of a window without the cursor.
 */
export function columnWithin(header: FrameHeader, at: LookedAt): number | null {
  const { tokens, origin, rowOnly, prediction } = header;
  // A task's picture is of the one loss of an example: the cursor may have come to another.
  if (rowOnly === true || prediction !== undefined || origin !== 'document' || tokens.length === 0) return null;
  if (header.runId !== at.runId || header.documentVersion !== at.version) return null;
  if ((header.snapshot === true ? header.step : null) !== at.snapshot) return null;
  const { cursor } = at;
  const last = tokens[tokens.length - 1];
  if (cursor === null || at.windowStart !== tokens[0].start || cursor < tokens[0].end || cursor > last.end) return null;
  return tokens.findLastIndex(({ start }) => start < cursor);
}

/** The picture as it would have been made for the cursor where it is now. */
export function frameAt(frame: TraceFrame | null, at: LookedAt): TraceFrame | null {
  const focus = frame && columnWithin(frame.header, at);
  return focus === null ? frame : frame && { ...frame, header: { ...frame.header, focus } };
}
