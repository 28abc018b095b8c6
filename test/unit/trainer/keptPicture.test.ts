// First looks at an edited text beside the picture that is there: with its weights, and with what changed of it alone.
import assert from 'node:assert/strict';
import { createJavascriptKernels } from '../../../src/engine/kernels/javascriptKernels';
import { LanguageModel } from '../../../src/engine/network/languageModel';
import { decodeFrame, type TraceFrame } from '../../../src/protocol/traceFrame';
import type { TrainerRequestOf } from '../../../src/protocol/trainerMessages';
import { tokenize } from '../../../src/text/tokenize';
import { TokenCounter } from '../../../src/text/vocabulary';
import { inspectSlice, type InspectionContext } from '../../../src/trainer/inspectSlice';
import { KeptPicture } from '../../../src/trainer/keptPicture';
import { networkConfig } from '../../../src/trainer/trainingPlan';
import { completed } from '../../../webview/firstLook';
import { smallText, TINY } from './trainerFixture';

const TEXT = 'the cat sleeps, the dogs sleep';
const EDITED = 'the cat sleeps, txhe dogs sleep';
/** Where a letter was typed: as many columns are the same. */
const TYPED = 17;

describe('a first look beside the picture that is there', () => {
  const counter = new TokenCounter();
  for (const { text, start, end } of tokenize(smallText(40), 'characters')) counter.add(text, start, end);
  const vocabulary = counter.vocabulary('characters');
  const models: LanguageModel[] = [];
  afterEach(() => {
    for (const model of models.splice(0)) model.dispose();
  });

  const contextOf = (config: Partial<ReturnType<typeof networkConfig>> = {}): InspectionContext => {
    const model = new LanguageModel(createJavascriptKernels(1 << 24), {
      ...networkConfig(TINY, vocabulary.size),
      ...config,
    });
    models.push(model);
    return { model, vocabulary, sample: '', runId: 'a', step: 10 };
  };
  const ask = (text: string, cursor: number, more: Partial<TrainerRequestOf<'inspect'>> = {}) =>
    ({
      slice: { text, offset: 0, atStart: true, atEnd: true, version: 1 },
      ...{ cursor, windowStart: 0, columns: 64, ...more },
    }) as TrainerRequestOf<'inspect'>;
  /** As training does. */
  const train = (context: InspectionContext): InspectionContext => {
    for (const { values } of context.model.parameters.all)
      values.forEach((value, at) => (values[at] = value * 1.1 + 0.01));
    return { ...context, step: context.step + 1 };
  };
  const shown = (frame: TraceFrame, before: Parameters<typeof completed>[2]) => ({
    header: frame.header,
    ...completed(frame.header, decodeFrame(frame), before),
  });

  for (const cell of ['lstm', 'gru', 'vanilla'] as const)
    it(`is, laid over it, what the weights of that picture do on the edited text (${cell})`, () => {
      const context = contextOf({ cell });
      const pictures = new KeptPicture();
      const whole = pictures.inspect(context, ask(TEXT, TYPED));
      const expected = decodeFrame(inspectSlice(context, ask(EDITED, TYPED + 1)));
      const trained = train(context);
      const look = pictures.inspect(trained, ask(EDITED, TYPED + 1, { rowOnly: true, beside: whole.header.picture }));
      assert.deepEqual(look.header.keeps, { picture: whole.header.picture, columns: TYPED });
      assert.equal(look.header.step, 10, 'the step whose weights it is of is said');
      const { arrays } = shown(look, shown(whole, null));
      const gates = Object.keys(expected).filter((name) => name.startsWith('gate.'));
      assert.ok(gates.length > 0);
      for (const name of gates) assert.deepEqual(arrays[name], expected[name], name);
      const T = look.header.tokens.length;
      const row = (values: Float32Array) => values.subarray(look.header.focus * T, (look.header.focus + 1) * T);
      assert.deepEqual(
        row(arrays['gradient.hidden'].values),
        row(expected['gradient.hidden'].values),
        'gradients of the focus',
      );
    });

  it('leaves the weights that are trained as they are, to the bit', () => {
    const context = contextOf();
    const pictures = new KeptPicture();
    const { picture } = pictures.inspect(context, ask(TEXT, TYPED)).header;
    const trained = train(context);
    const before = trained.model.parameters.all.map(({ values }) => values.slice());
    pictures.inspect(trained, ask(EDITED, TYPED + 1, { rowOnly: true, beside: picture }));
    trained.model.parameters.all.forEach(({ values, name }, at) => assert.deepEqual(values, before[at], name));
  });

  it('follows look upon look, each beside the one before', () => {
    const context = contextOf();
    const pictures = new KeptPicture();
    const first = shown(pictures.inspect(context, ask(TEXT, TYPED)), null);
    const twice = 'the cat sleeps, txxhe dogs sleep';
    const expected = decodeFrame(inspectSlice(context, ask(twice, TYPED + 2)));
    const trained = train(context);
    const second = pictures.inspect(trained, ask(EDITED, TYPED + 1, { rowOnly: true, beside: first.header.picture }));
    const both = shown(second, first);
    const third = pictures.inspect(trained, ask(twice, TYPED + 2, { rowOnly: true, beside: second.header.picture }));
    assert.equal(third.header.keeps?.columns, TYPED + 1);
    assert.deepEqual(shown(third, both).arrays['gate.f'], expected['gate.f']);
  });

  it('has the newest weights and all gates where nothing can be kept', () => {
    let now = 0;
    const all = (look: TraceFrame, step: number, why: string) => {
      assert.equal(look.header.keeps, undefined, why);
      assert.equal(look.header.step, step, why);
      assert.equal(decodeFrame(look)['gate.f'].shape[0], look.header.tokens.length, why);
    };
    const begin = (config: Parameters<typeof contextOf>[0] = {}) => {
      const context = contextOf(config);
      const pictures = new KeptPicture(() => now);
      const beside = pictures.inspect(context, ask(TEXT, TYPED)).header.picture;
      return { trained: train(context), pictures, beside };
    };
    const another = begin();
    all(
      another.pictures.inspect(another.trained, ask(EDITED, TYPED + 1, { rowOnly: true, beside: 99 })),
      11,
      'another picture is there',
    );
    const none = begin();
    all(none.pictures.inspect(none.trained, ask(EDITED, TYPED + 1, { rowOnly: true })), 11, 'no picture is there');
    const both = begin({ bidirectional: true });
    all(
      both.pictures.inspect(both.trained, ask(EDITED, TYPED + 1, { rowOnly: true, beside: both.beside })),
      11,
      'it reads backward',
    );
    const start = begin();
    all(
      start.pictures.inspect(start.trained, ask(`x${TEXT}`, 1, { rowOnly: true, beside: start.beside })),
      11,
      'the first column changed',
    );
    const old = begin();
    now += 3001;
    all(
      old.pictures.inspect(old.trained, ask(EDITED, TYPED + 1, { rowOnly: true, beside: old.beside })),
      11,
      'its weights are too old',
    );
  });
});
