// A page that stands in for VS Code: it records what the inspector posts, plays the host's messages and wears one of four themes.
// ?state=<scenario>&theme=dark|light|hc|hcl; &silent leaves the host mute.
import type { FromInspector, ToInspector } from '../../src/protocol/inspectorMessages';
import type { FrameHeader } from '../../src/protocol/traceFrame';
import { watchPutOff } from './putOff';
import { SCENARIOS, type ScenarioName } from './scenarios';
import { syntheticFrame, type SyntheticFrameOptions } from './syntheticFrame';
import { syntheticAnswer } from './syntheticAnswers';

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
  /** Whether questions are answered; a test may answer them itself. */
  answers: boolean;
  /** Answers what was asked while nothing was answered, and goes on answering. */
  answerAll(): void;
  /** Whether a snapshot that is chosen gets its picture. */
  frames: boolean;
  /** Sends the picture of a snapshot, or of the newest weights. */
  show(step: number | null): void;
  /** Sends a picture of a chosen size or kind. */
  draw(options: SyntheticFrameOptions): void;
  /** Resolves when the inspector has drawn what it was told. */
  settled(): Promise<void>;
  /** Has what the inspector puts off (questions, saving, the rest after resizing) done at once, and resolves when nothing is left. */
  hurried(): Promise<void>;
}

declare global {
  interface Window {
    harness: Harness;
    acquireVsCodeApi: () => unknown;
  }
}

const query = new URLSearchParams(location.search);

/** Where the inspector's state is kept: a reload finds it again, another opening in the same page does not. */
const KEPT = `saved ${query.get('opening') ?? ''}`;

function send(message: unknown): void {
  window.dispatchEvent(new MessageEvent('message', { data: message }));
}

/** Confirms the snapshot chosen and sends its picture. */
function lookAt({ step }: Extract<FromInspector, { kind: 'snapshot' }>): void {
  setTimeout(() => {
    send({ kind: 'snapshot', step });
    if (harness.frames) harness.show(step);
  });
}
let sequence = 1;

/** Training step of the compared runs' weights, by run. */
const newest = new Map<string | undefined, number | undefined>();
/** What the inspector was last shown. */
let shown: FrameHeader | null = null;

function answer({ id, question, runId, snapshot }: Extract<FromInspector, { kind: 'ask' }>): void {
  const value = shown === null ? null : syntheticAnswer(question, shown, runId);
  if (shown === null || value === null) return;
  const answered = { about: question.about, step: snapshot ?? newest.get(runId) ?? shown.step, value, milliseconds: 1 };
  setTimeout(() => send({ kind: 'answer', id, answered, problem: null }));
}

const harness: Harness = {
  ...watchPutOff(),
  posted: [],
  answers: true,
  frames: true,
  saved: JSON.parse(sessionStorage.getItem(KEPT) ?? 'null'),
  answerAll() {
    harness.answers = true;
    for (const message of harness.posted as FromInspector[]) if (message.kind === 'ask') answer(message);
  },
  send,
  play(state) {
    const messages: ToInspector[] = SCENARIOS[state]();
    for (const message of messages) {
      if (message.kind === 'frame') shown = message.frame.header;
      if (message.kind === 'state')
        for (const { record } of message.state.comparison?.runs ?? []) newest.set(record?.id, record?.step);
      send(message);
    }
  },
  show(step) {
    harness.draw(step === null ? {} : { step, snapshot: true });
  },
  draw(options) {
    const frame = syntheticFrame(options);
    shown = frame.header;
    send({ kind: 'frame', sequence: ++sequence, frame });
  },
  theme(name) {
    const [classes, kind] = BODY_CLASSES[name] ?? BODY_CLASSES.dark ?? ['', ''];
    document.body.dataset.vscodeThemeKind = kind;
    document.body.className = classes;
  },
};

window.harness = harness;
window.acquireVsCodeApi = () => ({
  postMessage(message: FromInspector) {
    harness.posted.push(message);
    if (message.kind === 'ask' && harness.answers) answer(message);
    if (message.kind === 'snapshot') lookAt(message);
    if (message.kind === 'ready' && !query.has('silent'))
      harness.play((query.get('state') ?? 'training') as ScenarioName);
  },
  getState: () => harness.saved,
  setState(state: unknown) {
    harness.saved = state;
    sessionStorage.setItem(KEPT, JSON.stringify(state));
  },
});
harness.theme(query.get('theme') ?? 'dark');
