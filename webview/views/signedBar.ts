// A bar in a table that grows from the middle of its room: to the right for what is above zero, to the left for what is below.
import { html } from '../dom';

/** `share` is −1…1; `mark`, on the same scale, is drawn as a line. */
export function signedBar(share: number, mark: number | null = null): HTMLElement {
  const end = Math.max(-1, Math.min(1, share));
  const bar = html('span', { class: 'bar' });
  bar.style.left = `${50 + 50 * Math.min(0, end)}%`;
  bar.style.width = `${50 * Math.abs(end)}%`;
  const room = html('span', { class: 'bar-room', 'aria-hidden': 'true' }, bar);
  if (mark !== null) {
    const line = html('span', { class: 'bar-mark' });
    line.style.left = `${50 + 50 * Math.max(-1, Math.min(1, mark))}%`;
    room.append(line);
  }
  return room;
}
