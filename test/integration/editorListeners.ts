// Counts what the extension has in the editor and nobody has disposed of: listeners, file watchers, decoration types, hovers.
import * as vscode from 'vscode';

type Subscribe = (...args: unknown[]) => vscode.Disposable;

const COUNTED = /^onDid|^createFileSystemWatcher$|^createTextEditorDecorationType$|^registerHoverProvider$/;

/** Replaces what makes them by what counts them until `restore`. */
export class EditorListeners {
  count = 0;
  private readonly undo: (() => void)[] = [];

  constructor() {
    for (const namespace of [vscode.window, vscode.workspace, vscode.languages] as unknown as Record<string, unknown>[])
      for (const name of Object.keys(namespace)) if (COUNTED.test(name)) this.countOf(namespace, name);
  }

  restore(): void {
    for (const one of this.undo) one();
  }

  private countOf(namespace: Record<string, unknown>, name: string): void {
    const before = Object.getOwnPropertyDescriptor(namespace, name);
    const original = namespace[name] as Subscribe;
    if (!before?.configurable) return;
    const counted: Subscribe = (...args) => {
      const made = original(...args);
      // A decoration type is frozen.
      const subscription: vscode.Disposable = Object.isFrozen(made) ? { ...made, dispose: () => undefined } : made;
      const dispose = made.dispose.bind(made);
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
