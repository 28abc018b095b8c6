// A page that stands in for VS Code: it records what the inspector posts, plays the host's messages and wears one of four themes.
// ?state=<scenario>&theme=dark|light|hc|hcl; &silent leaves the host mute.
import type { ToInspector } from '../../src/protocol/inspectorMessages';
import { SCENARIOS, type ScenarioName } from './scenarios';

const BODY_CLASSES: Record<string, [string, string]> = {
  dark: ['vscode-dark', 'vscode-dark'],
  light: ['vscode-light', 'vscode-light'],
  hc: ['vscode-high-contrast', 'vscode-high-contrast'],
  hcl: ['vscode-high-contrast-light vscode-high-contrast', 'vscode-high-contrast-light'],
};

export interface Harness {
  posted: unknown[];
  saved: unknown;
  send(message: unknown): void;
  play(state: ScenarioName): void;
  theme(name: string): void;
}

declare global {
  interface Window {
    harness: Harness;
    acquireVsCodeApi: () => unknown;
  }
}

const query = new URLSearchParams(location.search);

function send(message: unknown): void {
  window.dispatchEvent(new MessageEvent('message', { data: message }));
}

const harness: Harness = {
  posted: [],
  saved: JSON.parse(sessionStorage.getItem('saved') ?? 'null'),
  send,
  play(state) {
    const messages: ToInspector[] = SCENARIOS[state]();
    for (const message of messages) send(message);
  },
  theme(name) {
    const [classes, kind] = BODY_CLASSES[name] ?? BODY_CLASSES.dark ?? ['', ''];
    document.body.dataset.vscodeThemeKind = kind;
    document.body.className = classes;
  },
};

window.harness = harness;
window.acquireVsCodeApi = () => ({
  postMessage(message: unknown) {
    harness.posted.push(message);
    const ready = typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'ready';
    if (ready && !query.has('silent')) harness.play((query.get('state') ?? 'training') as ScenarioName);
  },
  getState: () => harness.saved,
  setState(state: unknown) {
    harness.saved = state;
    sessionStorage.setItem('saved', JSON.stringify(state));
  },
});
harness.theme(query.get('theme') ?? 'dark');
