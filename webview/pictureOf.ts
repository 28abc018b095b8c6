// Makes the picture the time-axis views draw out of the model; the order of units is computed once per run and step, not per frame drawn.
import { timeAxis } from './geometry/timeAxis';
import type { Picture } from './picture';
import { drawnUnitOf, focusOf } from './selectors';
import type { InspectorModel } from './store';
import type { Theme } from './theme';
import { unitOrder } from './unitOrder';

/** A function that turns a model into a picture; null while there is no frame. */
export function createPictureOf(): (model: InspectorModel, theme: Theme) => Picture | null {
  let orderOf: { runId: string; step: number; units: number; order: Uint16Array } | null = null;
  return (model, theme) => {
    if (model.frame === null || model.frame.header.tokens.length === 0) return null;
    const { header, arrays } = model.frame;
    const known =
      orderOf?.runId === header.runId && orderOf.step === header.step && orderOf.units === header.hiddenUnits;
    if (!known || orderOf === null) {
      orderOf = { runId: header.runId, step: header.step, units: header.hiddenUnits, order: unitOrder(header, arrays) };
    }
    const { order } = orderOf;
    const focus = focusOf(model);
    return {
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
    };
  };
}
