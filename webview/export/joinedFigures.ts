// The figure of the gradient along arcs: of the run shown and of those that it is compared with.
import * as l10n from '@vscode/l10n';
import type { AskedModel } from '../askedModels';
import type { JoinedAnswer } from '../../src/protocol/joined';
import { distanceNames } from '../joinedCurves';
import { drawnJoined } from '../joinedMeasures';
import { provenance, trainingCaption } from './caption';
import type { Figure, Scene } from './figures';
import { oneAfterTheOther } from './trainingTable';
import { withConstants, type Table } from './table';

export function joinedFigures({ model, formats, picture }: Scene): Figure[] {
  const run = model.host?.run ?? null;
  if (run === null || picture === null) return [];
  const runs = { run, metrics: model.metrics, comparison: model.host?.comparison ?? null, snapshot: model.snapshot };
  const measured = drawnJoined(runs, picture.questions);
  return [
    {
      id: 'gradient-along-arcs',
      title: l10n.t('Gradient along arcs'),
      home: '.joined-head',
      parts: ['.joined-figure'],
      notes: ['.joined-note'],
      caption: (measured.length > 0 ? measured.map(({ record }) => record) : [run])
        .map((record) => trainingCaption(record, formats))
        .join(' | '),
      run,
      step: measured[0]?.step ?? run.step,
      table: () =>
        measured.length === 0
          ? null
          : oneAfterTheOther(
              measured.map(({ record, value, step }: AskedModel & { value: JoinedAnswer; step: number | null }) =>
                withConstants(
                  { ...provenance(record, null, formats), training_step: step ?? record.step },
                  joinedTable(value),
                ),
              ),
            ),
    },
  ];
}

/** Every curve at every distance, then every relation. */
export function joinedTable({ curves, relations, sentences }: JoinedAnswer): Table {
  const names = distanceNames();
  const numbers = ({
    n,
    coarse,
    value,
    share,
  }: JoinedAnswer['relations'][number] | JoinedAnswer['curves'][number]['points'][number]) => [
    ...[
      n,
      coarse,
      value?.arc ?? null,
      value?.none ?? null,
      value?.ratio ?? null,
      value?.low ?? null,
      value?.high ?? null,
    ],
    ...[share?.arc ?? null, share?.none ?? null, share?.ratio ?? null, share?.low ?? null, share?.high ?? null],
  ];
  return {
    columns: [
      ...['sentences', 'relation', 'order', 'loss_of', 'distance', 'arcs', 'coarse'],
      ...['norm_arc', 'norm_none', 'norm_ratio', 'norm_ratio_low', 'norm_ratio_high'],
      ...['share_arc', 'share_none', 'share_ratio', 'share_ratio_low', 'share_ratio_high'],
    ],
    rows: [
      ...curves.flatMap(({ order, asked, points }) =>
        points.map((point, at) => [sentences, null, order, asked, names[at], ...numbers(point)]),
      ),
      ...relations.map((one) => [sentences, one.relation, one.order, one.asked, null, ...numbers(one)]),
    ],
  };
}
