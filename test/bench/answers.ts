// What a contestant says, one JSON object a line; anything else on its standard output is its libraries' chatter.
import * as v from 'valibot';

/** What the engine runs in and on. */
const engineSchema = v.object({
  node: v.string(),
  v8: v.string(),
  /** V8's flag for wide vectors; null where there is none. */
  flag: v.nullable(v.string()),
  kernels: v.string(),
  /** Why these kernels. */
  reason: v.string(),
});

export type EngineDetails = v.InferOutput<typeof engineSchema>;

const answerSchema = v.union([
  v.object({ ready: v.object({ name: v.string(), version: v.string(), engine: v.optional(engineSchema) }) }),
  v.object({ milliseconds: v.pipe(v.array(v.number()), v.minLength(1)), cores: v.number() }),
  v.object({ prepared: v.string() }),
  v.object({ unsupported: v.string() }),
  v.object({ missing: v.string() }),
]);

export type Answer = v.InferOutput<typeof answerSchema>;

export type Ready = Extract<Answer, { ready: unknown }>['ready'];

/** One burst: milliseconds of each step, and processor time divided by time. */
export type Burst = Extract<Answer, { milliseconds: unknown }>;

/** The answer in a line; null for chatter. Throws Error for a line that looks like an answer and is none. */
export function parseAnswer(line: string): Answer | null {
  if (!line.startsWith('{')) return null;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = v.safeParse(answerSchema, value);
  if (!parsed.success) throw new Error(`not an answer: ${line.slice(0, 200)}`);
  return parsed.output;
}
