// "Lyapunov exponents": how fast a small change of the state grows or fades in the long run, at every snapshot of the training. Folded it asks nothing.
import * as l10n from '@vscode/l10n';
import type { LayerPlace } from '../../src/protocol/layerPlace';
import type { TrainingExponents } from '../../src/protocol/spectra';
import type { RunRecord } from '../../src/protocol/run';
import { lyapunovChart, namedCurves } from '../chart/lyapunovChart';
import { html, setShown, setText, svg } from '../dom';
import { askedOf, chosenPlace, hasPlaces, placeText } from '../networkPlace';
import type { NumberFormats } from '../numberFormats';
import { initialisationText, modelName } from '../runText';
import { besideWidth, isUnfolded, pageOf } from '../selectors';
import { answerText } from '../staleText';
import type { InspectorModel } from '../store';
import type { ShellContext, ShellView } from './shellView';

/** Exponents drawn. */
const COUNT = 4;
const HEIGHT = 190;
const WIDEST = 760;
const SUBSCRIPTS = '₁₂₃₄₅₆₇₈';

export function createLyapunovSection({ events, formats, questions }: ShellContext): ShellView {
  const content = html('div', { class: 'lyapunov-content' });
  const state = html('p', { class: 'card-state', role: 'status' });
  const figure = html('p', { class: 'figure-note' });
  const table = html('table', {});
  const tables = html(
    'details',
    { class: 'lyapunov-table table-alternative' },
    html('summary', {}, l10n.t('Exponents as a table')),
    html('div', { class: 'table-holder', tabindex: 0, role: 'region', 'aria-label': l10n.t('Exponents') }, table),
  );
  const note = html(
    'span',
    { class: 'section-note' },
    l10n.t('over training: does a nudge to the state grow or fade?'),
  );
  const details = html(
    'details',
    {},
    html('summary', { class: 'section-head' }, html('h2', {}, l10n.t('Lyapunov exponents')), note),
    content,
    state,
    figure,
    tables,
  );
  const element = html('section', { class: 'lyapunov', 'aria-label': l10n.t('Lyapunov exponents') }, details);
  let open = false;
  let drawn: unknown[] = [];
  details.addEventListener('toggle', () => {
    if (details.open === open) return;
    open = details.open;
    events.choose('lyapunov.open', open);
  });

  return {
    element,
    update(model) {
      const run = model.host?.run ?? null;
      const snapshots = run?.snapshots ?? [];
      // Held-out text is read on and on, which examples of a task are not.
      const isText = run?.config.task === 'language';
      const shown = isText && pageOf(model) === 'run' && snapshots.length > 0;
      setShown(element, shown);
      if (!shown) return;
      const wanted = isUnfolded(model, 'lyapunov.open');
      if (wanted !== open) details.open = open = wanted;
      if (!open) return;
      const place = chosenPlace(model.sections, run.config);
      const question = { about: 'lyapunov', count: COUNT, ...askedOf(run.config, place) } as const;
      const known = questions.about(question, `${run.id} ${snapshots.join()}`);
      const { value, stale } = known;
      content.classList.toggle('stale', stale && value !== null);
      setText(state, answerText(known));
      setText(figure, value === null ? '' : figureText(run, value, place, formats));
      tables.classList.toggle('to-come', value === null);
      const inputs = [value, besideWidth(model), model.snapshot, run.plannedSteps];
      if (inputs.every((input, k) => input === drawn[k])) return;
      drawn = inputs;
      content.replaceChildren(...(value === null || value.points.length === 0 ? [] : picture(model, run, value)));
      table.replaceChildren(...(value === null ? [] : tableRows(value)));
    },
  };

  function picture(model: InspectorModel, run: RunRecord, value: TrainingExponents): Element[] {
    const width = Math.min(WIDEST, besideWidth(model) - 24);
    const said = sentence(run, value, formats);
    return [drawExponents(model, run, value, width, said), html('p', {}, said)];
  }

  function drawExponents(
    { snapshot }: InspectorModel,
    run: RunRecord,
    { points }: TrainingExponents,
    width: number,
    said: string,
  ): SVGSVGElement {
    const end = Math.max(run.plannedSteps, points.at(-1)?.step ?? 1);
    const chart = lyapunovChart(points, end, width, HEIGHT);
    const { left, right, top, bottom, curves } = chart;
    const text = (x: number, y: number, words: string, style: string): SVGElement =>
      svg('text', { x, y, class: style }, words);
    const root = svg('svg', { width, height: HEIGHT, role: 'img', 'aria-label': said });
    root.append(
      ...chart.values.flatMap((value) => [
        svg('path', { class: value === 0 ? 'zero' : 'grid', d: `M${left},${chart.y(value)}H${right}` }),
        text(left - 6, chart.y(value) + 4, formats.exact(value), 'note axis-label'),
      ]),
      text(right, chart.y(0) - 5, l10n.t('above 0 a nudge grows'), 'note axis-label halo'),
      ...chart.steps.map((step) => text(chart.x(step), bottom + 15, formats.integer(step), 'note middle')),
      text((left + right) / 2, HEIGHT - 4, axisText(curves.length), 'note middle'),
      text(left - 6, 11, l10n.t('per step'), 'note axis-label'),
      ...curves.map(({ path }, k) => svg('path', { class: `lag-line of-${Math.min(k, 3)}`, d: path })).reverse(),
      ...namedCurves(chart).flatMap((k) => {
        const at = curves[k].end;
        return at ? [text(at.x + 8, at.y + 4, `λ${SUBSCRIPTS[k]} ${signed(at.value, 3)}`, 'halo')] : [];
      }),
    );
    if (snapshot !== null)
      root.append(
        svg(
          'path',
          { class: 'lyapunov-looked', d: `M${chart.x(snapshot)},${top}V${bottom}` },
          svg('title', {}, l10n.t('snapshot of step {0}', formats.integer(snapshot))),
        ),
      );
    for (const { step, exponents } of points) root.append(pointMark(step, exponents, chart.x(step), chart.y));
    return root;
  }

  /** λ₁ at one snapshot: a press looks at it. */
  function pointMark(step: number, exponents: Float64Array, x: number, y: (value: number) => number): SVGElement {
    const values = Array.from(exponents, (value, k) => `λ${SUBSCRIPTS[k]} ${signed(value, 4)}`).join(', ');
    const title = l10n.t('step {0}: {1} per step; press to look at it', formats.integer(step), values);
    if (!Number.isFinite(exponents[0])) return svg('g');
    const mark = svg('circle', { class: 'lyapunov-point', cx: x, cy: y(exponents[0]), r: 3 }, svg('title', {}, title));
    mark.addEventListener('click', () => events.lookAt(step));
    return mark;
  }

  function tableRows({ points }: TrainingExponents): Element[] {
    const names = Array.from(points[0]?.exponents ?? [], (_, k) => html('th', { scope: 'col' }, `λ${SUBSCRIPTS[k]}`));
    const rows = points.map(({ step, exponents }) =>
      html(
        'tr',
        {},
        html('th', { scope: 'row' }, formats.integer(step)),
        ...Array.from(exponents, (value) => html('td', {}, signed(value, 6))),
      ),
    );
    const head = html('tr', {}, html('th', { scope: 'col' }, l10n.t('training step')), ...names);
    return [
      html('caption', {}, l10n.t('Lyapunov exponents, nats per step of the text')),
      html('thead', {}, head),
      html('tbody', {}, ...rows),
    ];
  }
}

