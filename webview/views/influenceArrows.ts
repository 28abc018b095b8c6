// Influence arrows: from each token read to the token predicted at the focus step, as wide as what the method chosen says of it.
import * as l10n from '@vscode/l10n';
import { createSlider } from '../controls/slider';
import { html, setText, svg } from '../dom';
import {
  crescentHeight,
  crescentPath,
  strongestSources,
  type Influence,
  type InfluenceSource,
} from '../geometry/influence';
import { columnMiddle, type TimeAxis } from '../geometry/timeAxis';
import { measureInfluence, targetText, type InfluenceMeasures } from '../influenceMeasures';
import type { Picture, View, ViewEvents } from '../picture';
import { strongWithoutArc } from '../syntaxMeasures';
import { gateNumber, quoted, scientific, shareText } from '../shownText';
import { createInfluenceHeader } from './influenceHeader';
import { createChangeGuard, createTrack } from './track';

const HEIGHT = 92;
const MOST_ARROWS = 40;
const WIDEST = 14;

/** The arrows' row with its slider for how many of the strongest are drawn, under the choice of the method. */
export function createInfluenceArrows(events: ViewEvents): View {
  const header = createInfluenceHeader(events);
  const track = createTrack('influence');
  const count = html('div', { class: 'note' });
  const mass = html('div', { class: 'note' });
  const slider = createSlider({
    label: l10n.t('arrows'),
    min: 1,
    max: MOST_ARROWS,
    step: 1,
    value: 12,
    format: String,
    onInput: (k) => events.topArrows(k),
  });
  track.left.append(count, mass, slider.element);
  const brief = html('div', { class: 'note influence-brief' });
  const isolated = html('div', { class: 'isolated-arrow', role: 'status' });
  track.element.append(brief, isolated);
  track.drawing.removeAttribute('aria-hidden');
  track.drawing.setAttribute('role', 'img');
  const changed = createChangeGuard();
  // What taking tokens away has shown may come later than the arrows: it is looked up when one is pointed at.
  let latest: InfluenceMeasures | null = null;

  return {
    element: html('div', { class: 'influence-section' }, header.element, track.element),
    update(picture) {
      const { axis, arrays, focus, topArrows } = picture;
      const measures = measureInfluence(picture);
      header.update(picture, measures);
      slider.set({ value: topArrows });
      track.drawing.classList.toggle('pending', measures.stale);
      latest = measures;
      const { method, answered } = measures;
      const unjoined = strongWithoutArc(picture);
      const answers = [method, answered, [...unjoined].join()];
      if (
        !changed([
          arrays,
          picture.header,
          focus,
          topArrows,
          axis.width,
          axis.column,
          axis.first,
          axis.count,
          ...answers,
        ])
      )
        return;
      track.resize(axis, HEIGHT);
      const influence = strongestSources(measures.row ?? [], topArrows, axis.first);
      const known = measures.row !== null;
      const drawn = known ? l10n.t('top {0} of {1}', influence.sources.length, influence.candidates) : '';
      const covered = known ? l10n.t('{0} of mass', shareText(coverageShown(influence))) : '';
      setText(count, drawn);
      setText(mass, covered);
      mass.title = known ? l10n.t('What the arrows drawn hold of the sum of all magnitudes.') : '';
      setText(brief, known ? `${drawn} · ${covered}` : '');
      const target = targetText(picture);
      setText(
        isolated,
        target === null
          ? l10n.t('The text ends here: there is no next token whose loss could send a gradient back.')
          : '',
      );
      isolated.classList.toggle('right', focus - axis.first < axis.count / 2);
      const described = (source: InfluenceSource): string =>
        describe(picture, latest ?? measures, source, target ?? '');
      track.drawing.setAttribute(
        'aria-label',
        [drawn, covered, ...influence.sources.slice(0, 3).map(described)].filter((part) => part !== '').join('; '),
      );
      track.drawing.replaceChildren(
        ...crescents(axis, focus + 1, influence.sources, method !== 'norm', unjoined, (source) =>
          setText(isolated, source ? described(source) : ''),
        ),
      );
    },
  };
}

