// ‖∂J/∂W_h‖ contributed at each step: linear bars, whose flatness beside the fading gradient shows why a weight gradient hides vanishing.
// Itemised, every bar is a stack of what single losses ask of that step, one loss apart from the others.
import * as l10n from '@vscode/l10n';
import { createKeyedContent, html, setShown, setText, svg } from '../dom';
import { askedBy, LAG_GROUPS, weightStacks } from '../geometry/itemisedWeights';
import { columnX, columns, type TimeAxis } from '../geometry/timeAxis';
import type { ItemisedWeightGradient } from '../../src/protocol/spectra';
import { askedOf } from '../networkPlace';
import type { Picture, View, ViewEvents } from '../picture';
import type { Known } from '../questions';
import { quoted, scientific, shareText } from '../shownText';
import { staleText } from '../staleText';
import { createChangeGuard, createTrack } from './track';

const HEIGHT = 36;
const STACK_HEIGHT = 96;
const TOP = 14;
/** "Far back" in the sentence about one loss, steps. */
const FAR = 10;

/** The strip with its switch. */
export function createWeightGradient(events: ViewEvents): View {
  const track = createTrack('weight');
  const largestNote = html('div', { class: 'note' });
  track.left.append(largestNote);
  const value = html('span', { class: 'low' });
  track.right.append(value);
  const toggle = html('input', { type: 'checkbox' });
  const note = html('span', { class: 'note' });
  const header = html(
    'div',
    { class: 'section-header' },
    html('b', {}, '‖∂J/∂W‖'),
    note,
    html('label', { class: 'header-right toggle' }, toggle, l10n.t('by loss')),
  );
  const keys = html('div', { class: 'path-keys' });
  const fillKeys = createKeyedContent(keys);
  const caption = html('p', { class: 'caption' });
  const element = html(
    'section',
    { class: 'weight-section', 'aria-label': l10n.t('Gradient of the weights') },
    ...[header, keys, track.element, caption],
  );
  const changed = createChangeGuard();
  toggle.addEventListener('change', () => events.choose('weight.byLoss', toggle.checked));

  return {
    element,
    update(picture) {
      const { axis, arrays, focus, hover, theme, stale } = picture;
      const byLoss = picture.sections['weight.byLoss'] === true;
      const known = byLoss ? itemisedOf(picture) : null;
      const itemised = known?.value ?? null;
      toggle.checked = byLoss;
      const loss = hover ?? focus;
      setText(value, scientific(arrays['gradient.weight'].values[loss]));
      setText(note, headerNote(axis, itemised !== null, known?.value ? known.stale : byLoss, known?.everySeconds));
      note.title = note.textContent;
      setShown(keys, byLoss);
      setShown(caption, byLoss);
      setText(caption, itemised === null ? '' : lossSentence(picture, itemised, loss));
      const { width, column, first, count } = axis;
      if (!changed([arrays, theme, stale, byLoss, width, column, first, count, itemised, itemised && loss])) return;
      const direction = keyDirection(picture);
      fillKeys(direction, () => stackKeys(direction));
      const height = byLoss ? STACK_HEIGHT : HEIGHT;
      track.resize(axis, height + 10);
      track.hatch(picture);
      const drawing = itemised
        ? drawStacks(axis, itemised, loss, hover !== null)
        : drawBars(axis, arrays['gradient.weight'].values, height);
      setText(largestNote, l10n.t('max {0}', scientific(drawing.largest)));
      track.drawing.classList.toggle('stale', known?.stale === true);
      track.drawing.replaceChildren(...drawing.marks);
    },
  };
}

/** The answer about this window, or what is known of another one of the same length; no answer of another length can be drawn. */
function itemisedOf({ questions, header, place }: Picture): Known<ItemisedWeightGradient> {
  const { runId, step, tokens, documentVersion } = header;
  const moment = `${runId} ${step} ${tokens[0].start} ${tokens.length} ${documentVersion}`;
  const known = questions.about({ about: 'weightItemised', ...askedOf(header, place) }, moment);
  return known.value?.steps === tokens.length ? known : { ...known, value: null };
}

function headerNote({ size }: TimeAxis, stacked: boolean, computing: boolean, everySeconds?: number): string {
  if (computing && !stacked) return l10n.t('computing…');
  if (computing) return staleText(everySeconds);
  if (size === 'S') return stacked ? l10n.t('at each t, by loss') : l10n.t('at each t');
  return stacked
    ? l10n.t('bars: what each loss asks of W_h at t, stacked; line: what is left when all are added')
    : l10n.t('what each step t adds to the gradient of W_h, all losses together · linear');
}

interface Drawing {
  largest: number;
  marks: SVGElement[];
}

const frameLines = (axis: TimeAxis, top: number, bottom: number): SVGElement => {
  const right = columnX(axis, axis.first + axis.count);
  return svg('path', { class: 'grid', d: `M${axis.left},${top}H${right}M${axis.left},${bottom}H${right}` });
};

const heightScale = (largest: number, height: number) => (norm: number) =>
  largest > 0 ? (norm / largest) * (height - TOP) : 0;

