// The states that go from one slice of text to the next: those of every layer that reads forward. What reads backward begins anew at
// the end of every slice, since what comes after it has not been read. A network whose lanes are sequences of their own carries none.
import { finalRow, initialRow, type LayerTrace } from '../network/layerTrace';
import type { ForwardTrace } from '../network/forward';
import type { LanguageModel } from '../network/languageModel';
import { layerPlaces, layerSuffix, readsSequences } from '../network/networkConfig';

export class CarriedStates {
  /** By name in a checkpoint: carried.h, carried.c, carried.h_l1 …, [B,H] each, outside the arena. */
  readonly values: Map<string, Float32Array>;
  private readonly width: number;

  constructor(model: LanguageModel, lanes: number) {
    const { hiddenUnits, cell } = model.config;
    this.width = lanes * hiddenUnits;
    const names = layerPlaces(model.config)
      .filter(({ reverse }) => !reverse && !readsSequences(model.config))
      .flatMap((place) => (cell === 'lstm' ? ['h', 'c'] : ['h']).map((state) => nameOf(state, place)));
    this.values = new Map(names.map((name) => [name, new Float32Array(this.width)]));
  }

  reset(): void {
    for (const values of this.values.values()) values.fill(0);
  }

  /** Makes them the initial states of a pass; what reads backward begins from zero. */
  enter({ layers }: ForwardTrace): void {
    this.forEachState(layers, (layer, states, kept) => {
      const row = initialRow(layer) * this.width;
      if (kept) states.set(kept, row);
      else states.fill(0, row, row + this.width);
    });
  }

  /** Takes over the states that a pass ended with. */
  leave({ layers }: ForwardTrace): void {
    this.forEachState(layers, (layer, states, kept) => {
      const row = finalRow(layer) * this.width;
      kept?.set(states.subarray(row, row + this.width));
    });
  }

  private forEachState(
    layers: LayerTrace[][],
    visit: (layer: LayerTrace, states: Float32Array, kept: Float32Array | undefined) => void,
  ): void {
    for (const layer of layers.flat()) {
      visit(layer, layer.h, this.values.get(nameOf('h', layer.place)));
      if (layer.c) visit(layer, layer.c, this.values.get(nameOf('c', layer.place)));
    }
  }
}

function nameOf(state: string, place: LayerTrace['place']): string {
  return `carried.${state}${layerSuffix(place)}`;
}
