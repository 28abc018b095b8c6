// Everything a view on the time axis needs to draw itself, and what it may ask for.
import type { Staleness } from '../src/protocol/inspectorMessages';
import type { RunRecord } from '../src/protocol/run';
import type { FrameArrays, FrameHeader } from '../src/protocol/traceFrame';
import type { TimeAxis } from './geometry/timeAxis';
import type { Questions } from './questions';
import type { SavedChoices, SectionChoice } from './savedChoices';
import type { Theme } from './theme';

export interface Picture {
  /** The run that the frame is of; null before the host has told. */
  run: RunRecord | null;
  header: FrameHeader;
  arrays: FrameArrays;
  axis: TimeAxis;
  /** Column of the focus step i. */
  focus: number;
  /** Column under the pointer. */
  hover: number | null;
  /** Focus unit: row of the model, not of the screen. */
  unit: number;
  /** Display row → unit. */
  order: Uint16Array;
  topArrows: number;
  theme: Theme;
  stale: Staleness | null;
  questions: Questions;
  /** What was chosen in single sections (InspectorModel.sections). */
  sections: SavedChoices['sections'];
  /** Gradient bars divided by their value at i. */
  relativeGradient: boolean;
}

export interface View {
  readonly element: HTMLElement;
  update(picture: Picture): void;
}

export interface ViewEvents {
  focus(t: number): void;
  hover(t: number | null): void;
  unit(unit: number): void;
  topArrows(count: number): void;
  /** Focus the column and put the editor's cursor there. */
  reveal(t: number): void;
  relativeGradient(on: boolean): void;
  /** Keeps a choice of a section: it comes back as picture.sections[name]. */
  choose(name: string, value: SectionChoice): void;
}
