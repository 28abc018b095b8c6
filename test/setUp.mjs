// The first thing `npm start` and `npm test` run, from a fresh clone too: installs what is missing with plain Node, goes on.
//   node test/setUp.mjs start|test|install [arguments]
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST_NODE = 20;

/** Whether node_modules holds, version for version, what package-lock.json asks for (packages of other platforms aside). */
function installed() {
  const read = (file) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8')).packages;
  if (!fs.existsSync(path.join(root, 'node_modules/.package-lock.json'))) return false;
  const present = read('node_modules/.package-lock.json');
  const wanted = Object.entries(read('package-lock.json'));
  return wanted.every(([name, p]) => name === '' || p.optional || present[name]?.version === p.version);
}

function runNpm(...args) {
  const cli = process.env.npm_execpath;
  const byThisNpm = cli && /npm-cli\.js$/.test(cli);
  const [command, first] = byThisNpm ? [process.execPath, [cli]] : ['npm', []];
  const shell = !byThisNpm && process.platform === 'win32';
  const result = spawnSync(command, [...first, ...args], { cwd: root, stdio: 'inherit', shell });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** Hands over to a script of the project and ends with its exit code. Ctrl+C reaches the script by itself; it decides when to end. */
function handOver(script, args) {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { cwd: root, stdio: 'inherit' });
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(`Gatescope needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
const [task, ...rest] = process.argv.slice(2);
if (!installed()) runNpm('ci', '--no-audit', '--no-fund');
if (task === 'start') handOver('test/vscode/start.ts', rest);
else if (task === 'test') handOver('test/runAll.ts', rest);
