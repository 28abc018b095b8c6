// The file of annotated sentences that was chosen for probes: kept with the choices of the sections, so that it is found again.
import * as v from 'valibot';
import { sourceSchema } from '../src/protocol/run';
import type { SavedChoices } from './savedChoices';

/** Name of the choice. */
export const ANNOTATIONS = 'probes.annotations';

const annotationsSchema = v.object({ file: sourceSchema, chosen: v.number() });
export type Annotations = v.InferOutput<typeof annotationsSchema>;

export const annotationsChoice = ({ file, chosen }: Annotations): string => JSON.stringify({ file, chosen });

/** Null before one was chosen, and after it was taken away. */
export function annotationsOf(sections: SavedChoices['sections']): Annotations | null {
  const kept = sections[ANNOTATIONS];
  if (typeof kept !== 'string' || !kept.startsWith('{')) return null;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), annotationsSchema), kept);
  return parsed.success ? parsed.output : null;
}
