// Numbers of steps in words, of one step too.
import * as l10n from '@vscode/l10n';

/** "1 step", "24 steps". */
export function stepsText(count: number): string {
  return count === 1 ? l10n.t('1 step') : l10n.t('{0} steps', count);
}

/** "24 steps back". */
export function stepsBack(count: number): string {
  return count === 1 ? l10n.t('1 step back') : l10n.t('{0} steps back', count);
}

/** "24 steps ahead". */
export function stepsAhead(count: number): string {
  return count === 1 ? l10n.t('1 step ahead') : l10n.t('{0} steps ahead', count);
}
