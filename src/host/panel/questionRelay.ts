// Takes the inspector's questions to the trainer of the run they are about, and brings the answers back.
import * as vscode from 'vscode';
import { GatescopeError } from '../../protocol/failures';
import type { FromInspector } from '../../protocol/inspectorMessages';
import type { Question } from '../../protocol/questions';
import type { RunRecord } from '../../protocol/run';
import type { TextView } from '../../protocol/trainerMessages';
import { failureMessage } from '../failureMessages';
import type { Log } from '../log';
import type { OpenRuns } from '../runs/openRuns';
import { TrainerReleased } from '../runs/trainerConnection';
import { textOfSource } from '../runs/trainingText';
import type { Subscription } from '../signal';
import type { InspectorPanel } from './inspectorPanel';

type Asked = Extract<FromInspector, { kind: 'ask' }>;

export class QuestionRelay implements vscode.Disposable {
  private readonly subscription: Subscription;
  /** Runs that are not shown answer one after the other: each may need a trainer of its own first. */
  private others: Promise<void> = Promise.resolve();

  /** `viewOf` is the text looked at, as a run reads it; null before the inspector has any room. */
  constructor(
    private readonly panel: InspectorPanel,
    private readonly runs: OpenRuns,
    private readonly log: Log,
    private readonly viewOf: (record: RunRecord) => TextView | null,
  ) {
    this.subscription = panel.received.on((message) => {
      if (message.kind !== 'ask') return;
      if (message.runId === undefined || message.runId === runs.current?.id) void this.answer(message);
      else this.others = this.others.then(() => this.answer(message));
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async answer({ id, question, runId, snapshot }: Asked): Promise<void> {
    try {
      const run = runId === undefined ? this.runs.current : await this.runs.find(runId);
      if (!run) throw new GatescopeError('notReady');
      if (run !== this.runs.current) this.runs.keep(run);
      const asked = await withText(question);
      const looked = this.viewOf(run.record);
      const view = looked && snapshot !== undefined ? { ...looked, snapshot } : looked;
      const answered = await run.request('ask', { question: asked, view });
      this.panel.post({ kind: 'answer', id, answered, problem: null });
    } catch (error) {
      this.panel.post({ kind: 'answer', id, answered: null, problem: this.problemOf(error, question.about) });
    }
  }

  /** A sentence for the person; what is our own mistake goes to the log. A run that was closed meanwhile needs no word. */
  private problemOf(error: unknown, about: string): string | null {
    if (error instanceof TrainerReleased) return null;
    if (error instanceof GatescopeError) return failureMessage(error.failure, vscode.l10n.t);
    this.log.error(`no answer about ${about}: ${error instanceof Error ? error.message : String(error)}`);
    return vscode.l10n.t('This could not be computed. Gatescope: Show Log says why.');
  }
}

/** A file of annotations that no process can read from a disk goes along as text. */
async function withText(question: Question): Promise<Question> {
  return question.about === 'annotatedProbes' ? { ...question, text: await textOfSource(question.file) } : question;
}
