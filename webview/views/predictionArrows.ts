// What speaks for the prediction of an example: arrows from every token to the class at the end of the axis, or from both sides to the token
// that is tagged or hidden.
import * as l10n from '@vscode/l10n';
import type { TaskPrediction } from '../../src/protocol/traceFrame';
import { createSlider } from '../controls/slider';
import { html, setShown, setText, svg } from '../dom';
import { crescentHeight, strongestSources, type InfluenceSource } from '../geometry/influence';
import { arrowPath, predictionX } from '../geometry/predictionArrows';
import { columnMiddle } from '../geometry/timeAxis';
import { METHOD_CHOICE, METHODS, methodName } from '../influenceMeasures';
import { NumberFormats } from '../numberFormats';
import type { Picture, View, ViewEvents } from '../picture';
import { pictureCaption } from '../pictureCaption';
import { measurePrediction, targetName, type PredictionMeasures } from '../predictionMeasures';
import { gateNumber, quoted, scientific, shareText } from '../shownText';
import { staleText } from '../staleText';
import { createChangeGuard, createTrack } from './track';

const HEIGHT = 92;
const WIDEST = 14;
const MOST_ARROWS = 40;
const LONGEST_MARK = 9;

export function createPredictionArrows(events: ViewEvents): View {
  const formats = new NumberFormats(document.documentElement.lang);
  const method = html(
    'select',
    { class: 'influence-method', 'aria-label': l10n.t('Influence by') },
    ...METHODS.map((value) => html('option', { value }, methodName(value))),
  );
  method.addEventListener('change', () => events.choose(METHOD_CHOICE, method.value));
  const key = html(
    'span',
    { class: 'influence-key' },
    ...[html('i', { class: 'raises' }), l10n.t('speaks for it'), html('i', { class: 'lowers' }), l10n.t('against it')],
  );
  const status = html('span', { class: 'note influence-status', role: 'status' });
  const about = html('span', { class: 'note influence-about' });
  const header = html(
    'div',
    { class: 'section-header influence-header off-axis' },
    ...[html('b', {}, l10n.t('Influence')), method, key, status, about],
  );
  const track = createTrack('influence');
  track.drawing.removeAttribute('aria-hidden');
  track.drawing.setAttribute('role', 'img');
  const count = html('div', { class: 'note' });
  const slider = createSlider({
    ...{ label: l10n.t('arrows'), min: 1, max: MOST_ARROWS, step: 1, value: 12, format: String },
    onInput: (k) => events.topArrows(k),
  });
  track.left.append(count, slider.element);
  const said = html('div', { class: 'isolated-arrow', role: 'status' });
  track.element.append(said);
  const changed = createChangeGuard();

  return {
    element: html('div', { class: 'influence-section prediction-arrows' }, header, track.element),
    update(picture) {
      const { header: frame, axis, topArrows } = picture;
      const { prediction } = frame;
      if (!prediction) return;
      const measures = measurePrediction(picture, prediction);
      if (method.value !== measures.method) method.value = measures.method;
      setShown(key, measures.method !== 'norm');
      slider.set({ value: topArrows });
      setText(status, statusText(measures));
      const target = targetName(prediction, measures.target, frame);
      setText(about, aboutText(measures, target));
      about.title = [about.textContent, pictureCaption({ run: picture.run, header: frame }, formats)].join('\n');
      track.drawing.classList.toggle('pending', measures.stale);
      const size = [axis.width, axis.column, axis.first, axis.count];
      if (!changed([frame, measures.row, measures.target, topArrows, ...size])) return;
      track.resize(axis, HEIGHT);
      const { sources, candidates, coverage } = strongestSources(measures.row ?? [], topArrows, axis.first);
      setText(count, measures.row ? l10n.t('top {0} of {1}', sources.length, candidates) : '');
      count.title = measures.row ? l10n.t('{0} of mass', shareText(coverage)) : '';
      const describe = (source: InfluenceSource): string => sourceText(picture, measures, source, target);
      track.drawing.setAttribute('aria-label', [about.textContent, ...sources.slice(0, 3).map(describe)].join('; '));
      track.drawing.replaceChildren(
        ...arrows(picture, prediction, measures, sources, (source) => setText(said, source ? describe(source) : '')),
        mark(picture, prediction, measures.target),
      );
    },
  };
}

