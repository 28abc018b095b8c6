// The figure that networks of several layers and directions have besides: the gradient over layer and time.
import * as l10n from '@vscode/l10n';
import { gradientsByPlace } from '../geometry/layerGradients';
import { hasPlaces } from '../networkPlace';
import type { Picture } from '../picture';
import type { Figure } from './figures';
import { float32Text, type Table } from './table';

interface Common {
  picture: Picture;
  common: Pick<Figure, 'run' | 'step'>;
  caption: string;
  tableOf: (make: () => Table) => () => Table;
}

/** None for a language model of one layer and direction. */
export function placeFigures({ picture, common, caption, tableOf }: Common): Figure[] {
  if (!hasPlaces(picture.header) && !picture.header.prediction) return [];
  return [
    {
      ...common,
      id: 'layer-gradients',
      title: l10n.t('Gradient by layer'),
      home: '.layer-gradients > .section-header',
      parts: ['.track.text', '.track.layer-map', '.track.layer-bars', '.track.ruler'],
      notes: ['.layer-gradients > .section-header > .note', '.layer-gradients > .caption'],
      caption,
      table: tableOf(() => layerGradientTable(picture)),
    },
  ];
}

/** ‖∂J(i)/∂h(j)‖ of the focus step i at every layer, direction and step. */
export function layerGradientTable({
  header,
  frameArrays,
  focus,
}: Pick<Picture, 'header' | 'frameArrays' | 'focus'>): Table {
  return {
    columns: ['state_layer', 'state_direction', 'i', 'j', 'token_i', 'token_j', 'hidden_norm'],
    rows: gradientsByPlace(header, frameArrays, focus).flatMap(({ place, norms }) =>
      Array.from(norms, (norm, j) => [
        ...[place.layer + 1, place.reverse ? 'backward' : 'forward', focus, j],
        ...[header.tokens[focus].text, header.tokens[j].text, float32Text(norm)],
      ]),
    ),
  };
}
