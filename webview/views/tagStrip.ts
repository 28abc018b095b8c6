// The likeliest tag of every token under its column, with its probability; those that the file says otherwise are marked.
import * as l10n from '@vscode/l10n';
import { html, setShown, setText, svg } from '../dom';
import { columnMiddle, columns } from '../geometry/timeAxis';
import type { Picture, View } from '../picture';
import { quoted, shareText } from '../shownText';
import { createChangeGuard, createTrack } from './track';

const HEIGHT = 46;
const DEGREES = 55;
const LONGEST_TAG = 8;

export function createTagStrip(): View {
  const track = createTrack('tags');
  track.left.append(html('span', { class: 'note' }, l10n.t('likeliest tags')));
  const value = html('span');
  track.right.append(value);
  track.drawing.removeAttribute('aria-hidden');
  track.drawing.setAttribute('role', 'img');
  const changed = createChangeGuard();
  return {
    element: track.element,
    update(picture) {
      const { axis, header, focus, hover } = picture;
      const isTagging = header.prediction?.task === 'tagging';
      setShown(track.element, isTagging);
      if (!isTagging) return;
      const at = hover ?? focus;
      const [best] = header.predictions[at] ?? [];
      setText(value, best ? shareText(best.probability) : '');
      if (!changed([header, axis.width, axis.column, axis.first, axis.count, focus])) return;
      track.resize(axis, HEIGHT);
      track.drawing.setAttribute('aria-label', tagText(picture, focus));
      track.drawing.replaceChildren(...columns(axis).flatMap((t) => tag(picture, t)));
    },
  };
}

function tag(picture: Picture, t: number): SVGElement[] {
  const { axis, header, focus } = picture;
  const [best] = header.predictions[t] ?? [];
  if (!best) return [];
  const gold = header.prediction?.tags?.[t] ?? null;
  const kind = [
    'tag',
    ...(gold !== null && gold !== best.text ? ['missed'] : []),
    ...(t === focus ? ['focus'] : []),
  ].join(' ');
  const [x, y] = [columnMiddle(axis, t) - 4, 10];
  const text = best.text.length > LONGEST_TAG ? `${best.text.slice(0, LONGEST_TAG - 1)}…` : best.text;
  const place = { x, y, transform: `rotate(${DEGREES} ${x} ${y})` };
  const opacity = (0.45 + 0.55 * best.probability).toFixed(2);
  return [svg('text', { class: kind, opacity, ...place }, svg('title', {}, tagText(picture, t)), text)];
}

/** “run”: VERB 83 %, NOUN 10 %; the file says NOUN. */
function tagText({ header }: Picture, t: number): string {
  const told = (header.predictions[t] ?? []).map(({ text, probability }) => `${text} ${shareText(probability)}`);
  const gold = header.prediction?.tags?.[t] ?? null;
  const said = `${quoted(header.tokens[t]?.text ?? '')}: ${told.join(', ')}`;
  return gold === null ? said : `${said}; ${l10n.t('the file says {0}', gold)}`;
}
