#!/usr/bin/env node
// Stands in for desktop VS Code's executable where it cannot be had, so that the wiring of electron.ts is tested all the same:
//   VSCODE_EXECUTABLE=test/vscode/electronStandIn.mjs npm run test:electron
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const argument = (name) => process.argv.find((a) => a.startsWith(`--${name}=`))?.slice(name.length + 3);
const suite = argument('extensionTestsPath');
if (!suite || !argument('extensionDevelopmentPath')) {
  console.error('expected --extensionDevelopmentPath= and --extensionTestsPath=');
  process.exit(64);
}
const here = path.dirname(fileURLToPath(import.meta.url));
const runner = ['--import', 'tsx', path.join(here, 'runSuite.ts'), '--suite', suite];
const result = spawnSync(process.execPath, runner, { stdio: 'inherit', cwd: path.resolve(here, '../..') });
process.exit(result.status ?? 1);
