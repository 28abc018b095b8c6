// How numbers are written for a reader: grouped digits, a true minus sign, superscript powers, plain durations.
import * as l10n from '@vscode/l10n';
import { timesPowerOfTen } from '../src/protocol/powersOfTen';

const trueMinus = (text: string): string => text.replace('-', '−');

/** Number formats of one language (a BCP 47 tag; an unknown one falls back to English). */
export class NumberFormats {
  private readonly grouped: Intl.NumberFormat;
  private readonly fewDigits: Intl.NumberFormat;
  private readonly allDigits: Intl.NumberFormat;
  private readonly compactDigits: Intl.NumberFormat;

  constructor(language: string) {
    const tag = Intl.NumberFormat.supportedLocalesOf([language]).length > 0 ? language : 'en';
    this.grouped = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
    this.fewDigits = new Intl.NumberFormat(tag, { maximumSignificantDigits: 2 });
    this.allDigits = new Intl.NumberFormat(tag, { maximumSignificantDigits: 6 });
    this.compactDigits = new Intl.NumberFormat(tag, {
      notation: 'compact',
      compactDisplay: 'long',
      maximumSignificantDigits: 2,
    });
  }

  /** "1,115,394". */
  integer(value: number): string {
    return trueMinus(this.grouped.format(value));
  }

  /** A share with one decimal: "74.3 %". */
  percent(share: number): string {
    return `${(100 * share).toFixed(1)} %`;
  }

  /** Two significant digits in plain notation: "0.84", "0.004", "120". */
  short(value: number): string {
    return trueMinus(this.fewDigits.format(value));
  }

  /** A chosen number with all its digits: "1.24". */
  exact(value: number): string {
    return trueMinus(this.allDigits.format(value));
  }

  /** Two significant digits, large numbers in words: "4.8 million". */
  inWords(value: number): string {
    return trueMinus((Math.abs(value) < 1000 ? this.fewDigits : this.compactDigits).format(value));
  }

  /** Two decimals under 100, none above, a power of ten for what exploded: "2.48", "65.3", "1,204", "1.5×10²⁶". */
  loss(value: number): string {
    if (Math.abs(value) >= 1e6) return trueMinus(timesPowerOfTen(value));
    if (Math.abs(value) >= 100) return this.integer(value);
    return trueMinus(value.toFixed(Math.abs(value) >= 10 ? 1 : 2));
  }

  /** Seconds as a person says them: "8 s", "1 min 10 s", "2 h 5 min"; rounded to what can be known of an estimate. */
  duration(seconds: number): string {
    const whole = Math.max(1, Math.round(seconds));
    if (whole < 60) return l10n.t('{0} s', whole);
    const minutes = Math.floor(whole / 60);
    if (minutes < 60) {
      const rest = Math.round((whole % 60) / 5) * 5;
      if (rest === 60) return l10n.t('{0} min', minutes + 1);
      return rest === 0 || minutes >= 10 ? l10n.t('{0} min', minutes) : l10n.t('{0} min {1} s', minutes, rest);
    }
    const rest = minutes % 60;
    const hours = Math.floor(minutes / 60);
    return rest === 0 ? l10n.t('{0} h', hours) : l10n.t('{0} h {1} min', hours, rest);
  }
}
