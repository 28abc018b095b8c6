// The webview panel of the inspector: its page, its messages, whether it can be seen. It holds no state of runs.
import * as vscode from 'vscode';
import * as v from 'valibot';
import { fromInspectorSchema, type FromInspector, type ToInspector } from '../../protocol/inspectorMessages';
import { INSPECTOR_VIEW_TYPE } from '../identifiers';
import type { Log } from '../log';
import { Signal } from '../signal';
import { inspectorHtml, newNonce } from './inspectorHtml';

export class InspectorPanel implements vscode.Disposable {
  readonly received = new Signal<FromInspector>();
  readonly visibilityChanged = new Signal<boolean>();
  readonly closed = new Signal<void>();
  private readonly subscriptions: vscode.Disposable[];
  /** The editor's panel throws when it is asked anything after its end; answers awaited till then may come later. */
  private gone = false;

  /** Opens a panel beside the active editor, leaving the focus where it is. */
  static open(extensionUri: vscode.Uri, log: Log): InspectorPanel {
    const panel = vscode.window.createWebviewPanel(
      INSPECTOR_VIEW_TYPE,
      'Gatescope',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      webviewOptions(extensionUri),
    );
    return new InspectorPanel(panel, extensionUri, log);
  }

  /** Takes over a panel that the editor restored after a restart. */
  static adopt(panel: vscode.WebviewPanel, extensionUri: vscode.Uri, log: Log): InspectorPanel {
    panel.webview.options = webviewOptions(extensionUri);
    return new InspectorPanel(panel, extensionUri, log);
  }

  private constructor(
    private readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    private readonly log: Log,
  ) {
    let wasVisible = panel.visible;
    this.subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      panel.onDidChangeViewState(() => {
        if (panel.visible === wasVisible) return;
        wasVisible = panel.visible;
        this.visibilityChanged.fire(wasVisible);
      }),
      panel.onDidDispose(() => {
        this.gone = true;
        this.closed.fire();
      }),
    ];
    const resource = (name: string): string =>
      panel.webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', name)).toString();
    panel.webview.html = inspectorHtml({
      cspSource: panel.webview.cspSource,
      nonce: newNonce(),
      scriptUri: resource('webview.js'),
      styleUri: resource('webview.css'),
      language: vscode.env.language,
      title: panel.title,
      bundle: vscode.l10n.bundle ?? {},
    });
  }

  /** Where it is, be it in front or behind another tab. */
  get column(): vscode.ViewColumn | undefined {
    return this.panel.viewColumn;
  }

  get visible(): boolean {
    return !this.gone && this.panel.visible;
  }

  set title(title: string) {
    if (!this.gone && this.panel.title !== title) this.panel.title = title;
  }

  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  post(message: ToInspector): void {
    if (!this.gone) void this.panel.webview.postMessage(message);
  }

  /** Takes the panel off the screen and its listeners with it. */
  dispose(): void {
    this.gone = true;
    for (const one of this.subscriptions) one.dispose();
    this.received.dispose();
    this.visibilityChanged.dispose();
    this.closed.dispose();
    this.panel.dispose();
  }

  private receive(message: unknown): void {
    const parsed = v.safeParse(fromInspectorSchema, message);
    if (parsed.success) {
      this.received.fire(parsed.output);
      return;
    }
    const problem = `message of the inspector not understood: ${parsed.issues[0].message}`;
    this.log.error(problem);
    this.post({ kind: 'error', message: problem });
  }
}

function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewPanelOptions & vscode.WebviewOptions {
  return {
    enableScripts: true,
    retainContextWhenHidden: false,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist'), vscode.Uri.joinPath(extensionUri, 'media')],
  };
}
