// The three ways a loss is told: nats per token, bits per character, perplexity per token.
import * as l10n from '@vscode/l10n';
import type { CorpusInfo, RunRecord } from '../src/protocol/run';

export const LOSS_UNITS = ['bits', 'perplexity', 'nats'] as const;
export type LossUnit = (typeof LOSS_UNITS)[number];

/** What a reader expects without having chosen: bits per character for characters, perplexity for words. */
export function defaultLossUnit(tokens: RunRecord['config']['unit']): LossUnit {
  return tokens === 'words' ? 'perplexity' : 'bits';
}

/** Tokens per character of the text: 1 for a character model, about 0.2 for a word model; 1 while unknown. */
export function tokensPerCharacter(corpus: CorpusInfo | null): number {
  return corpus && corpus.characters > 0 ? corpus.tokens / corpus.characters : 1;
}

/** A loss in nats per token, told in another unit; `rate` is tokens per character. */
export function convertLoss(nats: number, unit: LossUnit, rate: number): number {
  if (unit === 'nats') return nats;
  if (unit === 'perplexity') return Math.exp(nats);
  return (nats / Math.LN2) * rate;
}

/** Short name printed after a number: "bits/char". */
export function lossUnitName(unit: LossUnit): string {
  if (unit === 'bits') return l10n.t('bits/char');
  if (unit === 'perplexity') return l10n.t('perplexity');
  return l10n.t('nats');
}
