// The names of a run as a person reads them: "LSTM 128 · characters · shakespeare.txt".
import type { RunSummary } from '../../protocol/inspectorMessages';
import type { RunConfig } from '../../protocol/runConfig';
import type { RunRecord, TextSource } from '../../protocol/run';
import type { Translate } from '../translate';

/** Title of the cell; the same in every language. */
export function cellTitle(cell: RunConfig['cell']): string {
  return { vanilla: 'Vanilla', lstm: 'LSTM', gru: 'GRU' }[cell];
}

/** File name and, when only a part was read, which part. */
export function sourceLabel(source: TextSource, t: Translate): string {
  if (source.part.kind === 'selection') return t('{0} (selection)', source.name);
  if (source.part.kind === 'head')
    return t('{0} (first {1} MB)', source.name, Math.round(source.part.bytes / 1024 / 1024));
  return source.name;
}

export function unitLabel(unit: RunConfig['unit'], t: Translate): string {
  return unit === 'words' ? t('words') : t('characters');
}

export function optimizerTitle(optimizer: RunConfig['optimizer'], t: Translate): string {
  return { adam: 'Adam', sgd: t('SGD with momentum'), rmsprop: 'RMSProp' }[optimizer];
}

export function taskLabel(task: RunConfig['task'], t: Translate): string {
  switch (task) {
    case 'language':
      return t('language model');
    case 'classification':
      return t('classification');
    case 'tagging':
      return t('tagging');
    case 'cloze':
      return t('cloze');
  }
}

export function connectionsLabel(connections: RunConfig['connections'], t: Translate): string {
  return { none: t('none'), residual: t('residual'), dense: t('dense'), highway: t('highway') }[connections];
}

/** "LSTM 128", "BiLSTM 128 × 2", "LSTM 128 × 8 residual", "Vanilla 500 echo state": cell, units and layers of a network. */
export function networkLabel(config: RunConfig, t: Translate): string {
  const { cell, hiddenUnits, layers, bidirectional, connections, reservoir } = config;
  const parts = [`${bidirectional ? 'Bi' : ''}${cellTitle(cell)} ${hiddenUnits}`];
  if (layers > 1) parts.push(`× ${layers}`);
  if (layers > 1 && connections !== 'none') parts.push(connectionsLabel(connections, t));
  if (reservoir) parts.push(t('echo state'));
  return parts.join(' ');
}

export function configLabel(config: RunConfig, t: Translate): string {
  const parts = [networkLabel(config, t), unitLabel(config.unit, t)];
  if (config.task !== 'language') parts.push(taskLabel(config.task, t));
  return parts.join(' · ');
}

export function phaseLabel(phase: RunRecord['phase'], t: Translate): string {
  switch (phase) {
    case 'preparing':
      return t('preparing');
    case 'training':
      return t('training');
    case 'paused':
      return t('paused');
    case 'finished':
      return t('finished');
    case 'stopped':
      return t('stopped');
    case 'diverged':
      return t('diverged');
    case 'failed':
      return t('failed');
  }
}

/** Best validation loss in bits per character, from nats per token; null before the first measurement. */
export function bitsPerCharacter(record: RunRecord): number | null {
  const { bestValidationLoss, corpus, config } = record;
  if (config.task !== 'language') return null;
  if (bestValidationLoss === null || corpus === null || corpus.characters === 0) return null;
  return ((bestValidationLoss / Math.LN2) * corpus.tokens) / corpus.characters;
}

/** "77.5 % right": of a run on a task, on its test part once there are scores, else on its validation part. */
export function accuracyLabel({ scores, lastMetric }: RunRecord, t: Translate): string | null {
  const share = scores?.accuracy ?? lastMetric?.validationAccuracy;
  return typeof share === 'number' ? t('{0} % right', (100 * share).toFixed(1)) : null;
}

/** One line that tells runs of the same label apart: score, step, phase, seed, when. */
export function runDetail(record: RunRecord, t: Translate, language: string): string {
  const bits = bitsPerCharacter(record);
  const when = new Date(record.createdAt);
  return [
    bits === null ? accuracyLabel(record, t) : t('{0} bits/char', bits.toFixed(2)),
    t('step {0} of {1}', record.step.toLocaleString(language), record.plannedSteps.toLocaleString(language)),
    phaseLabel(record.phase, t),
    t('seed {0}', record.config.seed),
    Number.isNaN(when.getTime()) ? null : when.toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' }),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

export function summarize(record: RunRecord, t: Translate, language: string): RunSummary {
  return {
    id: record.id,
    label: `${configLabel(record.config, t)} · ${sourceLabel(record.source, t)}`,
    detail: runDetail(record, t, language),
    phase: record.phase,
  };
}
