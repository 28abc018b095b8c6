// What the keys do among the arcs: ←/→ from word to word, ↑ to the head, ↓ to the first dependent, Home/End, Enter makes the word the focus, Space shows its sentence's other reading.
import type { PlacedWord } from './syntaxDrawing';

export type SyntaxMove =
  { kind: 'word'; word: number } | { kind: 'focus'; column: number } | { kind: 'reading'; word: number };

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** The move a key asks for from a word (by its number among all shown); null when it is not one of ours. */
export function syntaxMove(event: Pressed, words: readonly PlacedWord[], from: number): SyntaxMove | null {
  if (event.altKey || event.ctrlKey || event.metaKey || from < 0 || from >= words.length) return null;
  const reachable = words.flatMap(({ shown, extent }, word) =>
    shown.arcs.length > 0 && extent.side === 0 ? [word] : [],
  );
  if (reachable.length === 0) return null;
  const { shown, at, extent } = words[from];
  const to = (word: number | undefined): SyntaxMove => ({ kind: 'word', word: word ?? from });
  switch (event.key) {
    case 'ArrowLeft':
      return to(reachable.findLast((word) => word < from));
    case 'ArrowRight':
      return to(reachable.find((word) => word > from));
    case 'ArrowUp': {
      const head = shown.arcs[at]?.head ?? 0;
      return to(head === 0 ? undefined : shown.offset + head - 1);
    }
    case 'ArrowDown': {
      const dependent = shown.arcs.findIndex(({ head }) => head === at + 1);
      return to(dependent < 0 ? undefined : shown.offset + dependent);
    }
    case 'Home':
      return to(reachable[0]);
    case 'End':
      return to(reachable.at(-1));
    case 'Enter':
      return extent.columns ? { kind: 'focus', column: extent.columns.last } : null;
    case ' ':
      return shown.sentence.readings.length > 1 ? { kind: 'reading', word: from } : null;
    default:
      return null;
  }
}
