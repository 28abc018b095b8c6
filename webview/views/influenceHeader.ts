// The line over the influence arrows: which method, what its numbers are and how far they add up, and how they agree with taking tokens away.
import * as l10n from '@vscode/l10n';
import { createLinkButton } from '../controls/button';
import { html, setShown, setText } from '../dom';
import { chanceCorrelation } from '../geometry/rankCorrelation';
import {
  METHOD_CHOICE,
  METHODS,
  methodName,
  targetText,
  type InfluenceCheck,
  type InfluenceMeasures,
} from '../influenceMeasures';
import { NumberFormats } from '../numberFormats';
import type { Picture, ViewEvents } from '../picture';
import { pictureCaption } from '../pictureCaption';
import { gateNumber, quoted, shareText } from '../shownText';
import { staleText } from '../staleText';

/** The largest completeness delta that integrated gradients are taken for converged with. */
const LARGEST_DELTA = 0.05;

export interface InfluenceHeader {
  readonly element: HTMLElement;
  update(picture: Picture, measures: InfluenceMeasures): void;
}

export function createInfluenceHeader(events: ViewEvents): InfluenceHeader {
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
    html('i', { class: 'raises' }),
    l10n.t('raises'),
    html('i', { class: 'lowers' }),
    l10n.t('lowers'),
  );
  const about = html('span', { class: 'note influence-about' });
  const status = html('span', { class: 'note influence-status', role: 'status' });
  const check = html('span', { class: 'note header-right influence-check' });
  const shade = createLinkButton(l10n.t('Shade the editor…'), () => events.act('shadeText'));
  shade.classList.add('influence-shade');
  shade.title = l10n.t('Shades the text in the editor by surprisal or by influence on the cursor’s token, or no more.');
  return {
    element: html(
      'div',
      { class: 'section-header influence-header off-axis' },
      html('b', {}, l10n.t('Influence')),
      method,
      key,
      status,
      about,
      shade,
      check,
    ),
    update(picture, measures) {
      if (method.value !== measures.method) method.value = measures.method;
      setShown(key, measures.method !== 'norm');
      const target = targetText(picture);
      setText(status, statusText(measures, target));
      setText(about, target === null ? '' : aboutText(picture, measures, target, formats));
      about.title = [about.textContent, pictureCaption(picture, formats)].join('\n');
      setText(check, measures.check ? checkText(measures.check) : '');
      check.title =
        measures.check && target !== null ? checkTitle(picture, measures, measures.check, target, formats) : '';
      key.title = target === null ? '' : l10n.t('The logit of {0}, the token that comes next.', quoted(target));
    },
  };
}

function statusText({ method, row, stale, everySeconds, problem }: InfluenceMeasures, target: string | null): string {
  if (target === null || method === 'norm') return '';
  if (problem !== null) return problem;
  if (row === null) return l10n.t('computing…');
  return stale ? staleText(everySeconds) : '';
}

function aboutText(
  { header }: Picture,
  { method, answered, step }: InfluenceMeasures,
  target: string,
  formats: NumberFormats,
): string {
  if (method === 'norm')
    return l10n.t(
      '‖∂J(i)/∂x(j)‖: how sensitive the loss of {0} is to each token; a size, without a sign',
      quoted(target),
    );
  if (answered === null) return '';
  const sum = answered.values.reduce((total, value) => total + value, 0);
  const whole = answered.logit - answered.baseline;
  const at = step === header.step ? '' : ` · ${l10n.t('weights of step {0}', formats.integer(step))}`;
  const delta = deltaText(answered.delta);
  const adds = l10n.t('Σ {0} of F − F₀ = {1}', gateNumber(sum), gateNumber(whole));
  const steps = formats.integer(answered.steps);
  const complete =
    method === 'gradientInput'
      ? l10n.t('delta {0}', delta)
      : answered.delta <= LARGEST_DELTA
        ? l10n.t('delta {0} in {1} steps', delta, steps)
        : l10n.t('not converged: delta {0} after {1} steps', delta, steps);
  return `${complete} · ${adds}${at}`;
}

/** How far the values miss what they should add up to. */
function deltaText(delta: number): string {
  if (!Number.isFinite(delta)) return '–';
  return delta < 0.0005 ? l10n.t('under 0.1 %') : delta < 10 ? shareText(delta) : `×${delta.toFixed(0)}`;
}

function checkText({ rho, ablation }: InfluenceCheck): string {
  return Number.isNaN(rho)
    ? l10n.t('against ablation: too few tokens')
    : l10n.t('against ablation: ρ = {0}, n = {1}', gateNumber(rho), ablation.columns.length);
}

/** What was done, what was compared with what, and what chance would give. */
function checkTitle(
  { header }: Picture,
  { method }: InfluenceMeasures,
  { ablation, step }: InfluenceCheck,
  target: string,
  formats: NumberFormats,
): string {
  const n = ablation.columns.length;
  const done = l10n.t(
    'Each of the {0} tokens nearest to {1} was replaced by the unknown token, one at a time.',
    n,
    quoted(target),
  );
  const compared =
    method === 'norm'
      ? l10n.t('ρ is Spearman’s rank correlation between the norms and the size of the change of the loss.')
      : l10n.t('ρ is Spearman’s rank correlation between the arrows and the change of the logit, with their signs.');
  const chance = chanceCorrelation(n);
  const by = Number.isNaN(chance)
    ? ''
    : l10n.t('In random order |ρ| stays under {0} 95 times in 100.', gateNumber(chance));
  const of =
    step === header.step ? '' : l10n.t('Tokens were taken away with the weights of step {0}.', formats.integer(step));
  return [done, compared, by, of].filter((part) => part !== '').join(' ');
}
