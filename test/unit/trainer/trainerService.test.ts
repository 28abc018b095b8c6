// The service: every message is answered once, whatever it is.
import assert from 'node:assert/strict';
import * as v from 'valibot';
import { trainerReplySchema, type TrainerEvent, type TrainerReply } from '../../../src/protocol/trainerMessages';
import { TrainerService } from '../../../src/trainer/trainerService';
import { smallText, TINY, Workspace } from './trainerFixture';

describe('the trainer service', () => {
  let workspace: Workspace;
  let sent: (TrainerReply | TrainerEvent)[];
  let service: TrainerService;
  beforeEach(() => {
    workspace = new Workspace();
    sent = [];
    service = new TrainerService({ send: (message) => sent.push(message), kernelsWasm: null, memoryMegabytes: 512 });
  });
  afterEach(async () => {
    await service.session.close().catch(() => undefined);
    await workspace.dispose();
  });

  const answersTo = (id: number) =>
    sent.filter((message): message is TrainerReply => 'id' in message && message.id === id);

  async function failureCode(message: unknown, id: number): Promise<string | undefined> {
    await service.receive(message);
    const answers = answersTo(id);
    assert.equal(answers.length, 1);
    v.parse(trainerReplySchema, answers[0]);
    return answers[0].kind === 'error' ? answers[0].failure.code : undefined;
  }

  it('refuses unknown kinds and malformed requests with a reason', async () => {
    assert.equal(await failureCode({ kind: 'dance', id: 1 }, 1), 'badRequest');
    assert.equal(
      await failureCode({ kind: 'inspect', id: 2, slice: null, cursor: 0, windowStart: null, columns: 0 }, 2),
      'badRequest',
    );
    assert.equal(await failureCode({ id: 3 }, 3), 'badRequest');
  });

  it('logs what has no id to answer to', async () => {
    for (const message of [null, 7, 'train', {}, { kind: 'pause' }]) await service.receive(message);
    assert.equal(sent.filter((message) => message.kind === 'log').length, 5);
  });

  it('says notReady before there is a run', async () => {
    assert.equal(await failureCode({ kind: 'pause', id: 1 }, 1), 'notReady');
    assert.equal(
      await failureCode({ kind: 'continueText', id: 2, prefix: '', temperature: 1, tokens: 1, seed: 1 }, 2),
      'notReady',
    );
  });

  it('answers requests that overlap, each once', async () => {
    const order = workspace.order('one', { ...TINY, epochs: 30 }, { text: smallText(300) });
    await service.receive({ kind: 'train', id: 1, ...order });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const inspect = { kind: 'inspect', slice: null, cursor: 0, windowStart: null, columns: 30 };
    const requests = [
      ...Array.from({ length: 5 }, (_, k) => ({ ...inspect, id: 10 + k })),
      { kind: 'pause', id: 20 },
      { kind: 'resume', id: 21, text: null },
      { kind: 'pause', id: 22 },
      { kind: 'train', id: 23, ...order },
      { kind: 'stop', id: 24 },
    ];
    await Promise.all(requests.map((request) => service.receive(request)));
    for (const { id } of requests) assert.equal(answersTo(id).length, 1, `request ${id}`);
    assert.equal(service.session.record.phase, 'stopped');
    const [again] = answersTo(23);
    assert.equal(again.kind === 'error' && again.failure.code, 'badRequest');
  });

  it('estimates a text without making a run', async () => {
    const text = smallText(2000);
    const { config, source } = workspace.order('one', TINY, { text });
    await service.receive({ kind: 'estimate', id: 1, config, source, text });
    const [answer] = answersTo(1);
    assert.ok(answer.kind === 'reply');
    const estimate = answer.value as unknown as Record<string, number | boolean | string>;
    assert.equal(estimate.characters, text.length);
    assert.equal(estimate.sampled, false);
    assert.ok(Number(estimate.seconds) > 0 && Number(estimate.steps) > 100);
    assert.ok(text.startsWith(String(estimate.preview)));
    assert.equal(await failureCode({ kind: 'estimate', id: 2, config, source, text: 'ab' }, 2), 'textTooShort');
  });
});
