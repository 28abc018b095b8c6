// Parses requests, hands them to the run and answers each exactly once, failures included.
import * as v from 'valibot';
import { GatescopeError } from '../protocol/failures';
import {
  trainerRequestSchema,
  type TrainerEvent,
  type TrainerReplies,
  type TrainerReply,
  type TrainerRequest,
  type TrainerRequestKind,
} from '../protocol/trainerMessages';
import { guessTask } from '../text/datasets/guessTask';
import { estimateTraining } from './estimate';
import { failureOf } from './failureOf';
import { RunSession, type RunSessionOptions } from './runSession';

export interface TrainerServiceOptions extends Omit<RunSessionOptions, 'emit'> {
  send(message: TrainerReply | TrainerEvent): void;
}

export class TrainerService {
  readonly session: RunSession;

  constructor(private readonly options: TrainerServiceOptions) {
    this.session = new RunSession({ ...options, emit: (event) => options.send(event) });
  }

  /** Answers a message; what is no request is answered too if it has an id, else logged. Never rejects. */
  async receive(message: unknown): Promise<void> {
    const parsed = v.safeParse(trainerRequestSchema, message);
    if (!parsed.success) {
      this.refuse(message, describeIssue(parsed.issues[0]));
      return;
    }
    const { id } = parsed.output;
    try {
      this.options.send({ kind: 'reply', id, ok: true, value: await this.answer(parsed.output) });
    } catch (error) {
      this.fail(id, error);
    }
  }

  private answer(
    request: TrainerRequest,
  ): TrainerReplies[TrainerRequestKind] | Promise<TrainerReplies[TrainerRequestKind]> {
    const { session } = this;
    switch (request.kind) {
      case 'train':
        return session.train(request);
      case 'open':
        return session.open(request);
      case 'pause':
        return session.pause();
      case 'resume':
        return session.resume();
      case 'stop':
        return session.stop();
      case 'inspect':
        return session.inspect(request);
      case 'ask':
        return session.ask(request);
      case 'continueText':
        return session.continueText(request);
      case 'guessTask':
        return { task: guessTask(request.name, request.beginning) };
      case 'estimate':
        return estimateTraining(request, this.options);
    }
  }

  private refuse(message: unknown, reason: string): void {
    const id = typeof message === 'object' && message !== null ? (message as { id?: unknown }).id : undefined;
    if (typeof id === 'number') this.fail(id, new GatescopeError('badRequest', { reason }));
    else this.options.send({ kind: 'log', level: 'error', text: `message not understood: ${reason}` });
  }

  private fail(id: number, error: unknown): void {
    if (!(error instanceof GatescopeError))
      this.options.send({
        kind: 'log',
        level: 'error',
        text: error instanceof Error ? `${error.stack}` : String(error),
      });
    this.options.send({ kind: 'error', id, failure: failureOf(error, this.options.memoryMegabytes) });
  }
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue);
  return place === null ? issue.message : `${place}: ${issue.message}`;
}
