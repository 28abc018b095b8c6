// axe-core in the inspector's page. What depends on structure is checked once, what depends on colours in every theme.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { wear, type ThemeName } from './page';

const AXE = fs.readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

interface Axe {
  run(
    where: string | { include: string[][] } | Document,
    options: object,
  ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
}

/** What breaks a rule within the elements of some selectors, or on the page: the rule, then each element and why. */
export async function violations(
  page: Page,
  where: string[] = [],
  rules: 'every' | 'colours' = 'every',
): Promise<string[]> {
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(AXE);
  return page.evaluate(
    async ([selectors, only]) => {
      const { axe } = window as unknown as { axe: Axe };
      const runOnly = only === null ? {} : { runOnly: { type: 'rule', values: only } };
      const place = selectors.length > 0 ? { include: selectors.map((selector) => [selector]) } : document;
      const found = await axe.run(place, { resultTypes: ['violations'], ...runOnly });
      return found.violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary ?? ''}`).join(' | ')}`,
      );
    },
    [where, rules === 'every' ? null : COLOUR_RULES] as const,
  );
}

/** The same on a page that wears a theme: every rule in the dark one, those of colours in the others. */
export async function violationsIn(theme: ThemeName, page: Page, where: string[] = []): Promise<string[]> {
  await wear(page, theme);
  return violations(page, where, theme === 'dark' ? 'every' : 'colours');
}
