// Marks what this extension host prints, so that the runner can tell it from the workbench's own log. Imported first.
// VS Code ignores assignments to console.log; replacing the console object works. Desktop VS Code prints to the terminal itself.

const inDesktop = 'electron' in process.versions;

if (!inDesktop) {
  const original = globalThis.console;
  const marked = Object.create(original) as Console;
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
    Object.defineProperty(marked, level, {
      value: (...args: unknown[]) => original[level]('GATESCOPE', ...args),
      writable: true,
    });
  Object.defineProperty(globalThis, 'console', { value: marked, configurable: true, writable: true });
}

/** Tells the runner how the suite ended. */
export function printSummary(passed: number, failed: number, skipped: number): void {
  console.log('SUMMARY', JSON.stringify({ passed, failed, skipped }));
}
