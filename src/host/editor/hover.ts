// The hover over the run's text: asks the trainer about the token under the pointer.
import * as vscode from 'vscode';
import { GatescopeError } from '../../protocol/failures';
import type { Log } from '../log';
import { TrainerReleased } from '../runs/trainerConnection';
import { lengthOf } from '../runs/trainingText';
import { Slowed } from '../slowed';
import type { Shaded } from './shading';
import { valueAt } from './shadingLevels';
import { stretchAround } from './shadingStretch';
import { hoverText, type HoveredInfluence } from './hoverText';
import type { ShownText } from './shownText';

/** The trainer of a run that nothing else looks at stays this long for another hover. */
const REST_MILLISECONDS = 60_000;
/** The token and the one before it, which says what was expected. */
const COLUMNS = 2;

/** In every text that the run shown is looked at in; `shaded` is what is shaded now. */
export function registerHover(text: ShownText, shaded: () => readonly Shaded[], log: Log): vscode.Disposable {
  const { runs } = text;
  const onlooker = {};
  const leave = (): void => {
    if (runs.onlookers.delete(onlooker)) runs.releaseIdle();
  };
  const rest = new Slowed(REST_MILLISECONDS, leave);
  const provider = vscode.languages.registerHoverProvider('*', {
    async provideHover(document, position, cancelled) {
      const { run } = text;
      if (!run || !text.holds(document, run.record)) return undefined;
      const offset = document.offsetAt(position);
      const view = text.view(document, stretchAround(offset, lengthOf(document)), offset + 1);
      runs.onlookers.add(onlooker);
      rest.ask();
      try {
        const frame = await run.request('inspect', { ...view, columns: COLUMNS });
        const { tokens, focus } = frame.header;
        const { start, end } = tokens[focus];
        if (cancelled.isCancellationRequested || offset < start || offset >= end) return undefined;
        const influence = influenceAt(shaded(), document, offset);
        const also = { influence, focusUnit: text.looking.current?.focusUnit ?? null };
        const said = hoverText(frame, run.record, also, vscode.l10n.t, vscode.env.language);
        // Neither trusted nor HTML: what stands in the text is never taken for more than text.
        const content = new vscode.MarkdownString(said);
        return new vscode.Hover(content, new vscode.Range(document.positionAt(start), document.positionAt(end)));
      } catch (error) {
        if (!(error instanceof TrainerReleased || error instanceof GatescopeError))
          log.error(`no hover: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }
    },
  });
  return vscode.Disposable.from(provider, rest, { dispose: leave });
}

function influenceAt(
  shaded: readonly Shaded[],
  document: vscode.TextDocument,
  offset: number,
): HoveredInfluence | null {
  const here = shaded.find((one) => one.document === document && one.version === document.version);
  if (here?.by !== 'influence' || !here.shading.target) return null;
  const norm = valueAt(here.shading, offset);
  return norm === null ? null : { norm, target: here.shading.target.text };
}