function statusText({ method, row, stale, everySeconds, problem }: PredictionMeasures): string {
  if (method === 'norm') return '';
  if (problem !== null) return problem;
  if (row === null) return l10n.t('computing…');
  return stale ? staleText(everySeconds) : '';
}

function aboutText({ method, answered }: PredictionMeasures, target: string): string {
  if (method === 'norm') return l10n.t('‖∂J/∂x(j)‖, J = −ln p of {0}: a size, without a sign', target);
  if (answered === null) return '';
  const sum = answered.values.reduce((total, value) => total + value, 0);
  const adds = l10n.t('Σ {0} of F − F₀ = {1}', gateNumber(sum), gateNumber(answered.logit - answered.baseline));
  const delta = answered.delta < 0.0005 ? l10n.t('under 0.1 %') : shareText(answered.delta);
  const complete =
    method === 'integrated' ? l10n.t('delta {0} in {1} steps', delta, answered.steps) : l10n.t('delta {0}', delta);
  return `${l10n.t('what each token adds to F, the logit of {0}', target)} · ${complete} · ${adds}`;
}

function sourceText(
  { header }: Picture,
  { method }: PredictionMeasures,
  { column, value, share }: InfluenceSource,
  target: string,
): string {
  const token = quoted(header.tokens[column]?.text ?? '');
  if (method === 'norm')
    return l10n.t('{0}: {1} of the gradient, norm {2}', token, shareText(share), scientific(value));
  const amount = [scientific(Math.abs(value)), shareText(share)] as const;
  return value > 0
    ? l10n.t('{0} speaks for {1}: raises its logit by {2}, {3} of all', token, target, ...amount)
    : l10n.t('{0} speaks against {1}: lowers its logit by {2}, {3} of all', token, target, ...amount);
}

function arrows(
  { axis }: Picture,
  { at }: TaskPrediction,
  { method }: PredictionMeasures,
  sources: InfluenceSource[],
  isolate: (source: InfluenceSource | null) => void,
): SVGElement[] {
  const to = predictionX(axis, at);
  const group = svg('g', { class: 'arrows' });
  const reach = (column: number) => Math.abs((at ?? axis.first + axis.count) - column);
  const longest = Math.max(...sources.map(({ column }) => reach(column)), 8);
  const own = sources.filter(({ column }) => column < axis.first + axis.count);
  for (const source of own.sort((a, b) => reach(a.column) - reach(b.column))) {
    const kind = method === 'norm' ? '' : source.value > 0 ? ' raises' : ' lowers';
    const width = Math.max(1.2, (Math.min(WIDEST, axis.column * 1.4) * source.share) / sources[0].share);
    const here = source.column === at;
    const path = here
      ? svg('rect', { class: `arrow${kind}`, x: to - width / 2, y: HEIGHT - 22, width, height: 15 })
      : svg('path', {
          class: `arrow${kind}`,
          d: arrowPath({
            ...{ from: columnMiddle(axis, source.column), to, baseline: HEIGHT - 1, width },
            height: crescentHeight(reach(source.column), longest, HEIGHT - 30),
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
  return own.length > 0 ? [group] : [];
}

/** What the arrows lead to, with its name where it stands behind the text. */
function mark({ axis, header }: Picture, prediction: TaskPrediction, target: string): SVGElement {
  const x = predictionX(axis, prediction.at);
  const tip = svg('path', { class: 'tip', d: `M${x - 4},${HEIGHT - 7}L${x},${HEIGHT}L${x + 4},${HEIGHT - 7}Z` });
  const name = target.length > LONGEST_MARK ? `${target.slice(0, LONGEST_MARK - 1)}…` : target;
  const whole = svg('title', {}, targetName(prediction, target, header));
  if (prediction.at !== null) return svg('g', { class: 'prediction-mark' }, whole, tip);
  const text = svg('text', { class: 'prediction-name', x: x + 7, y: HEIGHT - 6 }, name);
  return svg('g', { class: 'prediction-mark' }, whole, tip, text);
}
