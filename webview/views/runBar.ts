// The bar on top: which run, how far, how good, and the buttons that pause, resume, stop or begin anew.
import * as l10n from '@vscode/l10n';
import type { InspectorAction } from '../../src/protocol/inspectorMessages';
import type { RunPhase, RunRecord } from '../../src/protocol/run';
import { createButton, type Icon } from '../controls/button';
import { createDropdown } from '../controls/dropdown';
import { html, setShown, setText } from '../dom';
import { LOSS_UNITS, convertLoss, lossUnitName, tokensPerCharacter } from '../lossUnit';
import { configurationText, modelName, phaseText } from '../runText';
import { accuracyOf, hasTwoLineBar, isCompact, lossUnitOf, scoreOf } from '../selectors';
import type { InspectorModel } from '../store';
import { quoted } from '../shownText';
import type { ShellContext, ShellView } from './shellView';

/** For so long after a run has ended by itself, its new button does nothing. */
const UNEXPECTED_MILLISECONDS = 500;

interface MainButton {
  label: string;
  icon: Icon;
  action: InspectorAction;
}

/** Training pauses, a paused run resumes, an ended one is trained again. */
function mainButton(phase: RunPhase): MainButton {
  if (phase === 'preparing' || phase === 'training') return { label: l10n.t('Pause'), icon: 'pause', action: 'pause' };
  if (phase === 'paused') return { label: l10n.t('Resume'), icon: 'play', action: 'resume' };
  return { label: l10n.t('Retrain'), icon: 'again', action: 'retrain' };
}

