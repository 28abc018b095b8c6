// Puts the parts of the inspector on the page, from top to bottom, and redraws them all from one model.
import * as l10n from '@vscode/l10n';
import { html, setShown, setText } from '../dom';
import { railWidth } from '../geometry/timeAxis';
import { modelName } from '../runText';
import { drawnUnitOf, hasTwoLineBar, isCompact, isComputingSnapshot, pageOf } from '../selectors';
import type { InspectorModel } from '../store';
import { createAgreementSection } from './agreementSection';
import { createContinuation } from './continuation';
import { createDivergedCard } from './divergedCard';
import { createEmptyState } from './emptyState';
import { createFailedCard } from './failedCard';
import { createJoinedSection } from './joinedSection';
import { createLyapunovSection } from './lyapunovSection';
import { createModelSection } from './modelSection';
import { createPlaces } from './places';
import { createProbesSection } from './probesSection';
import { createPreparingState } from './preparingState';
import { createRunBar } from './runBar';
import { createScoresSection } from './scoresSection';
import type { ShellContext, ShellView } from './shellView';
import { createSpectrumSection } from './spectrumSection';
import { createStaleBar } from './staleBar';
import type { TimeZone } from './timeZone';
import { createTrainingChart } from './trainingChart';

/** `timeZone` stands between the banners and what follows the pictures, its cell below or beside it; both are shown once there is a picture. */
export function createPage(
  root: HTMLElement,
  context: ShellContext,
  { element: timeZone, cell }: Pick<TimeZone, 'element' | 'cell'>,
): ShellView {
  const before = [
    createRunBar(context),
    createTrainingChart(context),
    createFailedCard(context),
    createDivergedCard(context),
    createStaleBar(context),
  ];
  const empty = createEmptyState(context);
  const preparing = createPreparingState(context);
  const beside = [createSpectrumSection(context), createLyapunovSection(context)];
  const after = [
    ...[createScoresSection(context), createProbesSection(context)],
    ...[createJoinedSection(context), createAgreementSection(context)],
    ...[createContinuation(context), createModelSection(context)],
  ];
  const rail = html('div', { class: 'rail' }, cell, ...beside.map((view) => view.element));
  const waiting = html('p', { class: 'waiting', role: 'status' }, l10n.t('Waiting for the extension…'));
  const heading = html('h1', { class: 'visually-hidden' });
  const coming = html('p', { class: 'state-text', role: 'status' });
  const places = createPlaces();
  const pictureComing = html('section', { class: 'state picture-coming' }, coming, places.element);
  const all = [...before, empty, preparing, ...beside, ...after];
  root.replaceChildren(
    waiting,
    heading,
    ...before.map((view) => view.element),
    empty.element,
    preparing.element,
    pictureComing,
    html('div', { class: 'pictures' }, timeZone, rail),
    ...after.map((view) => view.element),
  );

  return {
    element: root,
    update(model) {
      const page = pageOf(model);
      root.classList.toggle('two-line-bar', hasTwoLineBar(model));
      root.classList.toggle('size-s', isCompact(model));
      root.classList.toggle('size-xs', model.panelWidth < 440);
      root.dataset.page = page;
      setShown(waiting, page === 'waiting');
      const withPicture = page === 'run' && model.frame !== null;
      setShown(timeZone, withPicture);
      setShown(cell, withPicture);
      const railRoom = railWidth(model.panelWidth, drawnUnitOf(model));
      root.classList.toggle('size-l', railRoom > 0);
      root.style.setProperty('--gs-rail', `${railRoom}px`);
      for (const part of [timeZone, cell]) part.classList.toggle('computing', isComputingSnapshot(model));
      setShown(pictureComing, page === 'run' && model.frame === null);
      setShown(heading, page === 'run');
      setText(heading, headingText(model));
      setText(coming, comingText(model));
      places.update(model.host?.document?.preview ?? null);
      for (const view of all) view.update(model);
    },
  };
}

function comingText(model: InspectorModel): string {
  const phase = model.host?.run?.phase;
  if (phase === 'failed' && (model.host?.run?.step ?? 0) > 0)
    return l10n.t(
      'There is no picture while no process holds the network. Resume brings it back from the last checkpoint.',
    );
  if (phase === 'failed') return l10n.t('There is no picture: the run failed before its network was built.');
  if (phase === 'preparing') return l10n.t('Building the network…');
  return l10n.t('Computing the first picture…');
}

/** What a screen reader announces the page as. */
function headingText(model: InspectorModel): string {
  const run = model.host?.run ?? null;
  return run === null ? '' : l10n.t('{0} on {1}', modelName(run.config), run.source.name);
}
