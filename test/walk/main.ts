// The newcomer's walk (npm run walk): trains on three texts in a real VS Code, looks at every view with the question it exists
// for, and saves what the views answer as pictures for media/walk/questions.md. Minutes; not a part of `npm test`.
import { Walker } from './walker';
import { korean, mobyDick, shakespeare } from './texts';

type Walk = (walker: Walker, text: string) => Promise<void>;

/** tinyshakespeare, LSTM 128, characters. */
const throughShakespeare: Walk = async (walker, text) => {
  const { document } = walker.inspector;
  const part = (selector: string) => document.locator(selector).first();
  await walker.train(1_200_000);
  await walker.cursorBehind(text, 'MENENIUS:\nWhat work', 0);
  await walker.picture('learned', part('section.training'));
  await walker.answered(part('.influence-section'));
  await walker.picture('reach', part('section.reading'), part('.sticky'));
  await document.locator('.influence-method').selectOption('integrated');
  await walker.answered(part('.influence-section'));
  await walker.picture('influence', part('.influence-section'), part('.track.text'));
  await document.locator('.gates-order').selectOption('timeConstant');
  await walker.picture('gates', part('section.gates'));
  await walker.picture('gradient', part('section.gradient'));
  await walker.picture('weights', part('section.weight-section'));
  await walker.picture('cell', await walker.unfold('Cell'));
  await walker.picture('spectrum', await walker.unfold('Spectrum'));
  await walker.picture('lyapunov', await walker.unfold('Lyapunov exponents'));
  await walker.picture('model', await walker.unfold('Model'));
  await part('.training [role="slider"]').focus();
  await walker.workbench.page.keyboard.press('Home');
  await walker.answered(part('section.training'));
  await walker.picture('before', part('section.training'), part('.sticky'));
};

/** Moby Dick: a vanilla network with its bound, then every cell on equal terms. */
const throughMobyDick: Walk = async (walker, text) => {
  const { document } = walker.inspector;
  const part = (selector: string) => document.locator(selector).first();
  await walker.train(1_200_000);
  await walker.cursorBehind(text, 'the whale');
  await walker.picture('bound', part('section.gradient'));
  await walker.picture('vanilla-spectrum', await walker.unfold('Spectrum'));
  await walker.picture('compare', await walker.compare(600_000));
};

/** Korean, GRU, characters. */
const throughKorean: Walk = async (walker, text) => {
  const { document } = walker.inspector;
  const part = (selector: string) => document.locator(selector).first();
  await walker.train(1_200_000);
  await walker.cursorBehind(text, '다.', 2000);
  await walker.answered(part('.influence-section'));
  await walker.picture('korean', part('section.reading'), part('.sticky'), part('section.gates'));
};

/** Moby Dick by words, in the editor: what surprises the network. */
const throughWords: Walk = async (walker, text) => {
  await walker.train(1_200_000);
  await walker.cursorBehind(text, 'the whale');
  await walker.workbench.command('Gatescope: Shade Text in the Editor…');
  await walker.workbench.pick('Surprisal');
  await walker.workbench.page.waitForTimeout(3000);
  await walker.picture('shading', walker.workbench.page.locator('.editor-instance .monaco-editor').first());
};

const WALKS: { name: string; text: () => string; settings: Record<string, unknown>; walk: Walk }[] = [
  { name: 'shakespeare.txt', text: shakespeare, settings: { epochs: 4 }, walk: throughShakespeare },
  {
    name: 'moby-dick.txt',
    text: mobyDick,
    settings: { cell: 'vanilla', hiddenUnits: 96, epochs: 3 },
    walk: throughMobyDick,
  },
  { name: '한국어.txt', text: korean, settings: { cell: 'gru', epochs: 5 }, walk: throughKorean },
  { name: 'words.txt', text: mobyDick, settings: { unit: 'words', epochs: 6 }, walk: throughWords },
];

async function main(): Promise<void> {
  const [wanted] = process.argv.slice(2);
  for (const { name, text, settings, walk } of WALKS) {
    if (wanted && !name.startsWith(wanted)) continue;
    const whole = text();
    const keyed = Object.entries(settings).map(([key, value]) => [`gatescope.training.${key}`, value]);
    const walker = await Walker.begin(name, whole, Object.fromEntries(keyed) as Record<string, unknown>);
    try {
      await walk(walker, whole);
      console.log(`walked through ${name}`);
    } catch (error) {
      await walker.failed();
      throw error;
    } finally {
      await walker.end();
    }
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
