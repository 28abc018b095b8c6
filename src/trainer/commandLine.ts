// Entry of the command line, bundled as dist/cli.js.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runCommandLine } from './cli/dispatch';
import type { CommandContext } from './cli/subcommand';
import { readKernelModules } from './kernelsModule';
import { nodeThreads } from './nodeThreads';
import { widenVectors } from './vectorFlags';

const watched = process.stderr.isTTY;

function clearLine(): void {
  if (watched) process.stderr.write('\r\x1b[K');
}

const context: CommandContext = {
  terminal: {
    print: (text) => void process.stdout.write(text),
    note: (line) => {
      clearLine();
      process.stderr.write(`${line}\n`);
    },
    progress: (line) => {
      clearLine();
      if (watched && line !== null) process.stderr.write(line);
    },
  },
  engine: () => {
    widenVectors();
    return { modules: readKernelModules(__dirname), threads: nodeThreads(__dirname) };
  },
  media: () => path.join(__dirname, '..', 'media'),
  version: () => {
    const manifest: unknown = JSON.parse(readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8'));
    return String((manifest as { version?: unknown }).version);
  },
};

// Whoever reads the output may stop reading it: `gatescope inspect … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void runCommandLine(process.argv.slice(2), context).then((code) => {
  process.exitCode = code;
});
