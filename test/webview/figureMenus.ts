// The export menus of the inspector's page, for tests: found, used by keyboard, and what they sent to be saved.
import type { Locator } from 'playwright-core';
import { settle, type InspectorPage } from './page';

export interface SavedFigure {
  name: string;
  extension: string;
  content: string;
}

/** Choices of the menu, by how often Down is pressed. */
export const COPY = 0;
export const SVG = 1;
export const CSV = 2;

export const button = ({ page }: InspectorPage, home: string): Locator =>
  page.locator(`${home} > .figure-menu .menu-button`);

/** Opens the menu of the figure at `home` by keyboard and takes the item that is `downs` further down. */
export async function choose(inspector: InspectorPage, home: string, downs: number): Promise<void> {
  await button(inspector, home).focus();
  await inspector.page.keyboard.press('Enter');
  await settle(inspector.page);
  for (let k = 0; k < downs; k++) await inspector.page.keyboard.press('ArrowDown');
  await inspector.page.keyboard.press('Enter');
  await settle(inspector.page);
}

/** Figures sent to be saved, oldest first. */
export const saved = async ({ posted }: InspectorPage): Promise<SavedFigure[]> =>
  (await posted()).filter(({ kind }) => kind === 'saveFigure').map((one) => one as unknown as SavedFigure);
