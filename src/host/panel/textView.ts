// The text the inspector looks at, as a trainer is told it.
import type { RunRecord } from '../../protocol/run';
import type { TextView } from '../../protocol/trainerMessages';
import type { CursorLink } from '../editor/cursorLink';

/** Live text around the cursor where an editor shows the run's text, else the beginning of what was trained on. */
export function textViewOf(link: CursorLink, record: RunRecord, columns: number, snapshot: number | null): TextView {
  const slice = link.slice(record);
  const place = slice ? { cursor: link.cursor ?? 0, windowStart: link.windowStart } : { cursor: 0, windowStart: null };
  return { slice, ...place, columns, snapshot };
}
