// Says that the text is no longer the one the run was trained on, from where on, and offers the two ways to go on.
import * as l10n from '@vscode/l10n';
import type { InspectorAction, Staleness } from '../../src/protocol/inspectorMessages';
import type { TokenInfo } from '../../src/protocol/traceFrame';
import { createButton } from '../controls/button';
import { createKeyedContent, html, setShown } from '../dom';
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

function tell(stale: Staleness, name: string, tokens: readonly TokenInfo[], integer: (value: number) => string): Told {
  const update = { label: l10n.t('Update'), action: 'update' as const };
  const retrain = { label: l10n.t('Retrain'), action: 'retrain' as const };
  if (stale.reason === 'deleted') {
    return {
      headline: l10n.t('{0} is gone.', name),
      detail: l10n.t(
        'It was deleted or moved. The run and its weights are kept; what you see is the text as it was trained on.',
      ),
      buttons: [
        { label: l10n.t('Open File…'), action: 'openFile' },
        { label: l10n.t('Open Run…'), action: 'openRun' },
      ],
    };
  }
  if (stale.reason === 'differentText') {
    return {
      headline: l10n.t('This run was trained on another text.'),
      detail: l10n.t('Its gates and gradients are shown on the text beside it all the same.'),
      buttons: [{ label: l10n.t('Retrain'), action: 'retrain' }, update],
    };
  }
  const headline = l10n.t('The text changed since this run.');
  if (stale.edit === null)
    return { headline, detail: l10n.t('It was changed outside the editor.'), buttons: [update, retrain] };
  const count = typed(stale.edit.characters, integer);
  const columns = editedColumns(tokens, stale.edit);
  if (columns === null)
    return { headline, detail: l10n.t('{0}, outside the part shown here.', count), buttons: [update, retrain] };
  const detail =
    columns[0] === columns[1]
      ? l10n.t('{0} in column {1}; from there on the picture is of the old text.', count, columns[0])
      : l10n.t('{0} in columns {1}–{2}; from there on the picture is of the old text.', count, columns[0], columns[1]);
  return { headline, detail, buttons: [update, retrain] };
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
      const told = tell(stale, run.source.name, model.frame?.header.tokens ?? [], (value) => formats.integer(value));
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
