// What every part of the shell is: an element that redraws itself from the model, and asks for things through its events.
import type { InspectorAction } from '../../src/protocol/inspectorMessages';
import type { LossUnit } from '../lossUnit';
import type { NumberFormats } from '../numberFormats';
import type { Questions } from '../questions';
import type { SectionChoice } from '../savedChoices';
import type { InspectorModel } from '../store';

export interface ShellView {
  readonly element: HTMLElement;
  update(model: InspectorModel): void;
}

export interface ShellEvents {
  act(action: InspectorAction, value?: number): void;
  lossUnit(unit: LossUnit): void;
  temperature(value: number): void;
  /** Looks at the network as it was at a training step, of those kept; null: at the newest weights. */
  lookAt(snapshot: number | null): void;
  modelOpen(open: boolean): void;
  /** Asks for a file of annotated sentences: it comes back as a choice of sections (annotations.ts). */
  chooseAnnotations(): void;
  /** Keeps a choice of a section: it comes back as model.sections[name]. */
  choose(name: string, value: SectionChoice): void;
}

export interface ShellContext {
  events: ShellEvents;
  formats: NumberFormats;
  questions: Questions;
}
