// What the keys do in the pictures: ←/→ a step, with Shift a word, Home/End the window's ends, ↑/↓ the unit above or below.
import type { Picture } from '../picture';

export type KeyMove =
  { kind: 'focus'; column: number } | { kind: 'hover'; column: number } | { kind: 'unit'; unit: number };

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** The move a key asks for; null when it is not one of ours. */
export function timeZoneKey(event: Pressed, picture: Picture): KeyMove | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const { header, focus, order, unit } = picture;
  const last = header.tokens.length - 1;
  const to = (column: number): KeyMove => ({ kind: 'focus', column: Math.max(0, Math.min(last, column)) });
  const row = order.indexOf(unit);
  const unitAt = (next: number): KeyMove => ({
    kind: 'unit',
    unit: order[Math.max(0, Math.min(order.length - 1, next))],
  });
  switch (event.key) {
    case 'ArrowLeft':
      return to(event.shiftKey ? wordEdge(picture, -1) : focus - 1);
    case 'ArrowRight':
      return to(event.shiftKey ? wordEdge(picture, 1) : focus + 1);
    case 'Home':
      return to(0);
    case 'End':
      return to(last);
    case 'ArrowUp':
      return unitAt(row - 1);
    case 'ArrowDown':
      return unitAt(row + 1);
    default:
      return null;
  }
}

/** The nearest word's last letter in a direction. */
function wordEdge({ header, focus }: Picture, direction: 1 | -1): number {
  const isLetter = (t: number): boolean => /[\p{L}\p{N}]/u.test(header.tokens[t]?.text ?? '');
  const endsWord = (t: number): boolean => isLetter(t) && !isLetter(t + 1);
  let t = focus + direction;
  while (t > 0 && t < header.tokens.length - 1 && !endsWord(t)) t += direction;
  return t;
}

/**
 * In the pictures of the focus step's gradient ←/→ and Home/End go along the states j that it reaches, as the pointer would; ↑/↓ go to
 * the loss step above or below where the rows are loss steps.
 */
export function gradientKey(event: Pressed, picture: Picture, rowsAreSteps: boolean): KeyMove | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const { header, focus } = picture;
  const steps = header.tokens.length - 1;
  const last = header.bidirectional ? steps : focus;
  const at = Math.min(last, picture.hover ?? focus);
  const to = (column: number): KeyMove => ({ kind: 'hover', column: Math.max(0, Math.min(last, column)) });
  const row = (column: number): KeyMove => ({ kind: 'focus', column: Math.max(0, Math.min(steps, column)) });
  switch (event.key) {
    case 'ArrowLeft':
      return to(at - 1);
    case 'ArrowRight':
      return to(at + 1);
    case 'Home':
      return to(0);
    case 'End':
      return to(last);
    case 'ArrowUp':
      return rowsAreSteps ? row(focus - 1) : null;
    case 'ArrowDown':
      return rowsAreSteps ? row(focus + 1) : null;
    default:
      return null;
  }
}

/** Where a picture takes such keys, and whether its rows are loss steps; null elsewhere. */
export function gradientKeysAt(target: EventTarget | null): { rowsAreSteps: boolean } | null {
  const keys = target instanceof HTMLElement ? target.dataset.gradientKeys : undefined;
  return keys === undefined ? null : { rowsAreSteps: keys === 'rows' };
}
