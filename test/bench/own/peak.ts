// The most a core can do: multiply-adds on values that stay in registers, in the tile that is fastest here.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Step } from '../peers/serve';

/** Operations of one step, whatever the tile: 2 per multiply-add and lane. */
export const PEAK_OPERATIONS = 200e6;

/** Exports run<rows>x<columns>(address, times), written by compilePeak.mjs. */
type PeakModule = Record<string, (address: number, times: number) => void>;

/** Room for every tile's values behind the module's own memory. */
const ADDRESS = 65536;

/** A step of PEAK_OPERATIONS with the fastest tile; `folder` holds peak.wasm. */
export async function preparePeak(folder: string): Promise<Step> {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const bytes = await readFile(path.join(folder, 'peak.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  const tiles = Object.entries(instance.exports as unknown as PeakModule).flatMap(([name, run]) => {
    const shape = /^run(\d+)x(\d+)$/.exec(name);
    if (!shape) return [];
    const times = Math.round(PEAK_OPERATIONS / (2 * Number(shape[1]) * Number(shape[2])));
    return [() => run(ADDRESS, times)];
  });
  return fastest(tiles);
}

/** The one with the least time of several interleaved tries; the first tries are before V8's optimised code. */
function fastest(steps: (() => void)[]): () => void {
  const least = steps.map(() => Infinity);
  for (let attempt = 0; attempt < 20; attempt++)
    steps.forEach((step, at) => {
      const begin = performance.now();
      step();
      least[at] = Math.min(least[at], performance.now() - begin);
    });
  return steps[least.indexOf(Math.min(...least))];
}