/** All only where it is all: what is left out is never rounded away. */
function coverageShown({ coverage, sources, candidates }: Influence): number {
  return sources.length < candidates ? Math.min(coverage, 0.99) : coverage;
}

/** A source in words: what the method says of it, and what taking it away does where that is known. */
function describe(
  picture: Picture,
  { method, check }: InfluenceMeasures,
  { column, value, share }: InfluenceSource,
  target: string,
): string {
  const lag = picture.focus + 1 - column;
  const said = `${placeText(quoted(picture.header.tokens[column]?.text ?? ''), lag, quoted(target))}: ${amountText(method, value, share)}`;
  const at = check?.ablation.columns.indexOf(column) ?? -1;
  if (!check || at < 0) return said;
  const [logit, loss] = [-check.ablation.logit[at], check.ablation.loss[at]].map(withSign);
  return `${said} · ${l10n.t('without it: logit {0}, loss {1} nats', logit, loss)}`;
}

/** A source after what is predicted, which only a network that reads both ways has. */
/** Where a token stands; `lag` is below 0 behind the target. */
function placeText(token: string, lag: number, target: string): string {
  if (lag === 1) return l10n.t('{0}, 1 step before {1}', token, target);
  if (lag === -1) return l10n.t('{0}, 1 step after {1}', token, target);
  return lag < 0
    ? l10n.t('{0}, {1} steps after {2}', token, -lag, target)
    : l10n.t('{0}, {1} steps before {2}', token, lag, target);
}

function amountText(method: InfluenceMeasures['method'], value: number, share: number): string {
  if (method === 'norm') return l10n.t('{0} of the gradient, norm {1}', shareText(share), scientific(value));
  const amount = [scientific(Math.abs(value)), shareText(share)];
  return value > 0
    ? l10n.t('raises its logit by {0}, {1} of all', ...amount)
    : l10n.t('lowers its logit by {0}, {1} of all', ...amount);
}

const withSign = (value: number): string => (value > 0 ? `+${gateNumber(value)}` : gateNumber(value));

function crescents(
  axis: TimeAxis,
  target: number,
  sources: InfluenceSource[],
  signed: boolean,
  unjoined: ReadonlySet<number>,
  isolate: (source: InfluenceSource | null) => void,
): SVGElement[] {
  const to = columnMiddle(axis, target);
  const longest = Math.max(...sources.map(({ column }) => Math.abs(target - column)), 8);
  const strongest = sources[0]?.share ?? 1;
  const group = svg('g', { class: 'arrows' });
  for (const source of [...sources].sort((a, b) => a.column - b.column)) {
    const lag = Math.abs(target - source.column);
    const path = svg('path', {
      class: [
        !signed ? 'arrow' : source.value > 0 ? 'arrow raises' : 'arrow lowers',
        ...(unjoined.has(source.column) ? ['no-arc'] : []),
      ].join(' '),
      d: crescentPath({
        from: columnMiddle(axis, source.column),
        to,
        baseline: HEIGHT - 1,
        height: crescentHeight(lag, longest, HEIGHT - 20),
        width: Math.max(1.2, (Math.min(WIDEST, axis.column * 1.4) * source.share) / strongest),
      }),
    });
    path.addEventListener('pointerenter', () => {
      group.classList.add('isolating');
      path.classList.add('chosen');
      isolate(source);
    });
    path.addEventListener('pointerleave', () => {
      group.classList.remove('isolating');
      path.classList.remove('chosen');
      isolate(null);
    });
    group.append(path);
  }
  if (sources.length === 0) return [];
  return [group, svg('path', { class: 'tip', d: `M${to - 4},${HEIGHT - 7}L${to},${HEIGHT}L${to + 4},${HEIGHT - 7}Z` })];
}
