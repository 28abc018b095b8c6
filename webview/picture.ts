// Everything a view on the time axis needs to draw itself, and what it may ask for.
import type { Comparison, InspectorAction, Staleness } from '../src/protocol/inspectorMessages';
import type { LayerPlace } from '../src/protocol/layerPlace';
import type { WantedTrees } from '../src/protocol/syntax';
import type { Metric, RunRecord } from '../src/protocol/run';
import type { FrameArrays, FrameHeader } from '../src/protocol/traceFrame';
import type { TimeAxis } from './geometry/timeAxis';
import type { Questions } from './questions';
import type { SavedChoices, SectionChoice } from './savedChoices';
import type { Theme } from './theme';

export interface Picture {
  /** The run that the frame is of; null before the host has told. */
  run: RunRecord | null;
  /** Its points of the training chart, and what it is compared with. */
  metrics: readonly Metric[];
  comparison: Comparison | null;
  /** The layer and direction that the picture is of. */
  place: LayerPlace;
  /** The same picture of another place. */
  at(place: LayerPlace): Picture;
  header: FrameHeader;
  /** Of the place, under the names of a network that has no other; see FrameArrays. */
  arrays: FrameArrays;
  /** Of all layers and directions, under the names of the frame. */
  frameArrays: FrameArrays;
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
  /** How often trees were imported for the run: after each time what is known of the text's syntax is out of date. */
  treesImported: number;
  /** Gradient bars divided by their value at i. */
  relativeGradient: boolean;
}

export interface View {
  readonly element: HTMLElement;
  update(picture: Picture): void;
}

export interface ViewEvents {
  act(action: InspectorAction): void;
  /** Save the trees that are shown as a CoNLL-U file. */
  /** `seconds`: where sentences begin of which the second reading is shown. */
  saveParses(trees: WantedTrees, seconds: number[]): void;
  focus(t: number): void;
  hover(t: number | null): void;
  /** Of the place chosen. */
  unit(unit: number): void;
  topArrows(count: number): void;
  /** Focus the column and put the editor's cursor there. */
  reveal(t: number): void;
  relativeGradient(on: boolean): void;
  /** Keeps a choice of a section: it comes back as picture.sections[name]. */
  choose(name: string, value: SectionChoice): void;
}
