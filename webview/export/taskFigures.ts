// The figures of runs on tasks: what speaks for a prediction, and which classes are taken for which.
import * as l10n from '@vscode/l10n';
import { classScores } from '../chart/classScores';
import { methodName, methodOf } from '../influenceMeasures';
import type { Picture } from '../picture';
import { measurePrediction, targetName } from '../predictionMeasures';
import { shareText } from '../shownText';
import { provenance, trainingCaption } from './caption';
import type { Figure, Scene } from './figures';
import { float32Text, withConstants, type Table } from './table';

interface Common {
  picture: Picture;
  common: Pick<Figure, 'run' | 'step'>;
  caption: string;
  tableOf: (make: () => Table) => () => Table;
}

/** None of a language model. */
export function predictionFigures({ picture, common, caption, tableOf }: Common): Figure[] {
  const { header, sections } = picture;
  const { prediction } = header;
  if (!prediction) return [];
  const told = prediction.likeliest.map(({ text, probability }) => `${text} ${shareText(probability)}`).join(', ');
  return [
    {
      ...common,
      id: 'prediction',
      title: `${l10n.t('Influence')}, ${methodName(methodOf(sections))}`,
      home: '.prediction-arrows > .influence-header',
      parts: ['.prediction-arrows > .track.influence', '.track.text', '.track.tags'],
      notes: ['.prediction-arrows > .influence-header > .influence-about'],
      caption: [l10n.t('predicted: {0}', told), caption].join(' · '),
      table: tableOf(() => predictionTable(picture)),
    },
  ];
}

/** Per token: what it adds by the method shown, the norms of the loss's gradient, and of a tagger its tags. */
export function predictionTable(picture: Picture): Table {
  const { header, frameArrays } = picture;
  const { prediction, predictions } = header;
  if (!prediction) return { columns: [], rows: [] };
  const { method, target, row, step } = measurePrediction(picture, prediction);
  const norms = frameArrays['flow.input'].values;
  return {
    columns: [
      'step',
      'token',
      'method',
      'weights_step',
      'target',
      'influence',
      'input_gradient_norm',
      'likeliest_tag',
      'probability',
      'tag_in_file',
    ],
    rows: header.tokens.map(({ text }, t) => {
      const best = predictions.at(t)?.at(0);
      return [
        ...[t, text, method, step, targetName(prediction, target, header)],
        row === null ? null : method === 'norm' ? float32Text(row[t]) : row[t],
        float32Text(norms[t]),
        ...[best?.text ?? null, best ? float32Text(best.probability) : null, prediction.tags?.[t] ?? null],
      ];
    }),
  };
}

/** None before a run has its scores, and where its classes are too many for a table. */
export function scoresFigures({ model, formats }: Scene): Figure[] {
  const run = model.host?.run ?? null;
  const { scores } = run ?? {};
  if (!run || !scores?.confusion) return [];
  const { confusion, labels } = scores;
  const columns = ['right', 'predicted', 'count', 'precision_of_right', 'recall_of_right', 'f1_of_right'];
  const ofClasses = classScores(confusion);
  const rows = confusion.flatMap((row, right) =>
    row.map((count, predicted) => {
      const { precision, recall, f1 } = ofClasses[right];
      return [labels[right], labels[predicted], count, precision, recall, f1];
    }),
  );
  return [
    {
      ...{ id: 'scores', title: l10n.t('Scores'), home: '.scores > .section-header', parts: ['.scores-tables'] },
      notes: ['.scores > .scores-lead'],
      caption: trainingCaption(run, formats),
      ...{ run, step: scores.step },
      table: () => withConstants(provenance(run, null, formats), { columns, rows }),
    },
  ];
}
