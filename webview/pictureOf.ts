// Makes the picture the time-axis views draw out of the model; rows keep their order from frame to frame as long as they can.
import { timeAxis } from './geometry/timeAxis';
import type { Picture } from './picture';
import type { Questions } from './questions';
import { drawnUnitOf, focusOf } from './selectors';
import type { InspectorModel } from './store';
import type { Theme } from './theme';
import { keepsOrder, orderBasis, orderChoice, unitOrder, type OrderBasis } from './unitOrder';

/** A function that turns a model into a picture; null while there is no frame. */
export function createPictureOf(questions: Questions): (model: InspectorModel, theme: Theme) => Picture | null {
  let sorted: { basis: OrderBasis; order: Uint16Array } | null = null;
  return (model, theme) => {
    if (model.frame === null || model.frame.header.tokens.length === 0) return null;
    const { header, arrays } = model.frame;
    const choice = orderChoice(model.sections, header);
    const basis = orderBasis(header, choice);
    const run = model.host?.run ?? null;
    if (sorted === null || !keepsOrder(sorted.basis, basis, run?.phase === 'training')) {
      sorted = { basis, order: unitOrder(header, arrays, choice) };
    }
    const { order } = sorted;
    const focus = focusOf(model);
    return {
      run,
      header,
      arrays,
      axis: timeAxis(model.panelWidth, header.tokens.length, drawnUnitOf(model), focus),
      focus,
      hover: model.hover,
      unit: model.focusUnit ?? order[Math.floor(order.length / 4)] ?? 0,
      order,
      topArrows: model.topArrows,
      theme,
      stale: model.host?.stale ?? null,
      relativeGradient: model.relativeGradient,
      questions,
      sections: model.sections,
    };
  };
}
