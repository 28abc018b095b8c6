// Request and reply over a trainer process: every request is answered, times out or is rejected when the process ends.
import * as v from 'valibot';
import { GatescopeError } from '../../protocol/failures';
import {
  trainerEventSchema,
  trainerReplySchema,
  type TrainerEvent,
  type TrainerReplies,
  type TrainerRequest,
  type TrainerRequestKind,
  type TrainerRequestOf,
} from '../../protocol/trainerMessages';
import { Signal } from '../signal';
import type { TrainerLauncher, TrainerLaunchOptions, TrainerProcess } from './trainerLauncher';

/** Seconds after which a request counts as lost. Reading a large file happens inside `open`, `resume` and `estimate`. */
const TIMEOUT_SECONDS: Record<TrainerRequestKind, number> = {
  train: 30,
  open: 120,
  pause: 20,
  resume: 120,
  stop: 20,
  inspect: 30,
  ask: 600,
  continueText: 120,
  guessTask: 20,
  estimate: 120,
};

type TrainerExit = Parameters<TrainerLaunchOptions['onExit']>[0];

interface Pending {
  kind: TrainerRequestKind;
  resolve(value: unknown): void;
  reject(error: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

export interface TrainerSettings {
  modulePath: string;
  priority: 'low' | 'normal';
  memoryMegabytes: number;
}

export interface ConnectionLog {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

/** What was still asked of a trainer when the host itself let it go: nothing a person has to be told. */
export class TrainerReleased extends Error {
  constructor() {
    super('the trainer was let go before it answered');
    this.name = 'TrainerReleased';
  }
}

export class TrainerConnection {
  readonly events = new Signal<TrainerEvent>();
  /** Fires once when the process ended although nobody asked it to. */
  readonly lost = new Signal<GatescopeError>();
  private readonly process: TrainerProcess;
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private ended: Error | null = null;
  private leave: () => void = () => undefined;
  /** Resolves when the process is gone. */
  readonly gone = new Promise<void>((resolve) => {
    this.leave = resolve;
  });

  constructor(
    launch: TrainerLauncher,
    private readonly settings: TrainerSettings,
    private readonly log: ConnectionLog,
    private readonly timeoutSeconds: Record<TrainerRequestKind, number> = TIMEOUT_SECONDS,
  ) {
    this.process = launch({
      ...settings,
      onMessage: (message) => this.receive(message),
      onExit: (exit) => this.exited(exit),
      onLog: (line) => log.info(`trainer: ${line}`),
    });
  }

  get isAlive(): boolean {
    return this.ended === null;
  }

  /**
   * Sends a request. Rejects with the trainer's own failure, trainerCrashed when it ended, trainerSilent when it lives but
   * does not answer, or TrainerReleased after `dispose`.
   */
  request<K extends TrainerRequestKind>(kind: K, body: TrainerRequestOf<K>): Promise<TrainerReplies[K]> {
    if (this.ended) return Promise.reject(this.ended);
    const id = ++this.lastId;
    return new Promise<TrainerReplies[K]>((resolve, reject) => {
      const seconds = this.timeoutSeconds[kind];
      const timer = setTimeout(() => {
        this.pending.delete(id);
        this.log.error(`trainer: no answer to ${kind} within ${seconds} s`);
        reject(new GatescopeError('trainerSilent', { request: kind, seconds }));
      }, seconds * 1000);
      this.pending.set(id, { kind, resolve: (value) => resolve(value as TrainerReplies[K]), reject, timer });
      try {
        // The mapped body type and the kind belong together by TrainerRequestOf; TypeScript cannot see it through the generic.
        this.process.send({ kind, id, ...body } as unknown as TrainerRequest);
      } catch (error) {
        this.settle(id)?.reject(new GatescopeError('trainerCrashed', { reason: String(error) }));
      }
    });
  }

  /** Ends the process; what is still awaited is rejected with TrainerReleased, and `lost` does not fire. */
  dispose(): void {
    if (this.ended) return;
    this.end(new TrainerReleased());
    this.process.kill();
    this.events.dispose();
    this.lost.dispose();
  }

  private receive(message: unknown): void {
    const reply = v.safeParse(trainerReplySchema, message);
    if (reply.success) {
      const waiting = this.settle(reply.output.id);
      if (!waiting) this.log.warn(`trainer answered request ${reply.output.id}, which nobody awaits`);
      else if (reply.output.kind === 'reply') waiting.resolve(reply.output.value);
      else waiting.reject(failureError(reply.output.failure));
      return;
    }
    const event = v.safeParse(trainerEventSchema, message);
    if (event.success) this.events.fire(event.output);
    else this.log.error(`message of the trainer not understood: ${describe(message)}; ${event.issues[0].message}`);
  }

  private settle(id: number): Pending | undefined {
    const waiting = this.pending.get(id);
    if (waiting) {
      clearTimeout(waiting.timer);
      this.pending.delete(id);
    }
    return waiting;
  }

  private exited({ code, signal, outOfMemory }: TrainerExit): void {
    this.leave();
    if (this.ended) return;
    const error = outOfMemory
      ? new GatescopeError('outOfMemory', { megabytes: this.settings.memoryMegabytes })
      : new GatescopeError('trainerCrashed', { reason: signal ?? `exit code ${code ?? 'unknown'}` });
    this.log.error(`trainer ended: ${error.message}`);
    this.end(error);
    this.lost.fire(error);
  }

  private end(error: Error): void {
    this.ended = error;
    for (const id of [...this.pending.keys()]) this.settle(id)?.reject(error);
  }
}

function failureError(failure: { code: string; args: Record<string, string | number> }): GatescopeError {
  // A code unknown here is still carried along; failureMessage() shows it as it is.
  return new GatescopeError(failure.code as GatescopeError['code'], failure.args);
}

function describe(message: unknown): string {
  if (typeof message !== 'object' || message === null) return typeof message;
  return `kind ${String((message as { kind?: unknown }).kind)}`;
}