function drawBars(axis: TimeAxis, values: Float32Array, height: number): Drawing {
  const largest = values.reduce((most, norm) => (norm > most ? norm : most), 0);
  const scale = heightScale(largest, height);
  const bars = columns(axis).map((t) =>
    svg('rect', {
      class: 'weight-bar',
      x: columnX(axis, t) + 0.5,
      y: (height - scale(values[t])).toFixed(1),
      width: axis.column - 1,
      height: Math.max(0, scale(values[t])).toFixed(1),
    }),
  );
  return { largest, marks: [frameLines(axis, height - scale(largest), height), ...bars] };
}

/** One path per group, so that the pointer may isolate loss after loss without hundreds of elements. */
function drawStacks(axis: TimeAxis, itemised: ItemisedWeightGradient, loss: number, isolates: boolean): Drawing {
  const stacks = weightStacks(itemised, loss);
  const shown = columns(axis);
  const largest = Math.max(...shown.map((t) => stacks[t].total));
  const scale = heightScale(largest, STACK_HEIGHT);
  const paths = ['', ...LAG_GROUPS.map(() => '')];
  for (const t of shown) {
    let y = STACK_HEIGHT;
    [stacks[t].apart, ...stacks[t].groups].forEach((norm, k) => {
      const height = scale(norm);
      if (height > 0)
        paths[k] +=
          `M${columnX(axis, t) + 0.5},${y.toFixed(2)}v${(-height).toFixed(2)}h${axis.column - 1}v${height.toFixed(2)}z`;
      y -= height;
    });
  }
  const line = shown
    .filter((t) => !Number.isNaN(itemised.together[t]))
    .map(
      (t, k) =>
        `${k === 0 ? 'M' : 'L'}${columnX(axis, t)},${(STACK_HEIGHT - scale(itemised.together[t])).toFixed(2)}h${axis.column}`,
    );
  const [apart, ...groups] = paths;
  return {
    largest,
    marks: [
      frameLines(axis, TOP, STACK_HEIGHT),
      svg(
        'g',
        { class: isolates ? 'others faded' : 'others' },
        ...groups.map((d, k) => svg('path', { class: `weight-group of-${k}`, d })),
      ),
      svg('path', { class: 'weight-apart', d: apart }),
      svg('path', { class: 'path-halo', d: line.join('') }),
      svg('path', { class: 'weight-together', d: line.join('') }),
    ],
  };
}

type KeyDirection = 'later' | 'earlier' | 'away';

/** On which side of a step the losses stand that ask it to change: lower layers of a network that reads both ways hear both. */
function keyDirection({ header: { bidirectional, layers = 1 }, place }: Picture): KeyDirection {
  if (!bidirectional) return 'later';
  return place.layer < layers - 1 ? 'away' : place.reverse ? 'earlier' : 'later';
}

function groupNames(direction: KeyDirection): string[] {
  if (direction === 'earlier') return [l10n.t('1–3 earlier'), l10n.t('4–15 earlier'), l10n.t('16 and more earlier')];
  if (direction === 'away') return [l10n.t('1–3 away'), l10n.t('4–15 away'), l10n.t('16 and more away')];
  return [l10n.t('1–3 later'), l10n.t('4–15 later'), l10n.t('16 and more later')];
}

function stackKeys(direction: KeyDirection): HTMLElement[] {
  const key = (name: string, text: string, title: string): HTMLElement => {
    const sample = svg('svg', { width: 10, height: 10, 'aria-hidden': 'true' });
    sample.append(svg('path', { class: name, d: name === 'weight-together' ? 'M0,5h10' : 'M0,0h10v10h-10z' }));
    return html('span', { class: 'path-key', title }, sample, text);
  };
  const later = [l10n.t('its own loss'), ...groupNames(direction)];
  return [
    key(
      'weight-apart',
      l10n.t('the loss at i'),
      l10n.t('Point at a column to see what its loss alone asks of the steps before it.'),
    ),
    ...later.map((text, k) =>
      key(
        `weight-group of-${k}`,
        text,
        l10n.t('What losses so many steps from t ask W_h to change at t: norms of single losses, stacked.'),
      ),
    ),
    key(
      'weight-together',
      l10n.t('added'),
      l10n.t(
        'The norm of the sum of all losses’ parts at t. It is below the stack as far as losses ask for different changes.',
      ),
    ),
  ];
}

/** Which step the loss asks to change, in words. */
function lossSentence(
  { header: { tokens, next, bidirectional } }: Picture,
  itemised: ItemisedWeightGradient,
  loss: number,
): string {
  const asked = askedBy(itemised, loss, FAR);
  const predicted = tokens[loss + 1]?.text ?? next;
  if (!asked || predicted === null)
    return l10n.t('The next token is not known here, so there is no loss that asks for anything.');
  const said = [
    ...[quoted(predicted), loss, asked.step, quoted(tokens[asked.step].text)],
    ...[shareText(asked.share), shareText(asked.earlier), FAR],
  ];
  return bidirectional
    ? l10n.t(
        'To predict {0}, the loss at step {1} asks W_h to change most at step {2}, {3}: {4} of all it asks; {5} falls {6} and more steps away.',
        ...said,
      )
    : l10n.t(
        'To predict {0}, the loss at step {1} asks W_h to change most at step {2}, {3}: {4} of all it asks; {5} falls {6} and more steps back.',
        ...said,
      );
}
