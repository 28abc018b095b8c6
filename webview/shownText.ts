// How tokens and small numbers are written in the pictures.
import * as l10n from '@vscode/l10n';
import { timesPowerOfTen } from '../src/protocol/powersOfTen';

/** How the trainer writes the token that stands for all it does not know. */
const UNKNOWN = '\ufffd';

/** A token in its column: ⏎ for a line end, → for a tab, nothing for a space, ‹unk› for the unknown token. */
export function glyphOf(token: string): string {
  if (token === UNKNOWN) return '‹unk›';
  if (token === '\n') return '⏎';
  if (token === '\t') return '→';
  return token.trim() === '' ? '' : token;
}

/** A token inside a sentence: “h”, line end, space. */
export function quoted(token: string): string {
  if (token === '\n') return l10n.t('line end');
  if (token === '\t') return l10n.t('tab');
  if (token === ' ') return l10n.t('space');
  if (token === UNKNOWN) return l10n.t('an unknown token');
  return `“${token}”`;
}

/** A norm in two significant digits: "3.8", "0.42", "1.1×10⁻³", "0". */
export function scientific(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (!(value > 0)) return '0';
  const power = Math.floor(Math.log10(value));
  if (power >= -2 && power < 3)
    return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
  return timesPowerOfTen(value);
}

/** A gate's value with a true minus sign and two decimals. */
export function gateNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const text = Math.abs(value).toFixed(Math.abs(value) >= 100 ? 0 : 2);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** A share: per cent from 1 % on, else "1 part in 2,700"; nobody reads twelve zeros. */
export function shareText(share: number): string {
  if (!(share > 0)) return l10n.t('nothing');
  if (share >= 0.01) return `${(share * 100).toFixed(share >= 0.1 ? 0 : 1)} %`;
  if (share < 1e-9) return l10n.t('less than 1 part in a billion');
  return l10n.t('1 part in {0}', Math.round(Number((1 / share).toPrecision(2))).toLocaleString('en'));
}
