// The words of the status bar item: which run, how far, how long still.
import type { InspectorState } from '../protocol/inspectorMessages';
import type { RunRecord } from '../protocol/run';
import { accuracyLabel, networkLabel, phaseLabel } from './runs/runLabel';
import type { Translate } from './translate';

/** "45 s", "1 min 10 s", "2 h 5 min": the rule of the inspector's durations, which stand beside it. */
export function formatDuration(seconds: number, t: Translate): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return t('{0} s', whole);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) {
    const rest = Math.round((whole % 60) / 5) * 5;
    if (rest === 60) return t('{0} min', minutes + 1);
    return rest === 0 || minutes >= 10 ? t('{0} min', minutes) : t('{0} min {1} s', minutes, rest);
  }
  const rest = minutes % 60;
  const hours = Math.floor(minutes / 60);
  return rest === 0 ? t('{0} h', hours) : t('{0} h {1} min', hours, rest);
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

/** "$(pulse) LSTM 128 · 31 % · 45 s left +1". `others`: how many more train. */
export function statusText(record: RunRecord, progress: InspectorState['progress'], t: Translate, others = 0): string {
  const text = ownText(record, progress, t);
  return others > 0 ? `${text} +${others}` : text;
}

function ownText(record: RunRecord, progress: InspectorState['progress'], t: Translate): string {
  const name = `${ICONS[record.phase]} ${networkLabel(record.config, t)}`;
  const accuracy = accuracyLabel(record, t);
  if (record.phase !== 'training')
    return [name, phaseLabel(record.phase, t), ...(accuracy === null ? [] : [accuracy])].join(' · ');
  const percent = record.plannedSteps > 0 ? Math.floor((100 * record.step) / record.plannedSteps) : 0;
  const left = progress?.secondsLeft;
  const parts = [name, t('{0} %', percent)];
  if (left !== null && left !== undefined) parts.push(t('{0} left', formatDuration(left, t)));
  return parts.join(' · ');
}

/** The whole of it, for the hover: a line for every run meant, and one for what text is shaded by. */
export function statusTooltip(
  records: readonly RunRecord[],
  t: Translate,
  language: string,
  shading: string | null = null,
): string {
  const number = (value: number): string => value.toLocaleString(language);
  const lines = records.map(({ source, config, step, plannedSteps }) => {
    const cell = records.length > 1 ? `${networkLabel(config, t)} · ` : '';
    return `${cell}${source.name} · ${t('step {0} of {1}', number(step), number(plannedSteps))}`;
  });
  return [...lines, ...(shading === null ? [] : [shading]), t('Click to open the inspector')].join('\n');
}
