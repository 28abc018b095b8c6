// The composition root: makes the parts of the host, joins them and hands their disposal to the editor.
import * as vscode from 'vscode';
import { GatescopeError, type FailureCode } from '../protocol/failures';
import type { Comparison, Staleness } from '../protocol/inspectorMessages';
import type { Failure, RunRecord } from '../protocol/run';
import type { TraceFrame } from '../protocol/traceFrame';
import type { CommandContext } from './commands/commandContext';
import { performAction, registerCommands } from './commands/registerCommands';
import { sameText } from './commands/retrain';
import { showFailure } from './commands/reportFailure';
import { ContextKeys } from './contextKeys';
import { ShadingSwitch } from './editor/shadingSwitch';
import { ShownText } from './editor/shownText';
import { failureMessage, failureOf } from './failureMessages';
import { Log } from './log';
import { InspectorDesk } from './panel/inspectorDesk';
import { Comparisons } from './runs/comparisons';
import { Estimator } from './runs/estimator';
import { OpenRuns } from './runs/openRuns';
import type { Run } from './runs/run';
import { canResume } from './runs/runAbilities';
import { RunStore } from './runs/runStore';
import { StaleWatch } from './runs/staleWatch';
import { TrainerReleased } from './runs/trainerConnection';
import type { TrainerLauncher } from './runs/trainerLauncher';
import { Status } from './status';

/** What tests may ask of the running extension. */
export interface GatescopeApi {
  runs(): RunRecord[];
  /** The run the inspector shows and what it is compared with. */
  shown(): { run: RunRecord | null; comparison: Comparison | null };
  lastFrame(): TraceFrame | null;
  /** Why a run's text is not what it was; null while it is. */
  staleness(runId: string): Staleness | null;
  /** What text in the editor is shaded by, and how many tokens; null while none is. */
  shading(): { line: string; tokens: number } | null;
  /** Listeners on the signals that outlive an inspector. */
  listeners(): number;
  activationMilliseconds: number;
  storageFolder: string;
}

export interface Activated {
  api: Omit<GatescopeApi, 'activationMilliseconds'>;
  /** Ends all trainings with their checkpoints written. */
  close(): Promise<void>;
}

/** `liveTrainer`: the process that the text of a run's owner file names, if it lives. */
export function activate(
  context: vscode.ExtensionContext,
  launch: TrainerLauncher,
  liveTrainer: (ownerFile: string) => number | null,
): Activated {
  const { extensionUri, globalStorageUri, workspaceState } = context;
  const log = new Log();
  const store = new RunStore(globalStorageUri, (text) => log.warn(text), liveTrainer);
  const trainerPath = vscode.Uri.joinPath(extensionUri, 'dist', 'trainer.js').fsPath;
  const runs = new OpenRuns(store, launch, trainerPath, log);
  const stale = new StaleWatch();
  const comparisons = new Comparisons({
    ...{ runs, memory: workspaceState },
    textOf: sameText,
    problemOf: (error) => failureMessage(failureOf(error), vscode.l10n.t),
  });
  const estimator = new Estimator(() => runs.connect());
  const desk = new InspectorDesk({ extensionUri, workspaceState, runs, comparisons, stale, estimator, log });
  const shading = new ShadingSwitch(new ShownText(runs, desk), log);

  const commands: CommandContext = {
    extensionUri,
    runs,
    comparisons,
    estimator,
    log,
    openInspector: () => desk.open(),
    inspector: () => desk.current,
    report: (error) => {
      if (error instanceof TrainerReleased) return log.info(error.message);
      const failure = failureOf(error);
      log.error(`${failure.code} ${JSON.stringify(failure.args)}`);
      const record = runs.current?.record;
      // A sound run keeps its page as it is: what fails beside it is told by the notification alone.
      if (record === undefined || record.phase === 'failed') desk.current?.setFailure(failure);
      void showFailure(failure, record !== undefined && canResume(record));
    },
    clearFailure: () => desk.current?.setFailure(null),
  };

  context.subscriptions.push(
    log,
    runs,
    comparisons,
    stale,
    desk,
    shading,
    new Status(runs, shading),
    new ContextKeys(runs),
    ...registerCommands(commands),
    desk.acted.on((request) => void performAction(commands, request)),
    runs.selected.on(() => stale.watch(runs.current?.record ?? null)),
    runs.changed.on(({ run, phaseChanged }) => {
      if (!phaseChanged) return;
      if (run === runs.current) stale.watch(run.record);
      if (run.record.phase === 'diverged') log.warn(`run ${run.id} diverged at step ${run.record.step}`);
      if (run.record.phase !== 'failed' || !run.failure) return;
      if (run.record.step > 0) void showFailure(run.failure, canResume(run.record));
      else void discard(commands, run, run.failure);
    }),
  );

  return {
    api: {
      runs: () => runs.open.map((run) => run.record),
      shown: () => ({ run: runs.current?.record ?? null, comparison: comparisons.current }),
      lastFrame: () => desk.current?.lastFrame ?? null,
      staleness: (runId) => stale.of(runId),
      shading: () => {
        const tokens = shading.shaded.reduce((sum, one) => sum + one.shading.starts.length, 0);
        return shading.line === null ? null : { line: shading.line, tokens };
      },
      listeners: () =>
        [runs.changed, runs.selected, runs.deleted, stale.changed, desk.acted, desk.lookChanged].reduce(
          (sum, one) => sum + one.size,
          0,
        ),
      storageFolder: globalStorageUri.fsPath,
    },
    close: () => runs.close(),
  };
}

/** A run that failed before its first step leaves nothing worth keeping but its reason. */
async function discard({ runs, report }: CommandContext, run: Run, failure: Failure): Promise<void> {
  await runs.withdraw(run);
  report(new GatescopeError(failure.code as FailureCode, failure.args));
}
