// What the page puts off, its timers and animation frames: tests wait for the end of just that, and have put off done without delay.

interface Timer {
  run: () => void;
  due: number;
}

export interface PutOff {
  /** Resolves once everything told is drawn: two frames have passed, none is asked for and no timer of `soon` ms is left. */
  settled(): Promise<void>;
  /** Does what is put off in the order of its times, drawing in between, until nothing is left. */
  hurried(): Promise<void>;
}

/** A timer that comes within two frames belongs to what is being drawn. */
const SOON = 32;
/** Frames and timers after which a page that never rests is given up, with an error. */
const PATIENCE = 1000;

/** Takes the place of the window's timers and frames; to be called before the page's own scripts run. */
export function watchPutOff(): PutOff {
  const setNative = window.setTimeout.bind(window);
  const clearNative = window.clearTimeout.bind(window);
  const frameNative = window.requestAnimationFrame.bind(window);
  const cancelNative = window.cancelAnimationFrame.bind(window);
  const timers = new Map<number, Timer>();
  const frames = new Set<number>();

  const set = (handler: () => void, delay = 0): number => {
    const run = (): void => {
      timers.delete(id);
      handler();
    };
    const id = setNative(run, delay);
    timers.set(id, { run, due: performance.now() + delay });
    return id;
  };
  const clear = (id?: number): void => {
    if (id !== undefined) timers.delete(id);
    clearNative(id);
  };
  const frame = (handler: FrameRequestCallback): number => {
    const id = frameNative((time) => {
      frames.delete(id);
      handler(time);
    });
    frames.add(id);
    return id;
  };
  const cancel = (id: number): void => {
    frames.delete(id);
    cancelNative(id);
  };
  Object.assign(window, {
    setTimeout: set,
    clearTimeout: clear,
    requestAnimationFrame: frame,
    cancelAnimationFrame: cancel,
  });

  /** Resolves behind the next frame, when observers of sizes have been told of it too. */
  const nextFrame = (): Promise<void> => new Promise((done) => frameNative(() => setNative(done)));

  async function settled(): Promise<void> {
    await nextFrame();
    for (let k = 0; k < PATIENCE; k++) {
      await nextFrame();
      const limit = performance.now() + SOON;
      if (frames.size === 0 && [...timers.values()].every(({ due }) => due > limit)) return;
    }
    throw new Error('the page is drawn without end');
  }

  async function hurried(): Promise<void> {
    for (let k = 0; k < PATIENCE; k++) {
      await settled();
      const [first] = [...timers].sort(([, a], [, b]) => a.due - b.due);
      if (first === undefined) return;
      clearNative(first[0]);
      first[1].run();
    }
    throw new Error('the page puts off without end');
  }
  return { settled, hurried };
}
