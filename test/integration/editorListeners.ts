// Counts what the extension listens to in the editor: events and file watchers that nobody has disposed of.
import * as vscode from 'vscode';

type Subscribe = (...args: unknown[]) => vscode.Disposable;

/** Replaces the events of `vscode.window` and `vscode.workspace` by counted ones until `restore`. */
export class EditorListeners {
  count = 0;
  private readonly undo: (() => void)[] = [];

  constructor() {
    for (const namespace of [vscode.window, vscode.workspace] as unknown as Record<string, unknown>[])
      for (const name of Object.keys(namespace))
        if (/^onDid|^createFileSystemWatcher$/.test(name)) this.countOf(namespace, name);
  }

  restore(): void {
    for (const one of this.undo) one();
  }

  private countOf(namespace: Record<string, unknown>, name: string): void {
    const before = Object.getOwnPropertyDescriptor(namespace, name);
    const original = namespace[name] as Subscribe;
    if (!before?.configurable) return;
    const counted: Subscribe = (...args) => {
      const subscription = original(...args);
      const dispose = subscription.dispose.bind(subscription);
      let listening = true;
      this.count++;
      subscription.dispose = () => {
        if (listening) this.count--;
        listening = false;
        dispose();
      };
      return subscription;
    };
    Object.defineProperty(namespace, name, { value: counted, configurable: true, enumerable: true });
    this.undo.push(() => Object.defineProperty(namespace, name, before));
  }
}
