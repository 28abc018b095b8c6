// A run that failed: the reason in the host's words, and the ways out. Also carries notices about things outside the run.
import * as l10n from '@vscode/l10n';
import { createButton } from '../controls/button';
import { createKeyedContent, html, setShown } from '../dom';
import type { ShellContext, ShellView } from './shellView';

export function createFailedCard({ events, formats }: ShellContext): ShellView {
  const element = html('section', { class: 'banner failed-card', role: 'alert' });
  const keyed = createKeyedContent(element);
  return {
    element,
    update(model) {
      const failure = model.host?.failure ?? null;
      const message = failure?.message ?? model.notice;
      setShown(element, message !== null);
      if (message === null) return;
      const run = model.host?.run ?? null;
      // What fails beside a sound run, as a file that cannot be imported, is no failure of its training.
      const isOfTraining = failure !== null && (run === null || run.phase === 'failed');
      const headline = !isOfTraining
        ? l10n.t('Something went wrong')
        : run !== null && run.step > 0
          ? l10n.t('Training failed at step {0}', formats.integer(run.step))
          : l10n.t('Training could not begin');
      const resumable = failure?.resumable ?? false;
      keyed(JSON.stringify([headline, message, run?.id, resumable]), () => [
        html('h2', { class: 'card-title' }, headline),
        html('p', { class: 'card-text' }, message),
        html('div', { class: 'ways-out' }, ...waysOut(isOfTraining, run !== null, resumable)),
      ]);
    },
  };

  function waysOut(failed: boolean, hasRun: boolean, resumable: boolean): HTMLElement[] {
    const resume = createButton({
      label: l10n.t('Resume'),
      appearance: 'primary',
      onClick: () => events.act('resume'),
    });
    const again = createButton({
      label: l10n.t('Retrain'),
      appearance: resumable ? 'secondary' : 'primary',
      onClick: () => events.act('retrain'),
    });
    const options = createButton({
      label: l10n.t('Choose Options…'),
      appearance: hasRun ? 'secondary' : 'primary',
      onClick: () => events.act('trainWithOptions'),
    });
    const log = createButton({ label: l10n.t('Show Log'), onClick: () => events.act('showLog') });
    const shown = !failed ? [log] : hasRun ? [again, options, log] : [options, log];
    if (resumable) shown.unshift(resume);
    return shown.map((button) => button.element);
  }
}
