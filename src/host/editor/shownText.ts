// Which texts the run shown is looked at in, and with which of its weights: the editor's aids follow what the inspector shows.
import type * as vscode from 'vscode';
import type { RunRecord } from '../../protocol/run';
import type { TextSlice, TextView } from '../../protocol/trainerMessages';
import type { OpenRuns } from '../runs/openRuns';
import type { Run } from '../runs/run';
import { hasModel } from '../runs/runAbilities';
import type { Signal } from '../signal';
import { sliceOfDocument } from './documentSlice';
import { readOtherwise } from './readOtherwise';
import type { Stretch } from './shadingLevels';

/** A unit of a layer and direction, which its arrays' suffix names (layerPlace.ts). */
export interface FocusUnit {
  unit: number;
  suffix: string;
}

/** What is needed of the inspector; null while it is closed. */
export interface Looking {
  readonly lookChanged: Signal<void>;
  readonly current: {
    readonly link: { readonly document: vscode.TextDocument | null };
    readonly focusUnit: FocusUnit | null;
    readonly snapshots: { of(runId: string): number | null };
  } | null;
}

export class ShownText {
  constructor(
    readonly runs: OpenRuns,
    readonly looking: Looking,
  ) {}

  /** The run shown, if it can be asked about a text. */
  get run(): Run | null {
    const { current } = this.runs;
    return hasModel(current?.record) ? current : null;
  }

  /** Training step of the snapshot that the inspector looks at; null for the newest weights. */
  get snapshot(): number | null {
    const { run } = this;
    return run ? (this.looking.current?.snapshots.of(run.id) ?? null) : null;
  }

  /** The run's own text, and the one beside the inspector; not where the editor reads the file otherwise than the trainer did. */
  holds(document: vscode.TextDocument, record: RunRecord): boolean {
    // Other networks predict no next tokens to be surprised by.
    if (record.config.task !== 'language') return false;
    const isOwn = document.uri.toString() === record.source.uri;
    return (isOwn || document === this.looking.current?.link.document) && !readOtherwise(document, record);
  }

  /** A stretch of a document as a question is told it. */
  view(document: vscode.TextDocument, stretch: Stretch, cursor: number): TextView & { slice: TextSlice } {
    const slice = sliceOfDocument(document, stretch);
    return { slice, cursor, windowStart: null, columns: 1, snapshot: this.snapshot };
  }
}
