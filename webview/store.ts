// The inspector's one state object: what the host said, and what the person chose here. Drawn at most once per animation frame.
import type { InspectorState } from '../src/protocol/inspectorMessages';
import type { Metric } from '../src/protocol/run';
import type { FrameArrays, FrameHeader } from '../src/protocol/traceFrame';
import type { LossUnit } from './lossUnit';
import type { SavedChoices } from './savedChoices';

export interface DecodedFrame {
  sequence: number;
  header: FrameHeader;
  arrays: FrameArrays;
  /** Of a first look: which rows of gradients are known. All are where it is left out. */
  rows?: readonly boolean[];
}

export interface InspectorModel {
  /** null until the host has sent its first state. */
  readonly host: InspectorState | null;
  /** The run's points: those of the last full state and all that came since. */
  readonly metrics: readonly Metric[];
  readonly frame: DecodedFrame | null;
  /** Training step of the snapshot chosen to look at, which the frame may not show yet; null: the newest weights. */
  readonly snapshot: number | null;
  /** How many choices of a snapshot the host has not confirmed yet; until then what it says of it is older. */
  readonly unconfirmedSnapshots: number;
  /** UTF-16 offset; in a sample (no editor) it moves here only. */
  readonly cursor: number | null;
  /** A cursor position asked for from here; until the editor reports it (or `until`, in ms, passes) older reports are ignored. */
  readonly awaitedCursor: { offset: number; until: number } | null;
  /** Column under the pointer. */
  readonly hover: number | null;
  /** Row of the model chosen as focus unit; null: the picture's own choice. */
  readonly focusUnit: number | null;
  readonly topArrows: number;
  readonly relativeGradient: boolean;
  /** null: the usual one for the run's tokens. */
  readonly lossUnit: LossUnit | null;
  readonly temperature: number;
  /** The section Model is unfolded. */
  readonly modelOpen: boolean;
  /** What was chosen in single sections, by names of their own: "spectrum.open", "gates.order" … */
  readonly sections: SavedChoices['sections'];
  /** Width of the page's content, and of the panel with its scrollbar gutter, in CSS pixels. */
  readonly width: number;
  readonly panelWidth: number;
  /** A sentence about something that went wrong outside the run. */
  readonly notice: string | null;
}

/** Widths of InspectorModel. */
export type PageSize = Pick<InspectorModel, 'width' | 'panelWidth'>;

/** The state before the host has spoken. */
export function initialModel(choices: SavedChoices, size: PageSize): InspectorModel {
  return {
    host: null,
    metrics: [],
    frame: null,
    snapshot: null,
    unconfirmedSnapshots: 0,
    cursor: null,
    awaitedCursor: null,
    hover: null,
    focusUnit: choices.focusUnit,
    topArrows: choices.topArrows,
    relativeGradient: choices.relativeGradient,
    lossUnit: choices.lossUnit,
    temperature: choices.temperature,
    modelOpen: choices.modelOpen,
    sections: choices.sections,
    ...size,
    notice: null,
  };
}

/** Whether training went on and nothing else happened: its figures are redrawn, the pictures follow with the next frame. */
export function onlyWentOn(before: InspectorModel, after: InspectorModel): boolean {
  const changed = (Object.keys(after) as (keyof InspectorModel)[]).filter((key) => before[key] !== after[key]);
  if (!changed.every((key) => key === 'host' || key === 'metrics')) return false;
  const [old, now] = [before.host, after.host];
  if (old === null || now === null) return old === now;
  const others = (Object.keys(now) as (keyof InspectorState)[]).filter((key) => old[key] !== now[key]);
  const sameRun = old.run?.id === now.run?.id && old.run?.phase === now.run?.phase;
  return sameRun && others.every((key) => key === 'run' || key === 'progress');
}

/** Holds the model and calls `draw` with the newest one, once per animation frame however often it changed. */
export class Store {
  private scheduled = false;
  private anew = false;

  /** `draw` is told whether it was asked for although the model may be the same. */
  constructor(
    private current: InspectorModel,
    private readonly draw: (model: InspectorModel, anew: boolean) => void,
  ) {}

  get model(): InspectorModel {
    return this.current;
  }

  update(change: (model: InspectorModel) => InspectorModel): void {
    const next = change(this.current);
    if (next === this.current) return;
    this.current = next;
    this.schedule();
  }

  /** Draws again although nothing changed: the theme did. */
  redraw(): void {
    this.anew = true;
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    requestAnimationFrame(() => {
      const { anew } = this;
      this.scheduled = false;
      this.anew = false;
      this.draw(this.current, anew);
    });
  }
}
