// How each message of the host changes the model; pure, so that every order of messages can be tested.
import type { InspectorState, ToInspector } from '../src/protocol/inspectorMessages';
import { decodeFrame } from '../src/protocol/traceFrame';
import { ANNOTATIONS, annotationsChoice } from './annotations';
import { completed, standsBeside } from './firstLook';
import type { DecodedFrame, InspectorModel } from './store';

/** How long, in ms, the editor may take to report a cursor position that was asked for here. */
export const CURSOR_PATIENCE = 600;

function keepFrame(frame: DecodedFrame | null, state: InspectorState): DecodedFrame | null {
  return frame !== null && frame.header.runId === state.run?.id ? frame : null;
}

function withCursor(model: InspectorModel, cursor: number | null, now: number): InspectorModel {
  const awaited = model.awaitedCursor;
  if (awaited !== null && now < awaited.until && cursor !== awaited.offset) return model;
  if (awaited === null && cursor === model.cursor) return model;
  return { ...model, cursor, awaitedCursor: null };
}

function withTick(model: InspectorModel, tick: Extract<ToInspector, { kind: 'tick' }>): InspectorModel {
  if (model.host === null) return model;
  const fresh = tick.reset || model.host.run?.id !== tick.run.id;
  const host = { ...model.host, run: tick.run, progress: tick.progress };
  return {
    ...model,
    host,
    frame: keepFrame(model.frame, host),
    metrics: fresh
      ? tick.newMetrics
      : tick.newMetrics.length > 0
        ? [...model.metrics, ...tick.newMetrics]
        : model.metrics,
  };
}

/**
 * The model after a message. `now` in ms.
 * @throws Error when a frame's arrays lie outside its buffer
 */
export function receive(model: InspectorModel, message: ToInspector, now: number): InspectorModel {
  switch (message.kind) {
    case 'state': {
      const { state } = message;
      const next = {
        ...model,
        host: state,
        metrics: state.metrics,
        frame: keepFrame(model.frame, state),
        snapshot: model.unconfirmedSnapshots === 0 ? state.snapshot : model.snapshot,
        notice: null,
      };
      return withCursor(next, state.cursor, now);
    }
    case 'tick':
      return withTick(model, message);
    case 'cursor':
      return withCursor(model, message.cursor, now);
    case 'frame': {
      const { header } = message.frame;
      // It leans on a picture that was never here: the whole one that follows does not.
      if (!standsBeside(header, model.frame)) return model;
      const frame: DecodedFrame = {
        ...{ sequence: message.sequence, header },
        ...completed(header, decodeFrame(message.frame), model.frame),
      };
      const run = model.host?.run;
      if (run && run.id !== frame.header.runId) return model;
      const sameUnits = model.frame === null || model.frame.header.hiddenUnits === frame.header.hiddenUnits;
      const focusUnit = sameUnits && (model.focusUnit ?? 0) < frame.header.hiddenUnits ? model.focusUnit : null;
      return { ...model, frame, focusUnit, hover: keepHover(model, frame) };
    }
    case 'answer':
      return model;
    case 'snapshot': {
      const unconfirmedSnapshots = Math.max(0, model.unconfirmedSnapshots - 1);
      return { ...model, unconfirmedSnapshots, snapshot: unconfirmedSnapshots === 0 ? message.step : model.snapshot };
    }
    case 'annotations':
      return { ...model, sections: { ...model.sections, [ANNOTATIONS]: annotationsChoice(message) } };
    case 'error':
      return { ...model, notice: message.message };
  }
}

/** The pointer stays on its column as long as the window shows the same text there. */
function keepHover(model: InspectorModel, frame: DecodedFrame): number | null {
  if (model.hover === null || model.frame === null) return null;
  const before = model.frame.header.tokens[model.hover];
  const after = frame.header.tokens[model.hover];
  return before !== undefined && after !== undefined && before.start === after.start ? model.hover : null;
}
