// Says that the text is no longer the one the run was trained on, from where on, and offers the two ways to go on.
import * as l10n from '@vscode/l10n';
import type { InspectorAction, Staleness } from '../../src/protocol/inspectorMessages';
import type { FrameHeader, TokenInfo } from '../../src/protocol/traceFrame';
import { createButton } from '../controls/button';
import { createKeyedContent, html, setShown } from '../dom';
import type { InspectorModel } from '../store';
import { shortName } from './emptyState';
import type { ShellContext, ShellView } from './shellView';

/** Columns of the window that an edit touches, first and last; null when it lies elsewhere. */
export function editedColumns(
  tokens: readonly TokenInfo[],
  edit: { start: number; end: number },
): [number, number] | null {
  const first = tokens.findIndex((token) => token.end > edit.start);
  const firstToken = tokens[first];
  if (firstToken === undefined || firstToken.start > Math.max(edit.end, edit.start + 1)) return null;
  const last = tokens.findLastIndex((token) => token.start < Math.max(edit.end, edit.start + 1));
  return last < first ? null : [first, last];
}

interface Told {
  headline: string;
  detail: string;
  buttons: { label: string; action: InspectorAction }[];
}

const typed = (characters: number, integer: (value: number) => string): string =>
  characters === 1 ? l10n.t('1 character was typed') : l10n.t('{0} characters were typed', integer(characters));

function tell(model: InspectorModel, stale: Staleness, name: string, integer: (value: number) => string): Told {
  const openRun = { label: l10n.t('Open Run…'), action: 'openRun' as const };
  if (stale.reason === 'deleted') {
    return {
      headline: l10n.t('{0} is gone.', name),
      detail: l10n.t('It was deleted or moved. The run and its weights are kept, and can still be looked at.'),
      buttons: [openRun],
    };
  }
  if (stale.reason === 'differentText') {
    const beside = model.host?.document?.name ?? '';
    return {
      headline: l10n.t('This run was trained on another text, {0}.', name),
      detail: l10n.t('Its gates and gradients are shown on the text beside it all the same.'),
      buttons: [
        ...(beside === '' ? [] : [{ label: l10n.t('Train on {0}', shortName(beside)), action: 'train' as const }]),
        openRun,
      ],
    };
  }
  if (stale.reason === 'otherEncoding') {
    const { editor, trained } = stale.encodings ?? { editor: '?', trained: '?' };
    return {
      headline: l10n.t('The editor reads this file as {0}; Gatescope read it as {1}.', editor, trained),
      detail: l10n.t('The beginning of the trained text is shown. Use “Reopen with Encoding” to see the same text.'),
      buttons: [{ label: l10n.t('Reopen with Encoding…'), action: 'reopenWithEncoding' }],
    };
  }
  return {
    headline: l10n.t('The text changed since this run.'),
    detail: tellEdit(stale.edit, model.frame?.header ?? null, integer),
    buttons: [
      { label: l10n.t('Update'), action: 'update' },
      { label: l10n.t('Retrain'), action: 'retrain' },
    ],
  };
}

/** Where the text was edited. A picture of the live text is right everywhere: only the weights are of the old one. */
function tellEdit(edit: Staleness['edit'], header: FrameHeader | null, integer: (value: number) => string): string {
  if (edit === null) return l10n.t('It was changed outside the editor.');
  const count = typed(edit.characters, integer);
  const columns = editedColumns(header?.tokens ?? [], edit);
  if (columns === null) return l10n.t('{0}, outside the part shown here.', count);
  const live = header?.origin === 'document';
  const [first, last] = columns;
  if (first === last)
    return live
      ? l10n.t('{0} in column {1}; the weights are of the text before.', count, first)
      : l10n.t('{0} in column {1}; from there on the picture is of the old text.', count, first);
  return live
    ? l10n.t('{0} in columns {1}–{2}; the weights are of the text before.', count, first, last)
    : l10n.t('{0} in columns {1}–{2}; from there on the picture is of the old text.', count, first, last);
}

export function createStaleBar({ events, formats }: ShellContext): ShellView {
  const element = html('section', { class: 'banner stale-bar', role: 'status' });
  const keyed = createKeyedContent(element);
  return {
    element,
    update(model) {
      const stale = model.host?.stale ?? null;
      const run = model.host?.run ?? null;
      setShown(element, stale !== null && run !== null);
      if (stale === null || run === null) return;
      const told = tell(model, stale, run.source.name, (value) => formats.integer(value));
      keyed(JSON.stringify(told), () => [
        html('p', { class: 'banner-text' }, html('b', {}, told.headline), ` ${told.detail}`),
        html(
          'div',
          { class: 'banner-buttons' },
          ...told.buttons.map(
            ({ label, action }, k) =>
              createButton({ label, appearance: k === 0 ? 'primary' : 'secondary', onClick: () => events.act(action) })
                .element,
          ),
        ),
      ]);
    },
  };
}
