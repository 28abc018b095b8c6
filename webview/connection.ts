// The wire to the extension host: parses what comes, posts what goes, reports what it does not understand instead of dropping it.
import {
  parseToInspector,
  type FromInspector,
  type InspectorAction,
  type ToInspector,
} from '../src/protocol/inspectorMessages';

export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export class Connection {
  private readonly api: VsCodeApi = acquireVsCodeApi();

  /** Calls `onMessage` with every message that can be read; what it throws is reported to the host's log too. */
  listen(onMessage: (message: ToInspector) => void): void {
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      try {
        onMessage(parseToInspector(event.data));
      } catch (error) {
        this.post({ kind: 'problem', message: describe(error, event.data) });
        const sequence = sequenceOf(event.data);
        if (sequence !== null) this.post({ kind: 'ack', sequence });
      }
    });
  }

  post(message: FromInspector): void {
    this.api.postMessage(message);
  }

  act(action: InspectorAction, value?: number): void {
    this.post({ kind: 'action', action, ...(value === undefined ? {} : { value }) });
  }

  savedState(): unknown {
    return this.api.getState();
  }

  saveState(state: unknown): void {
    this.api.setState(state);
  }
}

function describe(error: unknown, data: unknown): string {
  const kind = typeof data === 'object' && data !== null && 'kind' in data ? String(data.kind) : typeof data;
  return `inspector could not use a message of kind "${kind}": ${error instanceof Error ? error.message : String(error)}`;
}

/** The sequence number of a frame that could not be drawn: it is acknowledged all the same, or no other would follow. */
function sequenceOf(data: unknown): number | null {
  if (typeof data !== 'object' || data === null || !('kind' in data) || data.kind !== 'frame') return null;
  return 'sequence' in data && typeof data.sequence === 'number' ? data.sequence : null;
}
