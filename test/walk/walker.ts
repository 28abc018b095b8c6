// What the newcomer does besides what every end-to-end test does: unfold a section, wait until it has its answer, take its picture.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { Inspector } from '../e2e/inspector';
import { makeRoom, screenshot, startSession, type Session } from '../e2e/session';
import { eventually } from '../eventually';
import { root } from '../vscode/paths';
import { writeSmallerPicture } from '../vscode/smallerPicture';
import type { Workbench } from '../vscode/workbench';

/** Pictures and their words lie here; they are not packaged. */
const FOLDER = path.join(root, 'media/walk');
const MARGIN = 6;
const WINDOW = { width: 1900, height: 1700 };

export class Walker {
  readonly inspector: Inspector;
  readonly workbench: Workbench;

  private constructor(private readonly session: Session) {
    this.workbench = session.workbench;
    this.inspector = new Inspector(session.workbench);
  }

  /** A VS Code with one text, open in the editor. */
  static async begin(name: string, text: string, settings: Record<string, unknown>): Promise<Walker> {
    const session = await startSession({
      files: { [name]: text },
      settings: { 'editor.minimap.enabled': false, 'editor.wordWrap': 'on', ...settings },
      viewport: WINDOW,
    });
    const walker = new Walker(session);
    await walker.workbench.openFile(name);
    return walker;
  }

  /** Saves what the window showed when a walk ended before its time. */
  failed(): Promise<void> {
    return screenshot(this.workbench, 'failed-walk');
  }

  end(): Promise<void> {
    return this.session.end();
  }

  /** Trains on the open text with the settings of the session until the run has ended. */
  async train(milliseconds: number): Promise<void> {
    await this.workbench.command('Gatescope: Train on This File');
    await this.inspector.picture();
    await makeRoom(this.workbench);
    await this.inspector.phase('finished', milliseconds);
  }

  /** Puts the cursor behind the last letter of `before`, at its first occurrence after `from`. */
  async cursorBehind(text: string, before: string, from = 0): Promise<void> {
    const at = text.indexOf(before, from);
    assert.ok(at >= 0, `the text holds "${before}"`);
    const lines = text.slice(0, at + before.length).split('\n');
    await this.workbench.goTo(lines.length, lines[lines.length - 1].length + 1);
    await this.inspector.picture();
  }

  /** Trains other cells with as many parameters and three seeds each, beside the run that is shown. */
  async compare(milliseconds: number): Promise<Locator> {
    await this.workbench.command('Gatescope: Compare Cells…');
    // Enter accepts the other cells, which are ticked.
    const { quickInput, page } = this.workbench;
    await quickInput
      .getByText('Enter accepts what is ticked')
      .or(quickInput.locator('input[type="text"]'))
      .first()
      .waitFor();
    await page.waitForTimeout(500);
    await quickInput.locator('input[type="text"]').press('Enter');
    await this.workbench.pick('Equal parameters · three seeds', 'Compare on equal terms');
    await this.workbench.pick('All of the text', 'Compare on how much of the text');
    const section = this.inspector.document.locator('section.compare');
    const going = section.locator('.compare-going');
    // What is out of sight is not brought up to date.
    await section.waitFor({ timeout: 60_000 });
    await section.scrollIntoViewIfNeeded();
    await eventually('trainings begin', async () => (await going.innerText()) !== '', 60_000);
    await eventually('trainings end', async () => /: (\d+) of \1$/.test(await going.innerText()), milliseconds);
    await this.answered(section, 120_000);
    return section;
  }

  section(title: string): Locator {
    return this.inspector.document.locator('details').filter({
      has: this.inspector.document.getByRole('heading', { name: title, exact: true }),
    });
  }

  /** Unfolds a section and waits for what it asks the trainer. */
  async unfold(title: string): Promise<Locator> {
    const section = this.section(title).first();
    if ((await section.getAttribute('open')) === null) {
      await section.locator('summary').first().focus();
      await this.workbench.page.keyboard.press('Enter');
    }
    await this.answered(section);
    return section;
  }

  /** Waits until nothing in `place` is being computed any more: for a second, since questions are asked when the page is idle. */
  async answered(place: Locator, milliseconds = 60_000): Promise<void> {
    let since = Date.now();
    const quiet = async (): Promise<boolean> => {
      if (/computing|stale|measuring/i.test(await place.innerText())) since = Date.now();
      return Date.now() - since > 1000;
    };
    await eventually('answers', quiet, milliseconds);
  }

  /** Saves the part of the window in which all of `places` stand. */
  async picture(name: string, ...places: Locator[]): Promise<void> {
    await places[0].scrollIntoViewIfNeeded();
    await this.workbench.page.waitForTimeout(400);
    const boxes = await Promise.all(places.map((place) => place.boundingBox()));
    const seen = boxes.filter((box) => box !== null);
    assert.equal(seen.length, places.length, `everything of ${name} is on screen`);
    const left = Math.min(...seen.map((box) => box.x));
    const top = Math.max(0, Math.min(...seen.map((box) => box.y)) - MARGIN);
    const right = Math.max(...seen.map((box) => box.x + box.width)) + MARGIN;
    const bottom = Math.min(WINDOW.height, Math.max(...seen.map((box) => box.y + box.height)) + MARGIN);
    fs.mkdirSync(FOLDER, { recursive: true });
    const clip = { x: left, y: top, width: right - left, height: bottom - top };
    await writeSmallerPicture(await this.workbench.page.screenshot({ clip }), path.join(FOLDER, `${name}.png`));
  }
}
