// Script of a page that has the engine run in a classic worker made from a Blob.
import type { KernelModules, WasmVariant } from '../../src/engine/kernels/kernelVariants';
import type { EngineRun } from './engineRun';
import type { EngineOrder } from './engineWorker';

declare global {
  interface Window {
    /** Runs on the modules named, the plain kernels where none are; `wanted` threads, 0 where none may be started. */
    runInWorker(variants: readonly WasmVariant[], wanted: number): Promise<EngineRun>;
  }
}

async function blobOf(script: string): Promise<string> {
  const text = await (await fetch(script)).text();
  return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
}

async function fetchModules(variants: readonly WasmVariant[]): Promise<KernelModules | null> {
  const modules: KernelModules = {};
  for (const name of variants)
    modules[name] = new Uint8Array(await (await fetch(`/kernels.${name}.wasm`)).arrayBuffer());
  return variants.length > 0 ? modules : null;
}

window.runInWorker = async (variants, wanted) => {
  const threads = wanted > 0 ? { wanted, script: await blobOf('/engineThreadWorker.js') } : null;
  const order: EngineOrder = { modules: await fetchModules(variants), threads };
  const worker = new Worker(await blobOf('/engineWorker.js'));
  const answer = new Promise<EngineRun>((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<{ run?: EngineRun; error?: string }>) => {
      if (data.run) resolve(data.run);
      else reject(new Error(data.error));
    };
  });
  worker.postMessage(order);
  return answer.finally(() => worker.terminate());
};
