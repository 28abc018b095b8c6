// Which columns an edit after training concerns: a picture of the old text is wrong from the edit on, one of the live text nowhere.
import type { Staleness } from '../../src/protocol/inspectorMessages';
import type { FrameHeader } from '../../src/protocol/traceFrame';

/** First column whose picture is of text that is no more; null when the picture is right throughout. */
export function firstStaleColumn(header: FrameHeader, stale: Staleness | null): number | null {
  const edit = stale?.edit;
  if (!edit || header.origin === 'document') return null;
  const column = header.tokens.findIndex((token) => token.end > edit.start);
  return column < 0 ? null : column;
}

/** Columns typed since training, where the picture is of the live text; empty when none are in the window. */
export function newlyTypedColumns({ origin, tokens }: FrameHeader, stale: Staleness | null): number[] {
  const edit = stale?.edit;
  if (!edit || origin !== 'document') return [];
  return tokens.flatMap((token, t) => (token.end > edit.start && token.start < edit.end ? [t] : []));
}
