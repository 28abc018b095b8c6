// Makes the picture the time-axis views draw out of the model; rows keep their order from frame to frame as long as they can.
import { placeSuffix, type LayerPlace } from '../src/protocol/layerPlace';
import { exampleZoom, zoomOf, type AxisZoom } from './geometry/axisZoom';
import { timeAxis } from './geometry/timeAxis';
import { chosenPlace, placedFrame } from './networkPlace';
import type { Picture } from './picture';
import type { Questions } from './questions';
import { drawnUnitOf, focusOf } from './selectors';
import type { DecodedFrame, InspectorModel } from './store';
import type { Theme } from './theme';
import { keepsOrder, orderBasis, orderChoice, unitOrder, type OrderBasis } from './unitOrder';

/** A function that turns a model into a picture; null while there is no frame. */
export function createPictureOf(questions: Questions): (model: InspectorModel, theme: Theme) => Picture | null {
  /** By layer and direction. */
  const sorted = new Map<string, { basis: OrderBasis; order: Uint16Array }>();

  /** The unit singled out where none was chosen stays the same one when the window is placed anew or the order is another. */
  const singledOut = new Map<string, number>();

  function defaultUnit(
    { runId, hiddenUnits }: DecodedFrame['header'],
    suffix: string,
    order: ArrayLike<number>,
  ): number {
    const key = `${runId} ${suffix} ${hiddenUnits}`;
    const unit = singledOut.get(key) ?? order[Math.floor(order.length / 4)] ?? 0;
    singledOut.set(key, unit);
    return unit;
  }

  function orderAt(model: InspectorModel, { header, arrays }: Omit<DecodedFrame, 'sequence'>, suffix: string) {
    const choice = orderChoice(model.sections, header);
    const basis = orderBasis(header, choice);
    const known = sorted.get(suffix);
    if (known && keepsOrder(known.basis, basis, model.host?.run?.phase === 'training')) return known.order;
    const order = unitOrder(header, arrays, choice);
    sorted.set(suffix, { basis, order });
    return order;
  }

  return (model, theme) => {
    const { frame } = model;
    if (frame === null || frame.header.tokens.length === 0) return null;
    const focus = focusOf(model);
    const steps = frame.header.tokens.length;
    const axisOf = (zoom: AxisZoom | null) => timeAxis(model.panelWidth, steps, drawnUnitOf(model), focus, zoom);
    const isExample = frame.header.prediction !== undefined;
    const axis = axisOf(zoomOf(model.sections) ?? (isExample ? exampleZoom(axisOf(null), steps) : null));
    const at = (place: LayerPlace): Picture => {
      const placed = placedFrame(frame.header, frame.arrays, place);
      const order = orderAt(model, placed, placeSuffix(place));
      return {
        run: model.host?.run ?? null,
        metrics: model.metrics,
        comparison: model.host?.comparison ?? null,
        place,
        at,
        ...placed,
        frameArrays: frame.arrays,
        axis,
        focus,
        hover: model.hover,
        unit: unitAt(model, place) ?? defaultUnit(frame.header, placeSuffix(place), order),
        order,
        topArrows: model.topArrows,
        theme,
        stale: model.host?.stale ?? null,
        treesImported: model.host?.treesImported ?? 0,
        relativeGradient: model.relativeGradient,
        questions,
        sections: model.sections,
      };
    };
    return at(chosenPlace(model.sections, frame.header));
  };
}

/** Every layer and direction has a unit of its own: the first one's is the model's focus unit, the others' are choices of sections. */
const unitChoice = (place: LayerPlace): string => `unit${placeSuffix(place)}`;

function unitAt({ focusUnit, sections, frame }: InspectorModel, place: LayerPlace): number | null {
  if (placeSuffix(place) === '') return focusUnit;
  const chosen = sections[unitChoice(place)];
  return typeof chosen === 'number' && chosen < (frame?.header.hiddenUnits ?? 0) ? chosen : null;
}

/** The model with a unit chosen at the place that is looked at. */
export function withUnit(model: InspectorModel, unit: number): InspectorModel {
  const place = chosenPlace(model.sections, model.frame?.header ?? {});
  if (placeSuffix(place) === '') return { ...model, focusUnit: unit };
  return { ...model, sections: { ...model.sections, [unitChoice(place)]: unit } };
}
