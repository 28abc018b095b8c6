// The cell view in plain Chromium: what is written there can be computed again, it follows cursor and unit, and it asks when it is seen.
import assert from 'node:assert/strict';
import type { ToInspector } from '../../src/protocol/inspectorMessages';
import { decodeFrame } from '../../src/protocol/traceFrame';
import { SCENARIOS, type ScenarioName } from '../../webview/harness/scenarios';
import { syntheticTerms } from '../../webview/harness/syntheticUnit';
import { WebviewTester, rest, settle, type InspectorPage } from './page';

const frameOf = (state: ScenarioName): Extract<ToInspector, { kind: 'frame' }> => {
  const message = SCENARIOS[state]().find((candidate) => candidate.kind === 'frame');
  if (message?.kind !== 'frame') throw new Error(`${state} shows no frame`);
  return message;
};
interface Ask {
  id: number;
  question: { about: string; unit: number };
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** The equations as text: [left side, numbers, result], and whether they are dimmed. */
const equations = ({
  page,
}: InspectorPage): Promise<{ left: string; numbers: string; result: string; dim: boolean }[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.cell-equations .equation')].map((line) => {
      const parts = [...line.querySelectorAll('.equation-numbers')].map((part) => (part.textContent ?? '').slice(2));
      return {
        left: line.querySelector('.equation-left')?.textContent ?? '',
        numbers: parts[0],
        result: parts[1],
        dim: line.classList.contains('pending'),
      };
    }),
  );

/** Computes what is written: + − · brackets σ tanh ReLU; by the rules of arithmetic, from the text alone. */
function compute(text: string): number {
  const tokens = text.match(/[\d.]+|tanh|ReLU|σ|[()+−·]/g) ?? [];
  let at = 0;
  const sum = (): number => {
    let value = product();
    for (;;) {
      if (tokens[at] === '+') value += (at++, product());
      else if (tokens[at] === '−') value -= (at++, product());
      else return value;
    }
  };
  const product = (): number => {
    let value = factor();
    while (tokens[at] === '·') value *= (at++, factor());
    return value;
  };
  const factor = (): number => {
    const token = tokens[at++];
    if (token === '−') return -factor();
    if (token === '(') return (([value]) => (at++, value))([sum()]);
    if (token === 'tanh') return Math.tanh(factor());
    if (token === 'σ') return sigmoid(factor());
    if (token === 'ReLU') return Math.max(0, factor());
    return Number(token);
  };
  return sum();
}

const written = (value: number, like: string): string => {
  const text = Math.abs(value).toFixed((like.split('.')[1] ?? '').length);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
};

