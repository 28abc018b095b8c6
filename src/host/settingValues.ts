// Reads the run configuration out of settings that a person may have written by hand: what does not fit falls back, said so.
import * as v from 'valibot';
import { DEFAULT_CONFIG, LIMITS, runConfigSchema, type RunConfig } from '../protocol/runConfig';
import type { Translate } from './translate';

export interface SettingProblem {
  /** Full name of the setting. */
  setting: string;
  value: unknown;
  message: string;
}

/** Why a value of one field does not fit, with the limits; null when it fits. */
export function valueProblem(key: keyof RunConfig, value: unknown, t: Translate): string | null {
  const field = v.safeParse(runConfigSchema.entries[key], value);
  if (field.success) return null;
  if (key in LIMITS) {
    const [low, high] = LIMITS[key as keyof typeof LIMITS];
    return isWholeNumber(key)
      ? t('Enter a whole number from {0} to {1}.', low, high)
      : t('Enter a number from {0} to {1}.', low, high);
  }
  return t('“{0}” is not one of the choices.', String(value));
}

/** Fields that take whole numbers only. */
export function isWholeNumber(key: keyof RunConfig): boolean {
  return (
    !v.safeParse(runConfigSchema.entries[key], 1.5).success && v.safeParse(runConfigSchema.entries[key], 2).success
  );
}

/** A typed number as a person may write it: "0.002", "2e-3", "0,002"; NaN when it is none. */
export function parseNumber(text: string): number {
  const trimmed = text.trim().replace(/^([-+]?\d+),(\d+)$/, '$1.$2');
  return trimmed === '' ? Number.NaN : Number(trimmed);
}

/** The configuration in `gatescope.training.*`; every unfit value is replaced by its default and reported. */
export function readRunConfig(
  get: (setting: string) => unknown,
  t: Translate,
): { config: RunConfig; problems: SettingProblem[] } {
  const problems: SettingProblem[] = [];
  const values: Record<string, unknown> = { ...DEFAULT_CONFIG };
  for (const key of Object.keys(DEFAULT_CONFIG) as (keyof RunConfig)[]) {
    const value = get(`training.${key}`);
    if (value === undefined) continue;
    const message = valueProblem(key, value, t);
    if (message === null) values[key] = value;
    else problems.push({ setting: `gatescope.training.${key}`, value, message });
  }
  return { config: v.parse(runConfigSchema, values), problems };
}

/** A number setting kept within its limits; the fallback when it is none. */
export function clampedNumber(value: unknown, low: number, high: number, fallback: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return fallback;
  return Math.min(high, Math.max(low, value));
}
