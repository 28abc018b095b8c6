// A trainer process that says what the test says and keeps what it was sent.
import type { TrainerLaunchOptions, TrainerLauncher } from '../../../src/host/runs/trainerLauncher';
import { TrainerConnection, type ConnectionLog } from '../../../src/host/runs/trainerConnection';
import { RUN_FORMAT, type RunRecord } from '../../../src/protocol/run';
import { DEFAULT_CONFIG } from '../../../src/protocol/runConfig';
import type { TrainerRequest } from '../../../src/protocol/trainerMessages';

export class FakeTrainer {
  readonly sent: TrainerRequest[] = [];
  killed = false;
  private options: TrainerLaunchOptions | null = null;

  readonly launch: TrainerLauncher = (options) => {
    this.options = options;
    return {
      send: (message) => this.sent.push(message),
      kill: () => {
        this.killed = true;
        this.exit({ code: 0, signal: null, outOfMemory: false });
      },
    };
  };

  connect(log: ConnectionLog, timeouts?: ConstructorParameters<typeof TrainerConnection>[3]): TrainerConnection {
    const settings = { modulePath: 'trainer.js', priority: 'low', memoryMegabytes: 512 } as const;
    return new TrainerConnection(this.launch, settings, log, timeouts);
  }

  say(message: unknown): void {
    this.options?.onMessage(message);
  }

  /** Answers the last request. */
  reply(value: unknown): void {
    this.say({ kind: 'reply', id: this.sent[this.sent.length - 1].id, ok: true, value });
  }

  refuse(code: string, args: Record<string, string | number> = {}): void {
    this.say({ kind: 'error', id: this.sent[this.sent.length - 1].id, failure: { code, args } });
  }

  exit(exit: Parameters<TrainerLaunchOptions['onExit']>[0]): void {
    this.options?.onExit(exit);
  }
}

/** A log that keeps its lines. */
export class KeptLog implements ConnectionLog {
  readonly lines: string[] = [];
  info = (text: string): void => void this.lines.push(`info ${text}`);
  warn = (text: string): void => void this.lines.push(`warning ${text}`);
  error = (text: string): void => void this.lines.push(`error ${text}`);
}

export function recordOf(change: Partial<RunRecord> = {}): RunRecord {
  return {
    format: RUN_FORMAT,
    id: '20250131-142501-lstm-3f9a',
    createdAt: '2025-01-31T14:25:01.000Z',
    config: DEFAULT_CONFIG,
    source: { uri: 'file:///texts/novel.txt', name: 'novel.txt', path: '/texts/novel.txt', part: { kind: 'whole' } },
    corpus: null,
    phase: 'training',
    step: 0,
    plannedSteps: 400,
    parameters: 100,
    lastMetric: null,
    bestValidationLoss: null,
    engine: { kernels: 'simd', reason: '', threads: 1 },
    divergence: null,
    failure: null,
    ...change,
  };
}
