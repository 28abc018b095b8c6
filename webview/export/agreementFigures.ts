// The figures of the agreement probe: the pair with its prefix, the ladder of attractors, and the sets of all models that are compared.
import * as l10n from '@vscode/l10n';
import type { AgreementAnswer, AgreementCell, AgreementSetAnswer } from '../../src/protocol/agreement';
import { chosenSet, drawnSets } from '../agreementMeasures';
import { drawnProbes, type ScoredPair } from '../agreementProbe';
import { provenance, trainingCaption } from './caption';
import type { Figure, Scene } from './figures';
import { oneAfterTheOther } from './trainingTable';
import { withConstants, type Table } from './table';

export function agreementFigures({ model, formats, picture }: Scene): Figure[] {
  const run = model.host?.run ?? null;
  if (run === null || picture === null) return [];
  const runs = { run, metrics: model.metrics, comparison: model.host?.comparison ?? null, snapshot: model.snapshot };
  const probes = drawnProbes(runs, picture.questions);
  const records = probes.length > 0 ? probes.map(({ record }) => record) : [run];
  const caption = records.map((record) => trainingCaption(record, formats)).join(' | ');
  const common = { run, step: probes[0]?.step ?? run.step, caption };
  const scored = (make: (pair: ScoredPair) => Table) => (): Table | null =>
    probes.length === 0
      ? null
      : oneAfterTheOther(
          probes.map(({ record, pair, step }) =>
            withConstants({ ...provenance(record, null, formats), training_step: step ?? record.step }, make(pair)),
          ),
        );
  const set = chosenSet();
  const sets = set === null ? [] : drawnSets(runs, picture.questions, set);
  return [
    {
      ...common,
      id: 'agreement',
      title: l10n.t('Which continuation is likelier'),
      home: '.agreement-pair-head',
      parts: ['.agreement-bar', '.agreement-prefix'],
      notes: ['.agreement-prefix-note'],
      table: scored(pairTable),
    },
    {
      ...common,
      id: 'agreement-attractors',
      title: l10n.t('With attractors in between'),
      home: '.agreement-ladder-head',
      parts: ['.agreement-ladder-figure'],
      notes: ['.agreement-ladder-note'],
      table: scored(ladderTable),
    },
    {
      ...common,
      id: 'agreement-set',
      title: l10n.t('Agreement sets'),
      home: '.agreement-set-head',
      parts: ['.agreement-set-figure'],
      notes: ['.agreement-set-note'],
      table: () =>
        sets.length === 0
          ? null
          : oneAfterTheOther(
              sets.map(({ record, value, step: at }) =>
                withConstants(
                  {
                    ...provenance(record, null, formats),
                    training_step: at ?? record.step,
                    set: set?.name ?? 'templates',
                  },
                  setTable(value),
                ),
              ),
            ),
    },
  ];
}

/** The prefix's tokens with what each adds to the log-odds, then the continuations'. */
function pairTable({ columns, influence, continuations, logOdds }: ScoredPair): Table {
  return {
    columns: ['part', 'token', 'known', 'gradient_times_input', 'log_probability', 'log_odds'],
    rows: [
      ...columns.map(({ text, known }, at) => ['prefix', text, known ? 1 : 0, influence[at], null, logOdds]),
      ...continuations.flatMap(({ text, tokens, ending }) => [
        ...tokens.map((token) => [text, token.text, 1, null, token.logProbability, logOdds]),
        ...(ending === null ? [] : [[text, 'ending', 1, null, ending, logOdds]]),
      ]),
    ],
  };
}

function ladderTable({
  ladder: { rungs, control, kind },
  continuations: [first, second],
}: Extract<AgreementAnswer, { refused: null }>): Table {
  return {
    columns: ['nouns', 'count', 'prefix', 'first', 'second', 'log_probability_first', 'log_probability_second'],
    rows: [...rungs, ...control].map(({ count, prefix, logProbabilities }, at) => [
      ...[kind === 'typed' ? 'typed' : at < rungs.length ? 'attractors' : 'same number', count, prefix],
      ...[first.text, second.text, ...logProbabilities],
    ]),
  };
}

/** Every cell of a set. */
export function setTable({ all, strict, conditions, overall, scored, total }: AgreementSetAnswer): Table {
  const row = (items: string, { attractors, n, hits, accuracy, low, high, majority, frequent }: AgreementCell) => [
    ...[scored, total, items, attractors, n, hits, accuracy, low, high, majority, frequent],
  ];
  return {
    columns: [
      'scored',
      'of',
      'items',
      'attractors',
      'n',
      'right',
      'accuracy',
      'wilson_low',
      'wilson_high',
      'majority',
      'frequent_form',
    ],
    rows: [
      row('all', overall),
      ...all.filter(({ attractors }) => attractors !== null).map((cell) => row('all', cell)),
      ...strict.map((cell) => row('strict', cell)),
      ...conditions.map(({ name, cell }) => row(name, cell)),
    ],
  };
}
