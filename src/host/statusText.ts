// The words of the status bar item: which run, how far, how long still.
import type { InspectorState } from '../protocol/inspectorMessages';
import type { RunRecord } from '../protocol/run';
import { cellTitle, phaseLabel } from './runs/runLabel';
import type { Translate } from './translate';

/** "45 s", "3 min", "2 h 10 min". */
export function formatDuration(seconds: number, t: Translate): string {
  if (seconds < 60) return t('{0} s', Math.max(1, Math.round(seconds)));
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t('{0} min', minutes);
  if (minutes < 48 * 60)
    return minutes % 60 === 0 ? t('{0} h', minutes / 60) : t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
  return t('{0} days', Math.round(minutes / 1440));
}

const ICONS: Record<RunRecord['phase'], string> = {
  preparing: '$(loading~spin)',
  training: '$(pulse)',
  paused: '$(debug-pause)',
  finished: '$(check)',
  stopped: '$(debug-stop)',
  diverged: '$(warning)',
  failed: '$(error)',
};

/** "$(pulse) LSTM 128 · 31 % · 45 s left". */
export function statusText(record: RunRecord, progress: InspectorState['progress'], t: Translate): string {
  const name = `${ICONS[record.phase]} ${cellTitle(record.config.cell)} ${record.config.hiddenUnits}`;
  if (record.phase !== 'training') return `${name} · ${phaseLabel(record.phase, t)}`;
  const percent = record.plannedSteps > 0 ? Math.floor((100 * record.step) / record.plannedSteps) : 0;
  const left = progress?.secondsLeft;
  const parts = [name, t('{0} %', percent)];
  if (left !== null && left !== undefined) parts.push(t('{0} left', formatDuration(left, t)));
  return parts.join(' · ');
}

/** The whole of it, for the hover. */
export function statusTooltip(record: RunRecord, t: Translate, language: string): string {
  const step = t('step {0} of {1}', record.step.toLocaleString(language), record.plannedSteps.toLocaleString(language));
  return `${record.source.name} · ${step}\n${t('Click to open the inspector')}`;
}
