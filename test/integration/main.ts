// Entry of the integration suite: VS Code loads it into its Node extension host and calls run().
import { printSummary } from './markedConsole';
import { register } from 'all-tests';
import Mocha from 'mocha';
import path from 'node:path';

// A rejection of this extension's that nobody handles fails the test during which it happens (VS Code only logs it).
process.on('unhandledRejection', (error) => {
  const stack = error instanceof Error ? String(error.stack) : '';
  if (stack.includes(path.dirname(__dirname))) throw error;
});

/** Resolves when every test passed; rejects otherwise. */
export function run(): Promise<void> {
  const grep = process.env.GATESCOPE_GREP || undefined;
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false, reporter: 'spec', grep });
  mocha.suite.emit('pre-require', globalThis, null, mocha);
  register();
  return new Promise((resolve, reject) => {
    const runner = mocha.run((failures) => {
      const { passes, pending } = runner.stats ?? { passes: 0, pending: 0 };
      printSummary(passes, failures, pending);
      if (failures > 0) reject(new Error(`${failures} test(s) failed`));
      else if (passes === 0) reject(new Error('no test ran'));
      else resolve();
    });
  });
}
