// Nothing trained yet: what this is, one button with the real file and cell on it, what it costs, and the places of the pictures.
import * as l10n from '@vscode/l10n';
import type { InspectorState } from '../../src/protocol/inspectorMessages';
import { createButton, createLinkButton } from '../controls/button';
import { createKeyedContent, html, sentence, setShown, setText } from '../dom';
import { modelName } from '../runText';
import { pageOf } from '../selectors';
import { createPlaces } from './places';
import type { ShellContext, ShellView } from './shellView';

export function createEmptyState({ events, formats }: ShellContext): ShellView {
  const title = html('h1', { class: 'state-title' });
  const explanation = html('p', { class: 'state-text' });
  const explain = createKeyedContent(explanation);
  let hasDocument = false;
  const start = createButton({
    label: '',
    appearance: 'primary',
    onClick: () => events.act(hasDocument ? 'train' : 'openFile'),
  });
  const cost = html('span', { class: 'cost' });
  const options = createLinkButton(l10n.t('Choose options…'), () => events.act('trainWithOptions'));
  const runs = createLinkButton(l10n.t('Open an earlier run…'), () => events.act('openRun'));
  const places = createPlaces();
  const element = html(
    'section',
    { class: 'state empty-state' },
    title,
    explanation,
    html('div', { class: 'ways-out' }, start.element, cost, options, runs),
    places.element,
  );

  return {
    element,
    update(model) {
      const shown = pageOf(model) === 'empty';
      setShown(element, shown);
      if (!shown || model.host === null) return;
      const { document, estimate, defaults, runs: earlier } = model.host;
      hasDocument = document !== null;
      setText(
        title,
        document ? l10n.t('See what a recurrent network remembers of this text') : l10n.t('Open a text file to begin'),
      );
      explain(JSON.stringify([document?.name, estimate?.characters, estimate?.distinct, estimate?.sampled]), () =>
        explanationOf(model.host),
      );
      start.set({
        label: document
          ? l10n.t('Train {0} on {1}', modelName(defaults), shortName(document.name))
          : l10n.t('Open File…'),
      });
      setText(
        cost,
        document && estimate
          ? l10n.t('{0} steps · about {1}', formats.integer(estimate.steps), formats.duration(estimate.seconds))
          : '',
      );
      setShown(cost, cost.textContent !== '');
      setShown(options, hasDocument);
      setShown(runs, earlier.length > 0);
      places.update(estimate?.preview ?? document?.preview ?? null);
    },
  };

  function explanationOf(state: InspectorState | null): (Node | string)[] {
    const document = state?.document ?? null;
    const estimate = state?.estimate ?? null;
    if (document === null) {
      return [
        l10n.t(
          'Gatescope trains a small recurrent network on the text you are reading, on this computer, then shows its gates and how far the gradient reaches back from any place in the text. Nothing leaves the machine.',
        ),
      ];
    }
    const name = html('b', {}, document.name);
    if (estimate === null) {
      return sentence(
        l10n.t(
          'Gatescope trains a small network on {0} on this computer, then shows its gates and how far the gradient reaches back from any place in the text. Nothing leaves the machine.',
        ),
        name,
      );
    }
    const characters = formats.integer(estimate.characters);
    const size = estimate.sampled
      ? l10n.t('about {0} characters, {1} distinct or more', characters, formats.integer(estimate.distinct))
      : l10n.t('{0} characters, {1} distinct', characters, formats.integer(estimate.distinct));
    return sentence(
      l10n.t(
        'Gatescope trains a small network on {0} ({1}) on this computer, then shows its gates and how far the gradient reaches back from any place in the text. Nothing leaves the machine.',
      ),
      name,
      size,
    );
  }
}

/** A file name short enough for a button: its middle is left out, its ending kept. */
export function shortName(name: string): string {
  return name.length <= 32 ? name : `${name.slice(0, 18)}…${name.slice(-12)}`;
}
