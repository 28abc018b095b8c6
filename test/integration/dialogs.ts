// Stands in for the person in front of VS Code's dialogs: records every message and answers pickers as told.
import * as vscode from 'vscode';

type Shown = (message: string, ...rest: unknown[]) => Thenable<unknown>;
const KINDS = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const;

/** Replaces the message functions of `vscode.window` until `restore`. */
export class Dialogs {
  readonly messages: { kind: (typeof KINDS)[number]; text: string; detail: string; buttons: string[] }[] = [];
  /** The button pressed on the next messages that offer it; other messages are dismissed. */
  press: RegExp | null = null;
  private readonly originals = new Map<string, unknown>();

  constructor() {
    const window = vscode.window as unknown as Record<string, unknown>;
    for (const kind of KINDS) {
      this.originals.set(kind, window[kind]);
      const shown: Shown = (text, ...rest) => Promise.resolve(this.answer(kind, text, rest));
      window[kind] = shown;
    }
  }

  restore(): void {
    Object.assign(vscode.window, Object.fromEntries(this.originals));
  }

  clear(): void {
    this.messages.length = 0;
    this.press = null;
  }

  /** The text of the last message, '' when there was none. */
  get last(): string {
    return this.messages.at(-1)?.text ?? '';
  }

  private answer(kind: (typeof KINDS)[number], text: string, rest: unknown[]): unknown {
    const title = (item: unknown): string =>
      typeof item === 'string' ? item : String((item as { title?: unknown } | null)?.title ?? '');
    const items = rest.filter((item) => title(item) !== '');
    const detail = rest.map((item) => (item as { detail?: unknown } | null)?.detail).find((one) => one !== undefined);
    this.messages.push({ kind, text, detail: String(detail ?? ''), buttons: items.map(title) });
    return items.find((item) => this.press?.test(title(item)));
  }
}
