// The words of the editor's aids: what text is shaded by, with its scale and whose weights, and what the hover says of a token.
import { timesPowerOfTen } from '../../protocol/powersOfTen';
import type { ShadedBy } from '../../protocol/questions';
import type { RunRecord } from '../../protocol/run';
import { configLabel } from '../runs/runLabel';
import type { Translate } from '../translate';
import { levelBits, LEVELS, type TokenUnit } from './shadingLevels';

/** How the trainer writes the token that stands for all it does not know. */
const UNKNOWN = '\ufffd';

/** Whose weights: "LSTM 128 · characters, step 1,240". */
export function weightsLine(
  record: RunRecord,
  step: number,
  snapshot: boolean,
  t: Translate,
  language: string,
): string {
  const label = configLabel(record.config, t);
  const at = step.toLocaleString(language);
  return snapshot ? t('{0}, snapshot of step {1}', label, at) : t('{0}, step {1}', label, at);
}

/** What the shading means, with its scale. `target`: influence, the token whose prediction is looked at. */
export function shadingLine(by: ShadedBy, target: string | null, unit: TokenUnit, t: Translate): string {
  if (by === 'surprisal') {
    const bits = levelBits(unit);
    return t('Text shaded by surprisal: from {0} bits, full at {1}', bits.toFixed(1), (bits * LEVELS).toFixed(1));
  }
  if (target === null) return t('Text shaded by influence: nothing before the cursor is in sight');
  return t('Text shaded by influence on predicting {0}: ‖∂J/∂x‖ from 10⁻⁸ to 10', quoted(target, t));
}

/** A token inside a sentence. */
export function quoted(token: string, t: Translate): string {
  if (token === '\n') return t('line end');
  if (token === '\t') return t('tab');
  if (token === ' ') return t('space');
  if (token === UNKNOWN) return t('an unknown token');
  return `“${token}”`;
}

/** A token as Markdown shows it literally, whatever it is made of. */
export function codeOf(token: string): string {
  const shown = token === UNKNOWN ? '‹unk›' : token.replace(/\n/g, '⏎').replace(/\t/g, '→').replace(/^ | $/g, '␣');
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}

/** "34 %", "0.4 %". */
export function percent(share: number): string {
  if (share >= 0.01) return `${(share * 100).toFixed(0)} %`;
  return share >= 0.0005 ? `${(share * 100).toFixed(1)} %` : '< 0.1 %';
}

/** A norm in two significant digits: "3.8", "0.42", "1.1×10⁻³", "0". */
export function scientific(value: number): string {
  if (!(value > 0)) return '0';
  const power = Math.floor(Math.log10(value));
  if (power >= -2 && power < 3) return value >= 10 ? value.toFixed(0) : value.toFixed(2);
  return timesPowerOfTen(value);
}

/** With two decimals and a true minus sign. */
export function decimal(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}
