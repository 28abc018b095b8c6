// Puts together the whole state that the inspector's page draws from.
import * as vscode from 'vscode';
import {
  INSPECTOR_VERSION,
  type InspectorState,
  type RunSummary,
  type Staleness,
} from '../../protocol/inspectorMessages';
import type { Failure } from '../../protocol/run';
import type { Estimate } from '../../protocol/trainerMessages';
import { leadsToResume } from '../commands/reportFailure';
import { readOtherwise } from '../editor/readOtherwise';
import { failureMessage } from '../failureMessages';
import type { Comparisons } from '../runs/comparisons';
import type { OpenRuns } from '../runs/openRuns';
import { canResume } from '../runs/runAbilities';
import type { StaleWatch } from '../runs/staleWatch';
import { baseName } from '../runs/trainingText';
import { defaultConfig } from '../settings';

/** Characters of the document that the empty state shows. */
const PREVIEW_CHARACTERS = 400;

export interface InspectorParts {
  runs: Pick<OpenRuns, 'current'>;
  comparisons: Pick<Comparisons, 'current'>;
  stale: Pick<StaleWatch, 'of'>;
  document: vscode.TextDocument | null;
  estimate: Estimate | null;
  summaries: RunSummary[];
  /** Why a training could not begin; goes before the failure of the run shown. */
  startFailure: Failure | null;
  continuation: InspectorState['continuation'];
  cursor: number | null;
  /** Training step of the snapshot looked at; null: the newest weights. */
  snapshot: number | null;
}

export function inspectorState(parts: InspectorParts): InspectorState {
  const { document } = parts;
  const { current } = parts.runs;
  const failure = parts.startFailure ?? current?.failure ?? null;
  return {
    version: INSPECTOR_VERSION,
    document: document && {
      name: baseName(document.uri),
      uri: document.uri.toString(),
      preview: document.getText(new vscode.Range(new vscode.Position(0, 0), document.positionAt(PREVIEW_CHARACTERS))),
    },
    defaults: defaultConfig(document?.uri),
    estimate: parts.estimate,
    run: current?.record ?? null,
    progress: current?.progress ?? null,
    metrics: current?.metrics ?? [],
    stale: staleness(parts),
    failure: failure && {
      failure,
      message: failureMessage(failure, vscode.l10n.t),
      resumable: current !== null && leadsToResume(failure) && canResume(current.record),
    },
    runs: parts.summaries,
    comparison: parts.comparisons.current,
    continuation: parts.continuation,
    cursor: parts.cursor,
    snapshot: parts.snapshot,
    treesImported: current?.treesImported ?? 0,
  };
}

function staleness({ runs, stale, document }: InspectorParts): Staleness | null {
  const record = runs.current?.record;
  if (!record) return null;
  // Any sentence may be tried on a classifier.
  const isOfItsText = record.config.task === 'language';
  if (isOfItsText && document && record.source.uri !== '' && document.uri.toString() !== record.source.uri)
    return { reason: 'differentText', edit: null };
  const encodings = readOtherwise(document, record);
  return encodings ? { reason: 'otherEncoding', edit: null, encodings } : stale.of(record.id);
}
