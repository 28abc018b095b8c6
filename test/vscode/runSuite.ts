// Runs the integration suite inside the extension host of a real VS Code; exit code 0 only if it passed.
//   node --import tsx test/vscode/runSuite.ts [--suite FILE] [--grep TEXT] [--timeout SECONDS] [--verbose]
// Exit codes: 1 tests failed, 70 extension host died, 71 server died, 72 page crashed, 73 start failed, 74 no summary, 124 timeout.
import path from 'node:path';
import { format, parseArgs, stripVTControlCharacters } from 'node:util';
import type { OpenPage } from './chromium';
import { openWorkbench } from './openWorkbench';
import { root } from './paths';
import { startServer, type Server } from './serverProcess';

interface Summary {
  passed: number;
  failed: number;
  skipped: number;
}

const { values: options } = parseArgs({
  options: {
    suite: { type: 'string', default: path.join(root, 'dist-test/integration.js') },
    grep: { type: 'string', default: process.env.GATESCOPE_GREP ?? '' },
    timeout: { type: 'string', default: '300' },
    verbose: { type: 'boolean', default: false },
  },
});
const suite = path.resolve(options.suite);

/** Lines of the workbench that say nothing about the extension. */
const NOISE = /^Error: \d+ test\(s\) failed|^Timed out waiting for authentication provider 'github'/;

const begin = Date.now();
// Settled once, by whatever happens first.
let end: (code: number, why?: string) => void = () => undefined;
const outcome = new Promise<{ code: number; why?: string }>((resolve) => {
  end = (code, why) => resolve({ code, why });
});
let finished = false;
let summary: Summary | undefined;

function onLog(type: string, args: unknown[]): void {
  const [first, second, third] = args;
  if (first === 'GATESCOPE' && second === 'SUMMARY') summary = JSON.parse(String(third)) as Summary;
  else if (first === 'GATESCOPE') console.log(format(...args.slice(1)));
  else if (options.verbose || (type === 'error' && !NOISE.test(String(first))))
    console.log(`[workbench ${type}] ${format(...args)}`);
}

/** The extension host is a child of the server: the death of either must end the run at once. */
function watchServer(line: string): void {
  if (options.verbose) console.log(`[server] ${line}`);
  const plain = stripVTControlCharacters(line);
  const death = /Extension Host Process exited with code: (\S+), signal: (\S+?)\.?$/.exec(plain);
  if (death && !finished) {
    const why = `the extension host died (code ${death[1]}, signal ${death[2]})`;
    setTimeout(() => end(70, why), 1000);
  }
  if (line.startsWith('[server] exited')) end(71, line);
}

async function openPageWithSuite(server: Server): Promise<OpenPage> {
  return openWorkbench(server, {
    development: root,
    tests: suite,
    environment: { GATESCOPE_GREP: options.grep },
    beforeGoto: async (page) => {
      page.on('crash', () => end(72, 'the workbench page crashed'));
      if (options.verbose) page.on('console', (m) => console.log(`[page ${m.type()}] ${m.text().slice(0, 500)}`));
      await page.exposeFunction('codeAutomationLog', onLog);
      await page.exposeFunction('codeAutomationExit', (code: number) => {
        finished = true;
        end(code);
      });
    },
  });
}

async function main(): Promise<number> {
  const server = await startServer({ files: { 'placeholder.txt': 'A workspace.\n' }, automation: true });
  server.onLine = watchServer;
  const timer = setTimeout(() => end(124, `no result after ${options.timeout} s`), Number(options.timeout) * 1000);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(130, signal));
  const opened = await openPageWithSuite(server).catch((error: unknown) => {
    end(73, error instanceof Error ? error.stack : String(error));
    return undefined;
  });
  let { code, why } = await outcome;
  // VS Code itself reports 0 when its extension host dies: a suite that sent no summary did not pass.
  if (code === 0 && !summary) [code, why] = [74, 'the suite ended without a result (did the extension host die?)'];
  clearTimeout(timer);
  if (why) console.error(`\nFAILED: ${why}`);
  if (options.verbose && opened) console.error([...opened.problems, ...opened.blocked].join('\n'));
  if (code !== 0 && options.verbose) console.error(server.log);
  await opened?.close().catch(() => undefined);
  await server.stop();
  if (summary) console.log(`\n${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped`);
  console.error(
    `[gatescope] ${path.basename(suite)}: exit ${code} after ${((Date.now() - begin) / 1000).toFixed(1)} s`,
  );
  return code;
}

void main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(73);
  },
);
