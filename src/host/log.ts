// The extension's log, shown by Gatescope: Show Log.
import * as vscode from 'vscode';

/** Made on first use, so that activation does not pay for it. */
export class Log implements vscode.Disposable {
  private channel: vscode.LogOutputChannel | null = null;

  private get output(): vscode.LogOutputChannel {
    this.channel ??= vscode.window.createOutputChannel('Gatescope', { log: true });
    return this.channel;
  }

  info(text: string): void {
    this.output.info(text);
  }

  warn(text: string): void {
    this.output.warn(text);
  }

  error(text: string): void {
    this.output.error(text);
  }

  show(): void {
    this.output.show(true);
  }

  dispose(): void {
    this.channel?.dispose();
  }
}
