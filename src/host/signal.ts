// A tiny event source for parts that must stay free of vscode; a listener is taken off by the Disposable it gets.

export interface Subscription {
  dispose(): void;
}

export class Signal<T> {
  private readonly listeners = new Set<(value: T) => void>();

  readonly on = (listener: (value: T) => void): Subscription => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  /** How many listen; for tests of what is left behind. */
  get size(): number {
    return this.listeners.size;
  }

  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}