describe('the cell view', function () {
  this.timeout(60_000);
  let tester: WebviewTester;
  const pages: InspectorPage[] = [];
  const opened = async (state: ScenarioName): Promise<InspectorPage> => {
    const open = await tester.open({ state, width: 1000, height: 1400 });
    pages.push(open);
    return open;
  };
  const answered = ({ page }: InspectorPage): Promise<void> =>
    rest(page).then(() => page.locator('.cell-terms tbody tr:not(.to-come)').first().waitFor());
  before(async () => {
    tester = await WebviewTester.launch();
  });
  after(() => tester.close());
  afterEach(async () => {
    for (const { page, problems } of pages.splice(0)) {
      assert.deepEqual(problems, []);
      await tester.release(page);
    }
  });

  for (const state of ['training', 'gru', 'vanilla'] as const)
    it(`writes equations that give the written gates and states, wherever one looks (${state})`, async () => {
      const open = await opened(state);
      await answered(open);
      const { header, data, layout } = frameOf(state).frame;
      const arrays = decodeFrame({ header, data, layout });
      await open.page.locator('.cell-diagram').focus();
      for (const key of ['Home', 'ArrowRight', 'ArrowDown', 'End', 'ArrowUp', 'ArrowLeft', 'ArrowUp']) {
        await open.page.keyboard.press(key);
        await settle(open.page);
        await open.page.waitForFunction(() => document.querySelector('.cell-equations .pending') === null);
        const label = (await open.page.locator('.cell-diagram').getAttribute('aria-label')) ?? '';
        const [, unit, step] = (/unit (\d+), step (\d+)/.exec(label) ?? []).map(Number);
        const lines = await equations(open);
        assert.equal(lines.length, header.gates.length);
        header.gates.forEach((gate, k) => {
          const { left, numbers, result } = lines[k];
          assert.equal(left, `${gate.symbol}(${step})`);
          assert.equal(written(compute(numbers), result), result, `${left} = ${numbers} = ${result}`);
          const value = arrays[`gate.${gate.key}`].values[step * header.hiddenUnits + unit];
          assert.equal(written(value, result), result, `${left} of the frame`);
        });
      }
    });

  it('carries the same numbers on its wires as in its equations', async () => {
    const open = await opened('training');
    await answered(open);
    const lines = await equations(open);
    const numbers = await open.page.locator('.cell-diagram svg .cell-number, .cell-box text').allTextContents();
    const [f, previous, i, g] = lines[4].numbers.match(/−?[\d.]+/g) ?? [];
    for (const number of [f, previous, i, g, lines[4].result, lines[5].result])
      assert.ok(number !== undefined && numbers.includes(number), number);
  });

  it('follows unit and cursor at once, says so, and dims the terms until they are those of what it shows', async () => {
    const open = await opened('training');
    await answered(open);
    await open.page.evaluate(() => (window.harness.answers = false));
    await open.page.locator('.cell-diagram').focus();
    const before = await open.page.locator('.cell-diagram').getAttribute('aria-label');
    await open.page.keyboard.press('ArrowDown');
    await settle(open.page);
    const now = (await open.page.locator('.cell-diagram').getAttribute('aria-label')) ?? '';
    assert.notEqual(now, before);
    await settle(open.page);
    assert.equal(await open.page.locator('.time-zone [aria-live]').textContent(), now);
    const lines = await equations(open);
    assert.deepEqual(
      lines.map(({ dim }) => dim),
      [true, true, true, true, false, false],
    );
    assert.equal(written(compute(lines[5].numbers), lines[5].result), lines[5].result);
    assert.match((await open.page.locator('.cell-view summary').textContent()) ?? '', /computing…/);
    assert.equal(await open.page.locator('.cell-terms-holder.pending').count(), 1);
  });

  it('asks for nothing while it is folded', async () => {
    const open = await opened('training');
    await answered(open);
    await open.page.locator('.cell-view > summary').click();
    await open.page.locator('.cell-view:not([open])').waitFor({ state: 'attached' });
    await rest(open.page);
    await open.page.evaluate(() => (window.harness.posted.length = 0));
    await open.page.locator('.heatmap-target[data-gate="f"]').focus();
    await open.page.keyboard.press('ArrowDown');
    await rest(open.page);
    assert.deepEqual(
      (await open.posted()).filter(
        ({ kind, question }) => kind === 'ask' && (question as { about: string }).about === 'cellTerms',
      ),
      [],
    );
  });

  it('draws the reset gate behind the product where the network has it there', async () => {
    const open = await opened('gru');
    await answered(open);
    const xs = async (): Promise<number[]> =>
      Promise.all(
        ['.cell-node[data-gate="r"]', '.cell-pill'].map(async (css) => {
          const box = await open.page.locator(`.cell-diagram ${css}`).first().boundingBox();
          return box?.x ?? NaN;
        }),
      );
    const [reset, matrix] = await xs();
    assert.ok(reset < matrix, 'before the product');
    const { data, layout, header: before } = frameOf('gru').frame;
    const gates = before.gates.map((gate) =>
      gate.key === 'g' ? { ...gate, equation: 'h̃(t) = tanh(r(t) ∘ (W_h h(t−1) + b_hh) + U_h x(t) + b_h)' } : gate,
    );
    const header = { ...before, gates, documentVersion: before.documentVersion + 1 };
    await open.page.evaluate(
      ([shown, places, values]) => {
        window.harness.answers = false;
        window.harness.posted.length = 0;
        const frame = { header: shown, layout: places, data: new Float32Array(values).buffer };
        window.harness.send({ kind: 'frame', sequence: 2, frame });
      },
      [header, layout, [...new Float32Array(data)]] as const,
    );
    const isAsked = async (): Promise<{ id: number; unit: number } | undefined> => {
      const asks = (await open.posted()).filter(({ kind }) => kind === 'ask') as unknown as Ask[];
      const ask = asks.find(({ question }) => question.about === 'cellTerms');
      return ask && { id: ask.id, unit: ask.question.unit };
    };
    await rest(open.page);
    const ask = await isAsked();
    assert.ok(ask);
    const { recurrent, input, bias, ...others } = syntheticTerms(ask.unit, header);
    await open.page.evaluate(
      ([id, step, lists, more]) => {
        const [r, x, b] = lists.map((list) => Float32Array.from(list));
        const value = { recurrent: r, input: x, bias: b, ...more };
        window.harness.send({
          kind: 'answer',
          id,
          answered: { about: 'cellTerms', step, value, milliseconds: 1 },
          problem: null,
        });
      },
      [ask.id, header.step, [[...recurrent], [...input], [...bias]], others] as const,
    );
    await settle(open.page);
    const [resetAfter, matrixAfter] = await xs();
    assert.ok(resetAfter > matrixAfter, 'after the product');
    const candidate = (await equations(open))[2];
    assert.match(candidate.numbers, /^tanh\([\d.]+·\(/);
    assert.equal(written(compute(candidate.numbers), candidate.result), candidate.result);
  });

  for (const state of ['training', 'gru', 'vanilla'] as const)
    it(`keeps its labels apart and inside the panel (${state})`, async () => {
      const open = await opened(state);
      for (const width of [360, 520, 1400, 2000]) {
        await open.page.setViewportSize({ width, height: 1400 });
        await rest(open.page);
        const found = await open.page.evaluate(() => {
          const right = document.documentElement.clientWidth;
          const texts = [...document.querySelectorAll('.cell-diagram svg > text, .cell-diagram g > text')];
          const boxes = texts.map((text) => ({ text: text.textContent, at: text.getBoundingClientRect() }));
          const outside = boxes
            .filter(({ at }) => at.left < 0 || at.right > right)
            .map(({ text }) => `${text} is outside`);
          const over = boxes.flatMap((a, k) =>
            boxes.slice(k + 1).flatMap((b) => {
              const x = Math.min(a.at.right, b.at.right) - Math.max(a.at.left, b.at.left);
              const y = Math.min(a.at.bottom, b.at.bottom) - Math.max(a.at.top, b.at.top);
              return x > 2 && y > 5 ? [`${a.text} / ${b.text}`] : [];
            }),
          );
          return [...outside, ...over];
        });
        assert.deepEqual(found, [], `${state} at ${width}`);
      }
    });
});
