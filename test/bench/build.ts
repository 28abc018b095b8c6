// Builds what the engine needs to take part, from the sources as they are: its bundle, its kernels and the peak's kernel.
import { build } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { run } from '../vscode/npmPackages';
import { root } from '../vscode/paths';

/** Ignored by git; a folder of its own, so that tests running beside a benchmark do not see half-written modules. */
const folder = path.join(root, 'dist-test', 'bench');

/** The bundle's path. It is made as the trainer's is. */
export async function buildEngine(): Promise<string> {
  fs.mkdirSync(folder, { recursive: true });
  for (const script of ['src/engine/kernels/compileKernels.mjs', 'test/bench/own/compilePeak.mjs'])
    run(process.execPath, [path.join(root, script), folder], root);
  const thread = path.join(root, 'src', 'trainer', 'kernelThread.ts');
  await build({
    entryPoints: { engine: path.join(__dirname, 'own', 'main.ts'), kernelThread: thread },
    ...{
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      mainFields: ['module', 'main'],
    },
    ...{ outdir: folder, logLevel: 'warning' },
  });
  return path.join(folder, 'engine.js');
}
