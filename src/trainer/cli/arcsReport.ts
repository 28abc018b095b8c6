// What `gatescope arcs` found, as tables.
import {
  FEW_ARCS,
  JOINED_DISTANCES,
  type ArcMeasure,
  type ArcsAgainstNull,
  type JoinedAnswer,
  type JoinedCurve,
} from '../../protocol/joined';
import { counted } from '../../text/counted';

const ORDERS = {
  headFirst: 'head first',
  dependentFirst: 'dependent first',
  both: 'both orders',
};
const MOST_RELATIONS = 15;

export function arcLines(answer: JoinedAnswer, step: number): string[] {
  const { sentences, sentencesInAll, words, arcs, leftOut, trees, curves, relations, reads, seconds } = answer;
  const from = trees.file ?? `the parser (${trees.language ?? 'unknown language'})`;
  return [
    `step ${step}: ${sentences} of ${counted(sentencesInAll, 'sentence')}, ${counted(words, 'word')}, ${counted(arcs, 'arc')}; trees from ${from}; ${seconds.toFixed(1)} s`,
    `left out: ${counted(leftOut.unaligned, 'word')} without tokens of their own, ${counted(leftOut.unknown, 'unknown word')}, ${counted(leftOut.long, 'long sentence')}, ${counted(leftOut.unmatched, 'arc')} with nothing to compare with`,
    'shares of the gradient in per cent: arc, none = pairs without an arc matched to them; ratio [95 %]; few = n below ' +
      `${FEW_ARCS}, coarse = compared by word class alone`,
    ...curves.flatMap((curve) => ['', ...curveLines(curve, reads)]),
    '',
    ...table([
      ['relation', 'order', ...(reads === 'cloze' ? ['asked'] : []), ...HEAD],
      ...relations
        .slice(0, MOST_RELATIONS)
        .map((each) => [
          each.relation,
          ORDERS[each.order],
          ...(reads === 'cloze' ? [each.asked] : []),
          ...measureCells(each),
        ]),
    ]),
  ];
}

/** `4–5`, `13+`. */
export function distanceText({ from, to }: { from: number; to: number | null }): string {
  return to === null ? `${from}+` : to === from ? String(from) : `${from}–${to}`;
}

const HEAD = ['n', 'coarse', 'arc', 'none', 'ratio of shares', 'ratio of ‖∂J/∂x‖', ''];

function curveLines({ order, asked, points }: JoinedCurve, reads: JoinedAnswer['reads']): string[] {
  const whose = reads === 'cloze' ? `, the ${asked} word hidden` : '';
  return [
    `${ORDERS[order]}${whose}`,
    ...table([
      ['words apart', ...HEAD],
      ...points.map((point, k) => [distanceText(JOINED_DISTANCES[k]), ...measureCells(point)]),
    ]),
  ];
}

function measureCells({ n, coarse, share, value }: ArcMeasure): string[] {
  const percent = (part: number) => String(Number((100 * part).toPrecision(2)));
  return [
    ...[String(n), String(coarse), share ? percent(share.arc) : '', share ? percent(share.none) : ''],
    ...[ratioText(share), ratioText(value), n < FEW_ARCS ? 'few' : ''],
  ];
}

function ratioText(against: ArcsAgainstNull | null): string {
  if (against === null) return '';
  const { ratio, low, high } = against;
  return `${ratio.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

function table(rows: string[][]): string[] {
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
  return rows.map((row) =>
    row
      .map((text, k) => (k === 0 ? text.padEnd(widths[k]) : text.padStart(widths[k])))
      .join('  ')
      .trimEnd(),
  );
}
