// What reading from both sides adds, as a person sees it: a sentence whose word turns with what follows, and a homograph in two senses.
import assert from 'node:assert/strict';
import { Inspector } from './inspector';
import {
  makeRoom,
  README_SETTINGS,
  README_VIEWPORT,
  readmeScreenshot,
  sampleStart,
  screenshotOfFailure,
  startSession,
  type Session,
} from './session';

const TRAIN = 'Train a Recurrent Model';

describe('directions', () => {
  let session: Session;
  let inspector: Inspector;

  before(async () => {
    session = await startSession({
      files: {
        'film-reviews.tsv': sampleStart(100_000, 'film-reviews.tsv'),
        'sentence.txt': 'the movie was terribly exciting!\n',
        '공중.tsv': sampleStart(100_000, '공중.tsv'),
        '두 문장.txt': '공중 화장실을 찾았다 .\n공중 부양을 연습했다 .\n',
      },
      settings: README_SETTINGS,
      viewport: README_VIEWPORT,
    });
    inspector = new Inspector(session.workbench);
  });
  afterEach(function () {
    return screenshotOfFailure(this, session);
  });
  after(() => session?.end());

  async function train(file: string): Promise<void> {
    const { workbench } = session;
    await workbench.contextMenu(workbench.fileRow(file));
    await workbench.chooseInMenu(TRAIN);
    await workbench.notification(`“${file}” holds labelled texts`).waitFor();
    await inspector.phase('finished', 60_000);
    await workbench.command('Notifications: Clear All Notifications');
  }
  const said = (): Promise<string[]> => inspector.document.locator('.direction-said').allInnerTexts();

  it('turn a prediction and what “terribly” adds to it, against the same network that reads forward only', async () => {
    const { workbench } = session;
    await train('film-reviews.tsv');
    await workbench.openFile('sentence.txt');
    await workbench.goTo(1, 23);
    await makeRoom(workbench);
    const { document } = inspector;
    await document.locator('.prediction-chips .prediction', { hasText: 'positive' }).first().waitFor();
    await document.locator('.prediction-arrows select').selectOption('integrated');
    await document.locator('.state-strips', { hasText: '“the movie was terribly”' }).waitFor();
    await inspector.button('Compare directions').last().click();
    await document.locator('.direction-said', { hasText: /reads forward only · p of/ }).waitFor({ timeout: 40_000 });
    await document.locator('.direction-said', { hasText: /reads both ways · p of/ }).waitFor();
    assert.match((await said()).join('\n'), /accuracy \d+\.\d % \(/);
    await workbench.command('Notifications: Clear All Notifications');
    await document.locator('.directions-section').evaluate((section) => section.scrollIntoView({ block: 'end' }));
    await readmeScreenshot(workbench, 'directions');
  });

  it('tell a homograph’s senses apart: its forward state is the same to the bit, its backward one is not', async () => {
    const { workbench } = session;
    await workbench.command('View: Toggle Primary Side Bar Visibility');
    await train('공중.tsv');
    await workbench.openFile('두 문장.txt');
    await workbench.goTo(1, 3);
    await makeRoom(workbench);
    const { document } = inspector;
    await document.locator('.state-strips', { hasText: '“공중 화장실을 찾았다 .”' }).waitFor();
    await inspector.button(/^Pin “공중”/).click();
    await workbench.goTo(2, 3);
    await document.locator('.state-strips', { hasText: '“공중 부양을 연습했다 .”' }).waitFor();
    const lines = document.locator('.state-differences li');
    await lines.filter({ hasText: 'forward: the state at “공중” is identical to the bit' }).waitFor();
    await lines.filter({ hasText: 'backward: the states at “공중” differ' }).waitFor();
    await document.locator('.directions-section').evaluate((section) => section.scrollIntoView({ block: 'end' }));
    await readmeScreenshot(workbench, 'homograph');
  });
});
