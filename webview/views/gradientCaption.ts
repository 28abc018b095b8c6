// One sentence about the gradient at the focus step, computed from its numbers.
import * as l10n from '@vscode/l10n';
import type { Picture } from '../picture';
import { scientific, shareText } from '../shownText';
import { stepsAhead, stepsBack } from '../stepsText';

const LOOK_BACK = 20;

/** What is left some steps back: for an LSTM at the cell and through its direct path, for others at the hidden state. */
export function gradientCaption(picture: Picture, row: Float32Array): string {
  const { arrays, header, focus, place } = picture;
  if (Number.isNaN(row[focus]))
    return l10n.t('The next token is not known here, so there is no loss whose gradient could be shown.');
  if (place.reverse) return captionAhead(picture, row);
  const lag = Math.min(LOOK_BACK, focus);
  if (lag === 0) return l10n.t('Nothing stands before this step in the window.');
  const back = focus - lag;
  const total = arrays['gradient.cell'];
  const direct = arrays['gradient.direct'];
  if (total && direct) {
    const steps = header.tokens.length;
    return l10n.t(
      'At the cell {0} the gradient is {1}; through the direct path ∏ f alone it would be {2}.',
      stepsBack(lag),
      scientific(total.values[focus * steps + back]),
      scientific(direct.values[focus * steps + back]),
    );
  }
  return l10n.t(
    '{0}, {1} of the gradient at i is left ({2}).',
    stepsBack(lag),
    shareText(row[back] / row[focus]),
    scientific(row[back]),
  );
}

/** The same of a direction that reads backward: what it has read before stands further on. */
function captionAhead({ arrays, header, focus }: Picture, row: Float32Array): string {
  const steps = header.tokens.length;
  const lag = Math.min(LOOK_BACK, steps - 1 - focus);
  if (lag === 0) return l10n.t('Nothing comes after this step in the window.');
  const [total, direct] = [arrays['gradient.cell'], arrays['gradient.direct']];
  const at = focus * steps + focus + lag;
  if (total && direct)
    return l10n.t(
      'At the cell {0} the gradient is {1}; through the direct path ∏ f alone it would be {2}.',
      ...[stepsAhead(lag), scientific(total.values[at]), scientific(direct.values[at])],
    );
  return l10n.t(
    '{0}, {1} of the gradient at i is left ({2}).',
    ...[stepsAhead(lag), shareText(row[focus + lag] / row[focus]), scientific(row[focus + lag])],
  );
}
