// Each state of the inspector says what it must and its buttons ask the host for the right thing; by mouse and by keyboard.
import assert from 'node:assert/strict';
import type { ScenarioName } from '../../webview/harness/scenarios';
import { WebviewTester, bundleSize, type InspectorPage, type OpenOptions } from './page';

let tester: WebviewTester;
const opened: InspectorPage[] = [];

async function open(options: OpenOptions): Promise<InspectorPage> {
  const inspector = await tester.open(options);
  opened.push(inspector);
  return inspector;
}

const text = (inspector: InspectorPage, selector = '#root'): Promise<string> =>
  inspector.page.locator(selector).innerText();
const button = (inspector: InspectorPage, name: string) => inspector.page.getByRole('button', { name, exact: true });
async function actions(inspector: InspectorPage): Promise<unknown[]> {
  return (await inspector.posted()).filter((m) => m.kind === 'action').map(({ kind: _, ...rest }) => rest);
}

interface Expectation {
  state: ScenarioName;
  says: string[];
  /** Name of a button → what it asks for. */
  buttons: [string, object][];
}

const EXPECTATIONS: Expectation[] = [
  {
    state: 'empty',
    says: [
      'See what a recurrent network remembers of this text',
      'lamps.txt (1,115,394 characters, 65 distinct)',
      'Nothing leaves the machine.',
      '4,000 steps · about 1 min 10 s',
      'The keeper of the lamps',
    ],
    buttons: [
      ['Train LSTM 128 on lamps.txt', { action: 'train' }],
      ['Choose options…', { action: 'trainWithOptions' }],
      ['Open an earlier run…', { action: 'openRun' }],
    ],
  },
  { state: 'emptyNoDocument', says: ['Open a text file to begin'], buttons: [['Open File…', { action: 'openFile' }]] },
  {
    state: 'preparing',
    says: ['Preparing LSTM 128 on lamps.txt', 'Reading lamps.txt'],
    buttons: [['Stop', { action: 'stop' }]],
  },
  { state: 'pictureComing', says: ['Computing the first picture…'], buttons: [] },
  {
    state: 'training',
    says: ['step 2,400 of 4,000 · 42 s left', '111,681 parameters', 'orthogonal, b_f = 1', 'seed 1'],
    buttons: [
      ['Pause', { action: 'pause' }],
      ['Stop training', { action: 'stop' }],
      ['LSTM 128: open another run', { action: 'openRun' }],
      ['Compare with another cell', { action: 'compare' }],
      ['Continue the Text', { action: 'continueText', value: 0.8 }],
    ],
  },
  { state: 'paused', says: ['step 2,400 of 4,000 · paused'], buttons: [['Resume', { action: 'resume' }]] },
  { state: 'finished', says: ['step 4,000 of 4,000 · finished'], buttons: [['Retrain', { action: 'retrain' }]] },
  {
    state: 'diverged',
    says: [
      'Training exploded at step 22; the weights of step 20 are back',
      '0.84 → 2.4 → 4.8 million',
      '1 = 2 × the running median ‖g‖ (0.5)',
      'no clipping',
    ],
    buttons: [
      ['Restart with clipping at 1', { action: 'restartWithClipping', value: 1 }],
      ['Lower the learning rate to 0.03', { action: 'restartWithLowerRate', value: 0.03 }],
      ['Look at step 20', { action: 'inspectRestored' }],
    ],
  },
  {
    state: 'divergedAtOnce',
    says: [
      'Training exploded at step 1; the weights of step 0 are back',
      '1 is a starting value: there is no running median ‖g‖ to go by',
    ],
    buttons: [['Restart with clipping at 1', { action: 'restartWithClipping', value: 1 }]],
  },
  {
    state: 'crashed',
    says: ['Training failed at step 2,400', 'Resume to go on from it'],
    buttons: [
      ['Resume', { action: 'resume' }],
      ['Show Log', { action: 'showLog' }],
    ],
  },
  {
    state: 'failed',
    says: ['Training could not begin', 'lamps.txt is not a text: byte 12 is zero.'],
    buttons: [
      ['Choose Options…', { action: 'trainWithOptions' }],
      ['Show Log', { action: 'showLog' }],
    ],
  },
  { state: 'failedToBegin', says: ['lamps.txt has 3 characters'], buttons: [['Show Log', { action: 'showLog' }]] },
  {
    state: 'failedBeside',
    says: ['Something went wrong “net.safetensors” does not hold'],
    buttons: [['Show Log', { action: 'showLog' }]],
  },
  {
    state: 'notice',
    says: ['Something went wrong', 'the trainer did not answer'],
    buttons: [['Show Log', { action: 'showLog' }]],
  },
  {
    state: 'deleted',
    says: ['lamps.txt is gone.', 'The run and its weights are kept'],
    buttons: [['Open Run…', { action: 'openRun' }]],
  },
  {
    state: 'differentText',
    says: ['This run was trained on another text, lamps.txt.'],
    buttons: [['Train on ships.txt', { action: 'train' }]],
  },
  {
    state: 'otherEncoding',
    says: ['The editor reads this file as UTF-8; Gatescope read it as EUC-KR.'],
    buttons: [['Reopen with Encoding…', { action: 'reopenWithEncoding' }]],
  },
  {
    state: 'continuation',
    says: ['never written to the file', 'rty lit, and the sea counts the boys'],
    buttons: [['Continue again', { action: 'continueText', value: 0.8 }]],
  },
];

