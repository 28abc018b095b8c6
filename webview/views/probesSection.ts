// "Probes": what one linear layer reads from every layer's states, on text held out: dots with intervals beside what a guess, the embedding
// and the untrained network reach. Folded it asks nothing.
import * as l10n from '@vscode/l10n';
import type { ProbeAnswer, ProbeScore } from '../../src/protocol/probes';
import type { RunRecord } from '../../src/protocol/run';
import { createKeyedContent, html, setShown, setText, svg } from '../dom';
import type { NumberFormats } from '../numberFormats';
import { initialisationText, modelName } from '../runText';
import { pageOf } from '../selectors';
import { probedName, probesSentence, vectorsName } from './probesWords';
import type { ShellContext, ShellView } from './shellView';

const OPEN = 'probes.open';
/** While it trains a run is asked anew whenever so great a part of it is done. */
const PARTS_OF_TRAINING = 10;
/** A cell's picture, px: accuracy from 0 to 1. */
const STRIP = { width: 116, height: 18, inset: 6 } as const;

export function createProbesSection({ events, formats, questions }: ShellContext): ShellView {
  const table = html('table', { class: 'probes-table' });
  const label = l10n.t('What linear probes read from the states');
  const holder = html('div', { class: 'probes-holder', tabindex: 0, role: 'region', 'aria-label': label }, table);
  const said = html('p', { class: 'reading-sentence' });
  const state = html('p', { class: 'card-state', role: 'status' });
  const figure = html('p', { class: 'figure-note' });
  const content = html('div', { class: 'probes-content' }, said, holder);
  const note = html('span', { class: 'section-note' }, l10n.t('what can be read from which layer by a line?'));
  const details = html(
    'details',
    {},
    html('summary', { class: 'section-head' }, html('h2', {}, l10n.t('Probes')), note),
    content,
    state,
    figure,
  );
  const element = html('section', { class: 'probes', 'aria-label': l10n.t('Probes') }, details);
  const fill = createKeyedContent(table);
  const fillSaid = createKeyedContent(said);
  let open = false;
  details.addEventListener('toggle', () => {
    if (details.open === open) return;
    open = details.open;
    events.choose(OPEN, open);
  });

  return {
    element,
    update(model) {
      const run = model.host?.run ?? null;
      const shown = run?.config.task === 'language' && pageOf(model) === 'run' && model.frame !== null;
      setShown(element, shown);
      if (!shown) return;
      const wanted = model.sections[OPEN] === true;
      if (wanted !== open) details.open = open = wanted;
      if (!open) return;
      const part = Math.max(1, Math.ceil(run.plannedSteps / PARTS_OF_TRAINING));
      const at = run.phase === 'training' ? `part ${Math.floor(run.step / part)}` : run.step;
      const { value, stale, problem, step } = questions.about(
        { about: 'probes' },
        `${run.id} ${model.snapshot === null ? at : `snapshot ${model.snapshot}`}`,
      );
      setText(state, problem ?? (value === null ? l10n.t('computing…') : stale ? l10n.t('stale: computing…') : ''));
      content.classList.toggle('stale', stale && value !== null);
      setShown(content, value !== null);
      setText(figure, value === null ? '' : figureText(run, value, step ?? run.step, formats));
      if (value === null) return;
      const words = probesSentence(value, run.config.unit);
      fillSaid(JSON.stringify(words), () => [
        words.said,
        ' ',
        html('span', { class: 'reading-against' }, words.against),
      ]);
      fill(JSON.stringify(value), () => rowsOf(value, run.config.unit));
    },
  };
}

function rowsOf({ properties, vectors }: ProbeAnswer, unit: RunRecord['config']['unit']): Element[] {
  const head = properties.map(({ name, classes }) => {
    const title = classes.map((one) => `${one.name} ${percent(one.share)}`).join(' · ');
    return html('th', { scope: 'col', title }, probedName(name, unit));
  });
  const body = [...vectors].reverse().map((each) =>
    html(
      'tr',
      {},
      html('th', { scope: 'row' }, vectorsName(each)),
      ...each.scores.map(({ now, untrained }, k) => {
        const { majority } = properties[k];
        return html(
          'td',
          { title: cellTitle(now, untrained, majority) },
          strip(now, untrained, majority),
          percent(now.accuracy),
        );
      }),
    ),
  );
  return [html('thead', {}, html('tr', {}, html('td', {}), ...head)), html('tbody', {}, ...body)];
}

const percent = (share: number): string => `${(100 * share).toFixed(share >= 0.995 || share < 0.1 ? 0 : 1)} %`;

function cellTitle(now: ProbeScore, untrained: ProbeScore | null, majority: number): string {
  const told = l10n.t('{0} right (95 %: {1} to {2})', percent(now.accuracy), percent(now.low), percent(now.high));
  const guess = l10n.t('always the most frequent: {0}', percent(majority));
  const before = untrained === null ? [] : [l10n.t('before training: {0}', percent(untrained.accuracy))];
  return [told, ...before, guess].join('\n');
}

function strip(now: ProbeScore, untrained: ProbeScore | null, majority: number): SVGElement {
  const { width, height, inset } = STRIP;
  const x = (share: number): number => inset + share * (width - 2 * inset);
  const y = height / 2;
  const picture = svg('svg', { width, height, class: 'probe-strip', 'aria-hidden': 'true' });
  picture.append(
    svg('path', { class: 'grid', d: `M${x(0)},${y}H${x(1)}` }),
    svg('path', { class: 'probe-guess', d: `M${x(majority)},${y - 6}v12` }),
    ...(untrained ? [svg('circle', { class: 'probe-before', cx: x(untrained.accuracy), cy: y, r: 3.5 })] : []),
    svg('path', { class: 'interval', d: `M${x(now.low)},${y}H${x(now.high)}` }),
    svg('circle', { class: 'probe-now', cx: x(now.accuracy), cy: y, r: 3.5 }),
  );
  return picture;
}

function figureText(run: RunRecord, { fitted, judged }: ProbeAnswer, step: number, formats: NumberFormats): string {
  return [
    l10n.t(
      'Filled: now; hollow: before training; tick: always the most frequent class. From 0 to 100 % right; bars: 95 %, as if tokens were independent.',
    ),
    [
      run.source.name,
      modelName(run.config),
      initialisationText(run.config, formats),
      l10n.t('seed {0}', run.config.seed),
      l10n.t('step {0}', formats.integer(step)),
      l10n.t(
        'fitted by least squares to {0} tokens trained on, n = {1} held out',
        formats.integer(fitted),
        formats.integer(judged),
      ),
    ].join(' · '),
  ].join(' ');
}
