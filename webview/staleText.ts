// What is said of an answer that is out of date: a new one is on its way, or waits as long as training moves the weights.
import * as l10n from '@vscode/l10n';
import type { Known } from './questions';

type Told = Pick<Known<unknown>, 'value' | 'problem' | 'stale' | 'everySeconds'>;

/** Nothing of an answer that holds. */
export function answerText({ value, problem, stale, everySeconds }: Told): string {
  if (problem !== null) return problem;
  if (value === null) return l10n.t('computing…');
  return stale ? staleText(everySeconds) : '';
}

export function staleText(everySeconds: number | undefined): string {
  if (everySeconds === undefined) return l10n.t('stale: computing…');
  return l10n.t('stale: while training goes on, asked anew every {0} s', everySeconds);
}

/** `found` and `step`: numbers as they are written. */
export function staleStepText(everySeconds: number | undefined, found: string, step: string): string {
  if (everySeconds === undefined) return l10n.t('stale: of step {0}; computing step {1}…', found, step);
  return l10n.t('stale: of step {0}; while training goes on, asked anew every {1} s', found, everySeconds);
}
