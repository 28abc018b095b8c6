// What a person chose in the inspector and finds again after it was hidden or the window was closed (setState, versioned).
import * as v from 'valibot';
import { LOSS_UNITS } from './lossUnit';

export const SAVED_CHOICES_VERSION = 1;

const savedChoicesSchema = v.object({
  version: v.literal(SAVED_CHOICES_VERSION),
  lossUnit: v.nullable(v.picklist(LOSS_UNITS)),
  topArrows: v.pipe(v.number(), v.integer(), v.minValue(0)),
  relativeGradient: v.boolean(),
  focusUnit: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  temperature: v.pipe(v.number(), v.minValue(0), v.maxValue(2)),
  scroll: v.pipe(v.number(), v.minValue(0)),
  modelOpen: v.optional(v.boolean(), false),
  /** What was chosen in single sections, by names of their own. */
  sections: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])), {}),
});
export type SavedChoices = v.InferOutput<typeof savedChoicesSchema>;
export type SectionChoice = SavedChoices['sections'][string];

export const DEFAULT_CHOICES: SavedChoices = {
  version: SAVED_CHOICES_VERSION,
  lossUnit: null,
  topArrows: 12,
  relativeGradient: false,
  focusUnit: null,
  temperature: 0.8,
  scroll: 0,
  modelOpen: false,
  sections: {},
};

/** The saved choices, or the defaults when there are none or another version wrote them. */
export function restoreChoices(saved: unknown): SavedChoices {
  const parsed = v.safeParse(savedChoicesSchema, saved);
  return parsed.success ? parsed.output : DEFAULT_CHOICES;
}
