// The gates' names in the reader's language.
import * as l10n from '@vscode/l10n';

/** The field's term for a gate or state; unknown names are shown as they are. */
export function gateTerm(name: string): string {
  switch (name) {
    case 'forget':
      return l10n.t('forget');
    case 'input':
      return l10n.t('input');
    case 'output':
      return l10n.t('output');
    case 'candidate':
      return l10n.t('candidate');
    case 'cell':
      return l10n.t('cell');
    case 'hidden':
      return l10n.t('hidden');
    case 'update':
      return l10n.t('update');
    case 'reset':
      return l10n.t('reset');
    default:
      return name;
  }
}