export function createRunBar({ events, formats }: ShellContext): ShellView {
  let action: InspectorAction | null = null;
  const runs = createButton({
    label: '',
    accessibleLabel: l10n.t('Open another run'),
    onClick: () => events.act('openRun'),
  });
  const compare = createButton({
    label: '',
    accessibleLabel: l10n.t('Compare with another cell'),
    onClick: () => events.act('compare'),
  });
  // Where Pause stood, Retrain stands once a run ends: a click that was meant for the one must not do the other.
  let endedAt = -Infinity;
  const main = createButton({
    label: '',
    appearance: 'primary',
    onClick: () => {
      if (action !== null && performance.now() - endedAt > UNEXPECTED_MILLISECONDS) events.act(action);
    },
  });
  const stop = createButton({
    label: '',
    icon: 'stop',
    accessibleLabel: l10n.t('Stop training'),
    onClick: () => events.act('stop'),
  });
  const unit = createDropdown({
    accessibleLabel: l10n.t('Unit of the loss'),
    choices: LOSS_UNITS.map((value) => ({ value, label: lossUnitName(value) })),
    value: 'bits',
    onChange: (value) => events.lossUnit(value),
  });
  main.element.classList.add('main-button');
  unit.element.classList.add('unit');
  const configuration = html('span', { class: 'configuration' });
  const steps = html('span', { class: 'steps' });
  const score = html('b', { class: 'score' });
  const fill = html('div', { class: 'progress-fill' });
  const progress = html(
    'div',
    { class: 'progress', role: 'progressbar', 'aria-label': l10n.t('Training progress') },
    fill,
  );
  const phase = html('span', { class: 'visually-hidden', role: 'status' });
  const element = html(
    'header',
    { class: 'run-bar' },
    runs.element,
    compare.element,
    configuration,
    steps,
    html('span', { class: 'run-buttons' }, main.element, stop.element),
    html('span', { class: 'score-and-unit' }, score, unit.element),
    phase,
    progress,
  );

  return {
    element,
    update(model) {
      const run = model.host?.run ?? null;
      setShown(element, run !== null);
      if (run === null) return;
      const compact = isCompact(model);
      const name = modelName(run.config);
      runs.set({ label: `${name} ▾`, accessibleLabel: l10n.t('{0}: open another run', name) });
      const accessibleLabel =
        run.config.task === 'language' ? l10n.t('Compare with another cell') : l10n.t('Compare directions');
      compare.set({ label: compact ? '+' : l10n.t('+ Compare'), accessibleLabel });
      const twoLines = hasTwoLineBar(model);
      const status = statusText(run, model);
      const joined = (...parts: string[]): string => parts.filter((part) => part !== '').join(' · ');
      setText(configuration, joined(twoLines ? status : '', configurationText(run, formats)));
      configuration.title = configuration.textContent ?? '';
      setText(steps, joined(stepsText(run, twoLines), twoLines ? '' : status));
      const next = mainButton(run.phase);
      if (next.action === 'retrain' && action === 'pause') endedAt = performance.now();
      action = next.action;
      main.set({
        label: compact ? '' : next.label,
        icon: next.icon,
        accessibleLabel: compact ? next.label : undefined,
      });
      stop.setEnabled(run.phase === 'preparing' || run.phase === 'training' || run.phase === 'paused');
      drawScore(model, run);
      const share = run.plannedSteps > 0 ? Math.min(1, run.step / run.plannedSteps) : 0;
      fill.style.setProperty('width', `${(share * 100).toFixed(2)}%`);
      progress.setAttribute('aria-valuenow', String(Math.round(share * 100)));
      setText(phase, l10n.t('{0}: {1}', name, phaseText(run.phase)));
    },
  };

  /** How often a network with a task is right, beside what always saying the same would reach. */
  function drawAccuracy(model: InspectorModel, { scores }: RunRecord): void {
    const accuracy = accuracyOf(model);
    setText(score, accuracy === null ? '–' : formats.percent(accuracy.share));
    score.classList.toggle('of-training', false);
    score.title = accuracyTitle(accuracy, scores);
  }

  function accuracyTitle(accuracy: ReturnType<typeof accuracyOf>, scores: RunRecord['scores']): string {
    if (accuracy === null) return l10n.t('Not measured yet');
    if (accuracy.of === 'validation' || !scores) return l10n.t('Accuracy on the validation part');
    const [low, high] = scores.interval.map((share) => formats.percent(share));
    return [
      l10n.t('Accuracy on the test part, 95 % between {0} and {1}.', low, high),
      ...(scores.macroF1 === null ? [] : [l10n.t('Macro-F1 {0}.', scores.macroF1.toFixed(3))]),
      l10n.t(
        'Always saying {0}, the most frequent, is right in {1}.',
        quoted(scores.majority.label),
        formats.percent(scores.majority.accuracy),
      ),
    ].join(' ');
  }

  function stepsText(run: RunRecord, short: boolean): string {
    const [at, planned] = [formats.integer(run.step), formats.integer(run.plannedSteps)];
    return short ? `${at} / ${planned}` : l10n.t('step {0} of {1}', at, planned);
  }

  /** Time left while training, else the phase; empty while the time is not known. */
  function statusText(run: RunRecord, model: InspectorModel): string {
    if (run.phase !== 'training') return phaseText(run.phase);
    const left = model.host?.progress?.secondsLeft ?? null;
    return left === null ? '' : l10n.t('{0} left', formats.duration(left));
  }

  function drawScore(model: InspectorModel, run: RunRecord): void {
    setShown(unit.element, run.config.task === 'language');
    if (run.config.task !== 'language') return drawAccuracy(model, run);
    const lossUnit = lossUnitOf(model);
    const known = scoreOf(model);
    unit.set(lossUnit);
    const value =
      known === null ? '–' : formats.loss(convertLoss(known.nats, lossUnit, tokensPerCharacter(run.corpus)));
    setText(score, value);
    score.classList.toggle('of-training', known?.kind === 'training');
    score.title =
      known === null
        ? l10n.t('Not measured yet')
        : known.kind === 'validation'
          ? l10n.t('Validation loss, on the tenth of the text held out')
          : l10n.t('Training loss; validation was not measured yet');
  }
}