/** The axis, and which line is which: ends that lie close have no room for names. */
function axisText(curves: number): string {
  const axis = l10n.t('training step, log axis');
  if (curves < 2) return axis;
  return `${axis} · ${l10n.t('thick: λ₁, thinner: down to {0}', `λ${SUBSCRIPTS[curves - 1]}`)}`;
}

const signed = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits).replace('-', '−') : value < 0 ? '−∞' : '–';

/** What λ₁ of the newest snapshot means, beside that of the first. */
function sentence({ config }: RunRecord, { points }: TrainingExponents, formats: NumberFormats): string {
  const [first, last] = [points[0], points[points.length - 1]];
  const per = config.unit === 'words' ? l10n.t('word') : l10n.t('character');
  const factor = (value: number): string => Math.exp(value).toPrecision(3);
  const [before, now] = [first.exponents[0], last.exponents[0]];
  return l10n.t(
    'At step {0}, λ₁ = {1}: in the long run a nudge to the state is multiplied by {2} each {3}; at step {4} by {5}.',
    formats.integer(last.step),
    signed(now, 3),
    factor(now),
    per,
    formats.integer(first.step),
    factor(before),
  );
}

/** File, model, initialisation, seed, and what the exponents come from. */
function figureText(run: RunRecord, value: TrainingExponents, place: LayerPlace, formats: NumberFormats): string {
  const { points, damaged, units, start, steps, burnIn, heldOut } = value;
  const [from, counted] = [formats.integer(start), formats.integer(steps - burnIn)];
  return [
    run.source.name,
    modelName(run.config),
    ...(hasPlaces(run.config) ? [placeText(place, run.config)] : []),
    initialisationText(run.config, formats),
    l10n.t('seed {0}', run.config.seed),
    points.length === 1 ? l10n.t('n = 1 snapshot') : l10n.t('n = {0} snapshots', points.length),
    heldOut
      ? l10n.t('{0} steps of held-out text from token {1}, after {2} of burn-in', counted, from, burnIn)
      : l10n.t('{0} steps of text from token {1}, after {2} of burn-in', counted, from, burnIn),
    l10n.t('QR method on the state of {0} units, one sequence', formats.integer(units)),
    ...(damaged.length > 0 ? [l10n.t('left out, cannot be read: step {0}', damaged.join(', '))] : []),
  ].join(' · ');
}
