// The gates of a stored run on a text, recomputed in float64 from its checkpoint by the oracle, which shares no code with the engine.
import fs from 'node:fs';
import path from 'node:path';
import { decodeSafetensors } from '../../src/engine/formats/safetensors';
import type { RunRecord } from '../../src/protocol/run';
import { oracleForward, type OracleParameters } from '../oracle/float64Network';

/** Tokens read before a window to warm the state up. */
const WARM_UP = 256;

function readJson<T>(folder: string, name: string): T {
  return JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')) as T;
}

/** Ids of a text of a character model, by the run's own vocabulary; 0 is the unknown token. */
function encode(folder: string, text: string): number[] {
  const { tokens } = readJson<{ tokens: [string, ...number[]][] }>(folder, 'vocabulary.json');
  const idOf = new Map(tokens.map(([token], id) => [token, id]));
  const clusters = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
  return [...clusters].map(({ segment }) => idOf.get(segment) ?? 0);
}

/**
 * By the weights in a file of the run's folder: gates [key][t][unit] of a character run on columns [first, first + count) of `text`, which begins where the document begins;
 * up to 256 tokens left of them warm the state up, from zero.
 */
export function recomputeGates(
  folder: string,
  text: string,
  first: number,
  count: number,
  weights = 'checkpoint.safetensors',
): Record<string, number[][]> {
  const { config } = readJson<RunRecord>(folder, 'run.json');
  const bytes = fs.readFileSync(path.join(folder, weights));
  const parameters: OracleParameters = {};
  for (const [name, { values }] of decodeSafetensors(bytes).tensors)
    if (values instanceof Float32Array) parameters[name] = Float64Array.from(values);
  const warm = Math.max(0, first - WARM_UP);
  const ids = encode(folder, text.slice(0, 4 * (first + count))).slice(warm, first + count);
  const shape = { ...config, vocabulary: parameters.b_o.length };
  const trace = oracleForward(
    shape,
    parameters,
    ids,
    ids.map(() => -1),
  );
  const steps = Object.entries(trace.gates).map(([key, perStep]): [string, number[][]] => [
    key,
    perStep.slice(first - warm).map((step) => Array.from(step)),
  ]);
  return Object.fromEntries(steps);
}
