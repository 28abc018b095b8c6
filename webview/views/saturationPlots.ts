// One small plot a gate: every unit a dot, placed by how often it is open (to the right) and how often shut (upwards) over the window.
import * as l10n from '@vscode/l10n';
import { html, setText, svg } from '../dom';
import { saturatingGates, saturation, saturationEnds, unitsNear, type Saturation } from '../geometry/saturation';
import type { Picture, View, ViewEvents } from '../picture';
import { gateTerm } from './gateTerms';
import type { GateInfo } from '../../src/protocol/traceFrame';
import { createChangeGuard } from './track';

export const SATURATION_OPEN = 'gates.saturation';

const SIDE = 132;
const MARGIN = { left: 34, top: 8, bottom: 30, right: 10 };
/** How near the pointer must come to a dot, as a share of the plot. */
const NEAR = 0.05;

/** A disclosure with the plots of all gates that can saturate. */
export function createSaturationPlots(events: ViewEvents): View {
  const digest = html('span', { class: 'note' });
  const plots = html('div', { class: 'saturation-plots' });
  const how = html('p', { class: 'note' });
  const details = html(
    'details',
    { class: 'saturation off-axis' },
    html('summary', {}, html('b', {}, l10n.t('Saturation')), digest),
    plots,
    how,
  );
  const changed = createChangeGuard();
  let open = false;
  let views: { gate: GateInfo; view: Plot }[] = [];
  details.addEventListener('toggle', () => {
    if (details.open === open) return;
    open = details.open;
    events.choose(SATURATION_OPEN, open);
  });
  return {
    element: details,
    update(picture) {
      const { header, arrays, sections, unit } = picture;
      const gates = saturatingGates(header.gates);
      details.hidden = gates.length === 0;
      const wanted = sections[SATURATION_OPEN] === true;
      if (wanted !== open) details.open = open = wanted;
      if (changed([arrays, header.gates.map(({ key }) => key).join()])) {
        const all = gates.map((gate) => ({
          gate,
          shares: saturation(arrays[`gate.${gate.key}`].values, header.hiddenUnits, gate.range),
        }));
        setText(
          digest,
          l10n.t('units nearly always: {0}', all.map(({ gate, shares }) => gateDigest(gate, shares)).join(' · ')),
        );
        digest.title = digest.textContent;
        if (views.map(({ gate }) => gate.key).join() !== gates.map(({ key }) => key).join()) {
          views = gates.map((gate) => ({ gate, view: createPlot(gate, events) }));
          plots.replaceChildren(...views.map(({ view }) => view.element));
        }
        all.forEach(({ shares }, k) => views[k].view.show(shares));
      }
      setText(
        how,
        l10n.t(
          'One dot = one unit over the {0} steps of this window; a gate is shut under .1 and open over .9, a candidate at its ends under −.9 and over .9. Dots at the origin never saturate, dots on the slanted line always do. Click a dot to pin its unit. After Karpathy, Johnson and Fei-Fei (2015), who counted over a whole text.',
          header.tokens.length,
        ),
      );
      for (const { view } of views) view.pin(picture, unit);
    },
  };
}

/** "f 12 open, 3 shut": units that are so in nine steps of ten. */
function gateDigest({ symbol, range }: GateInfo, { left, right }: Saturation): string {
  const often = (shares: Float64Array): number => shares.reduce((sum, share) => sum + (share > 0.9 ? 1 : 0), 0);
  return range === 'unit'
    ? l10n.t('{0} {1} open, {2} shut', symbol, often(right), often(left))
    : l10n.t('{0} {1} at 1, {2} at −1', symbol, often(right), often(left));
}

interface Plot {
  readonly element: HTMLElement;
  show(shares: Saturation): void;
  pin(picture: Picture, unit: number): void;
}