describe('the inspector page', function () {
  this.timeout(30_000);
  before(async () => {
    tester = await WebviewTester.launch();
  });
  afterEach(async () => {
    for (const { page, problems } of opened.splice(0)) {
      assert.deepEqual(problems, []);
      await tester.release(page);
    }
  });
  after(() => tester.close());

  for (const { state, says, buttons } of EXPECTATIONS) {
    it(`says what it must when ${state}, and every button asks for the right thing`, async () => {
      const inspector = await open({ state, height: 1600 });
      const words = (await text(inspector)).replace(/\s+/g, ' ');
      for (const sentence of says)
        assert.ok(words.includes(sentence), `"${sentence}" is missing in: ${words.slice(0, 600)}`);
      for (const [name] of buttons) await button(inspector, name).first().click();
      assert.deepEqual(
        await actions(inspector),
        buttons.map(([, action]) => action),
      );
    });
  }

  it('does not train anew when the click that was to pause comes just after the end', async () => {
    const inspector = await open({ state: 'training' });
    const button = inspector.page.locator('.run-bar .main-button');
    await inspector.page.evaluate(() => {
      window.harness.play('finished');
      return new Promise<void>((drawn) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            document.querySelector<HTMLElement>('.run-bar .main-button')?.click();
            drawn();
          }),
        ),
      );
    });
    assert.deepEqual(await actions(inspector), []);
    await inspector.page.waitForTimeout(500);
    await button.click();
    assert.deepEqual(await actions(inspector), [{ action: 'retrain' }]);
  });

  it('tells an edit by its columns and offers Update before Retrain', async () => {
    const inspector = await open({ state: 'stale' });
    const bar = inspector.page.locator('.stale-bar');
    assert.match(
      await bar.innerText(),
      /The text changed since this run\. 7 characters were typed in columns 52–58; the weights are of the text before/,
    );
    await bar.getByRole('button', { name: 'Update' }).click();
    await bar.getByRole('button', { name: 'Retrain' }).click();
    assert.deepEqual(await actions(inspector), [{ action: 'update' }, { action: 'retrain' }]);
  });

  it('says from where on a picture of the stored text is out of date', async () => {
    const inspector = await open({ state: 'staleSample' });
    assert.match(await text(inspector, '.stale-bar'), /columns 52–58; from there on the picture is of the old text/);
  });

  it('cannot be stopped twice: an ended run has no working Stop', async () => {
    const inspector = await open({ state: 'finished' });
    await button(inspector, 'Stop training').click({ force: true });
    assert.deepEqual(await actions(inspector), []);
  });

  it('reaches every button of the run bar by Tab and presses it by Enter', async () => {
    const inspector = await open({ state: 'paused' });
    const names: string[] = [];
    for (let k = 0; k < 5; k++) {
      await inspector.page.keyboard.press('Tab');
      names.push(await inspector.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''));
    }
    assert.deepEqual(names, [
      'LSTM 128: open another run',
      'Compare with another cell',
      'Resume',
      'Stop training',
      'Unit of the loss',
    ]);
    await button(inspector, 'Resume').focus();
    await inspector.page.keyboard.press('Enter');
    assert.deepEqual(await actions(inspector), [{ action: 'resume' }]);
  });

  it('keeps its script under 700 kB', async () => {
    assert.ok((await bundleSize()) < 700_000);
  });
});
