// Whether the text on screen still is the text a run was trained on, and from where on it differs.
import type { Staleness } from '../../protocol/inspectorMessages';

export interface TextEdit {
  /** UTF-16 offset where the edit begins. */
  start: number;
  removed: number;
  inserted: number;
}

/** The stretch that differs, grown by one more edit. Offsets are those after the edit. */
export function mergeEdit(before: Staleness['edit'], edit: TextEdit): NonNullable<Staleness['edit']> {
  const end = edit.start + edit.inserted;
  if (before === null) return { start: edit.start, end, characters: edit.inserted };
  const delta = edit.inserted - edit.removed;
  const oldEnd = before.end > edit.start ? Math.max(before.end + delta, end) : before.end;
  return {
    start: Math.min(before.start, edit.start),
    end: Math.max(oldEnd, end),
    characters: before.characters + edit.inserted,
  };
}

/** Staleness after edits that came together in one change; an edit whose place is unknown stays unknown. */
export function staleAfterEdits(before: Staleness | null, edits: readonly TextEdit[]): Staleness {
  if (before !== null && before.reason !== 'deleted' && before.edit === null) return before;
  let edit = before?.edit ?? null;
  for (const one of edits) edit = mergeEdit(edit, one);
  return { reason: 'edited', edit };
}

/** Hex SHA-256 of a text's UTF-8 bytes, as the trainer records it for the decoded text. */
export async function hashText(text: string): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