function createPlot(gate: GateInfo, events: ViewEvents): Plot {
  const dots = svg('path', { class: 'saturation-dots' });
  const ring = svg('circle', { class: 'saturation-pinned', r: 5 });
  const title = svg('title');
  const drawing = svg(
    'svg',
    { width: MARGIN.left + SIDE + MARGIN.right, height: MARGIN.top + SIDE + MARGIN.bottom, 'aria-hidden': 'true' },
    title,
    ...frame(gate),
    dots,
    ring,
  );
  const target = html('div', { role: 'application', tabindex: 0 }, drawing);
  const readOut = html('div', { class: 'note saturation-read-out' });
  const element = html(
    'div',
    { class: 'saturation-plot', 'data-gate': gate.key },
    html('div', {}, html('span', { class: 'gate-symbol' }, gate.symbol), ` ${gateTerm(gate.name)}`),
    target,
    readOut,
  );
  let shares: Saturation | null = null;
  const unitsAt = (event: MouseEvent): number[] => {
    const at = drawing.getBoundingClientRect();
    const x = (event.clientX - at.left - MARGIN.left) / SIDE;
    const y = 1 - (event.clientY - at.top - MARGIN.top) / SIDE;
    return shares ? unitsNear(shares, x, y, NEAR) : [];
  };
  target.addEventListener('pointermove', (event) => {
    const units = unitsAt(event);
    drawing.classList.toggle('on-dot', units.length > 0);
    setText(title, units.length > 0 && shares ? hoverText(units, shares) : '');
  });
  target.addEventListener('click', (event) => {
    const [unit] = unitsAt(event);
    if (unit !== undefined) events.unit(unit);
  });
  return {
    element,
    show(next) {
      shares = next;
      const circle = (x: number, y: number): string =>
        `M${(x - 2.4).toFixed(1)},${y.toFixed(1)}a2.4,2.4 0 1 0 4.8,0a2.4,2.4 0 1 0 -4.8,0`;
      dots.setAttribute(
        'd',
        Array.from(next.left, (left, unit) => circle(plotX(next.right[unit]), plotY(left))).join(''),
      );
    },
    pin(_picture, unit) {
      if (!shares) return;
      ring.setAttribute('cx', plotX(shares.right[unit]).toFixed(1));
      ring.setAttribute('cy', plotY(shares.left[unit]).toFixed(1));
      const said = unitText(unit, shares);
      setText(readOut, said);
      target.setAttribute('aria-label', `${gateTerm(gate.name)}, ${said}`);
    },
  };
}

const plotX = (share: number): number => MARGIN.left + share * SIDE;
const plotY = (share: number): number => MARGIN.top + (1 - share) * SIDE;
const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

function unitText(unit: number, { left, right }: Saturation): string {
  return l10n.t('unit {0}: {1} over, {2} under', unit, percent(right[unit]), percent(left[unit]));
}

function hoverText(units: number[], shares: Saturation): string {
  const shown = units.slice(0, 6).map((unit) => unitText(unit, shares));
  return units.length > 6 ? [...shown, l10n.t('and {0} more', units.length - 6)].join('\n') : shown.join('\n');
}

/** The triangle in which dots can lie, with its two axes. */
function frame({ range }: GateInfo): SVGElement[] {
  const ends = saturationEnds(range) ?? { low: 0, high: 1 };
  const [x0, x1, y0, y1] = [plotX(0), plotX(1), plotY(0), plotY(1)];
  const number = (value: number): string => String(value).replace('-', '−').replace('0.', '.');
  return [
    svg('path', { class: 'grid', d: `M${x0},${y1}V${y0}H${x1}Z` }),
    svg('path', { class: 'grid faint', d: `M${plotX(0.5)},${y0}V${plotY(0.5)}H${x0}` }),
    ...[0, 0.5, 1].flatMap((share) => [
      svg('text', { class: 'note middle', x: plotX(share), y: y0 + 13 }, percent(share).replace(' %', '')),
      svg('text', { class: 'note axis-label', x: x0 - 5, y: plotY(share) + 4 }, percent(share).replace(' %', '')),
    ]),
    svg('text', { class: 'note middle', x: plotX(0.5), y: y0 + 26 }, l10n.t('% of steps over {0}', number(ends.high))),
    svg(
      'text',
      { class: 'note middle', transform: `translate(${x0 - 25},${plotY(0.5)}) rotate(-90)` },
      l10n.t('% under {0}', number(ends.low)),
    ),
  ];
}
