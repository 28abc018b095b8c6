// The first seconds of a run: the frame of the empty state, a progress line, and what is being done.
import * as l10n from '@vscode/l10n';
import type { InspectorState } from '../../src/protocol/inspectorMessages';
import { createButton } from '../controls/button';
import { html, setShown, setText } from '../dom';
import { modelName } from '../runText';
import { pageOf } from '../selectors';
import { createPlaces } from './places';
import type { ShellContext, ShellView } from './shellView';

type Activity = NonNullable<InspectorState['progress']>['activity'];

function activityText(activity: Activity, name: string): string {
  if (activity === 'reading') return l10n.t('Reading {0}', name);
  if (activity === 'counting') return l10n.t('Counting what occurs in it');
  if (activity === 'building') return l10n.t('Building the network');
  return l10n.t('Starting');
}

export function createPreparingState({ events, formats }: ShellContext): ShellView {
  const title = html('h1', { class: 'state-title' });
  const doing = html('p', { class: 'state-text', role: 'status' });
  const detail = html('span', { class: 'cost' });
  const fill = html('div', { class: 'progress-fill' });
  const line = html('div', { class: 'progress-line', role: 'progressbar', 'aria-label': l10n.t('Preparing') }, fill);
  const stop = createButton({ label: l10n.t('Stop'), icon: 'stop', onClick: () => events.act('stop') });
  const places = createPlaces();
  const element = html(
    'section',
    { class: 'state preparing-state' },
    title,
    doing,
    line,
    html('div', { class: 'ways-out' }, stop.element, detail),
    places.element,
  );

  return {
    element,
    update(model) {
      const run = model.host?.run ?? null;
      const shown = pageOf(model) === 'preparing' && run !== null;
      setShown(element, shown);
      if (!shown || run === null || model.host === null) return;
      const { progress, document, estimate } = model.host;
      setText(title, l10n.t('Preparing {0} on {1}', modelName(run.config), run.source.name));
      setText(doing, activityText(progress?.activity ?? null, run.source.name));
      const fraction = progress?.fraction ?? null;
      line.classList.toggle('unknown', fraction === null);
      fill.style.setProperty('width', `${((fraction ?? 0) * 100).toFixed(1)}%`);
      if (fraction === null) line.removeAttribute('aria-valuenow');
      else line.setAttribute('aria-valuenow', String(Math.round(fraction * 100)));
      setText(
        detail,
        run.corpus
          ? l10n.t(
              '{0} characters, {1} distinct tokens',
              formats.integer(run.corpus.characters),
              formats.integer(run.corpus.vocabulary),
            )
          : l10n.t('The first picture follows in a few seconds.'),
      );
      places.update(estimate?.preview ?? document?.preview ?? null);
    },
  };
}
