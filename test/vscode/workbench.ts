// What a person does in the workbench: clicks, menus, the command palette, typing, the inspector's document.
import assert from 'node:assert/strict';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { eventually } from '../eventually';
import type { OpenPage } from './chromium';
import type { Server } from './serverProcess';

/** The four kinds of theme: the theme's name, the workbench's class and the class of a webview's body. */
export const THEMES = [
  { name: 'Dark Modern', workbench: 'vs-dark', webview: 'vscode-dark' },
  { name: 'Light Modern', workbench: 'vs', webview: 'vscode-light' },
  { name: 'Default High Contrast', workbench: 'hc-black', webview: 'vscode-high-contrast' },
  { name: 'Default High Contrast Light', workbench: 'hc-light', webview: 'vscode-high-contrast-light' },
] as const;

export class Workbench {
  readonly page: Page;

  constructor(
    readonly server: Server,
    private readonly opened: OpenPage,
  ) {
    this.page = opened.page;
  }

  get problems(): readonly string[] {
    return this.opened.problems;
  }
  get blocked(): readonly string[] {
    return this.opened.blocked;
  }
  close(): Promise<void> {
    return this.opened.close();
  }

  /** Resolves when the Explorer shows the workspace's files. */
  async ready(): Promise<this> {
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 30_000 });
    return this;
  }

  /** Reloads the window, as closing and reopening it does for extensions. */
  async reload(): Promise<void> {
    // A page that is reloaded loses what VS Code, every five seconds, has not yet written of its layout; a person is slower than that.
    await eventually('the editors that are open are kept', () => this.editorsAreKept());
    await this.page.reload();
    await this.ready();
  }

  /** Whether the layout that VS Code has written names the tabs on screen, or none where there is none. */
  private editorsAreKept(): Promise<boolean> {
    return this.page.evaluate(async () => {
      const labels = [...document.querySelectorAll('.tabs-container .tab .label-name')].map(
        (label) => label.textContent,
      );
      // A method, because tsx gives names to functions by a helper that the page does not have.
      const of = {
        answer<T>(request: IDBRequest<T>): Promise<T> {
          return new Promise((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error ?? new Error('no layout'));
          });
        },
      };
      let kept = '';
      for (const { name = '' } of await indexedDB.databases()) {
        // Windows have a database each, named after their folder; the names of the others end in letters.
        if (!/^vscode-web-state-db-(?!global)/.test(name)) continue;
        const database = await of.answer(indexedDB.open(name));
        const items = database.transaction('ItemTable').objectStore('ItemTable');
        kept += String(await of.answer(items.get('memento/workbench.parts.editor')));
        database.close();
      }
      return labels.length > 0 ? labels.every((label) => kept.includes(label)) : !kept.includes('"editors":[{');
    });
  }

  fileRow(name: string): Locator {
    const rows = this.page.locator('.explorer-folders-view .monaco-list-row');
    return rows.filter({ has: this.page.getByText(name, { exact: true }) }).first();
  }

  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: name }).first();
  }

  async openFile(name: string): Promise<void> {
    await this.fileRow(name).dblclick();
    await this.tab(name).waitFor();
    await this.editor().waitFor();
  }

  /** Right-clicks `target` and returns the labels of the menu that opens. */
  async contextMenu(target: Locator): Promise<string[]> {
    await target.click({ button: 'right' });
    const menu = this.page.locator('.context-view .monaco-menu');
    await menu.waitFor();
    const labels = await menu
      .locator('.action-label')
      .evaluateAll((all) => all.map((label) => label.getAttribute('aria-label') ?? label.textContent ?? ''));
    return labels.filter((label) => label !== '');
  }

  /** Chooses an entry of the context menu that is open. */
  async chooseInMenu(entry: string | RegExp): Promise<void> {
    const menu = this.page.locator('.context-view .monaco-menu');
    const item = menu.getByRole('menuitem', { name: entry });
    // VS Code ignores clicks on a menu in the first 100 ms after it opened.
    for (let attempt = 0; attempt < 5 && (await menu.isVisible()); attempt++) {
      await item.click({ delay: 20, timeout: 2000 }).catch(() => undefined);
      await menu.waitFor({ state: 'hidden', timeout: 1000 }).catch(() => undefined);
    }
    assert.ok(!(await menu.isVisible()), `the menu has no entry ${String(entry)}`);
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /**
   * Presses keys until a new quick input opens: one that is closing stays on the page for a moment, and while an editor
   * or a webview is taking the focus, keys go astray.
   */
  private async openQuickInput(...keys: string[]): Promise<Locator> {
    const input = this.quickInput.locator('input[type="text"]');
    await this.quickInput.waitFor({ state: 'hidden', timeout: 3000 }).catch(() => this.page.keyboard.press('Escape'));
    await this.quickInput.waitFor({ state: 'hidden' });
    for (let attempt = 0; attempt < 5 && !(await input.isVisible()); attempt++) {
      for (const key of keys) await this.page.keyboard.press(key);
      await input.waitFor({ timeout: 3000 }).catch(() => undefined);
    }
    assert.ok(await input.isVisible(), `${keys.join(', ')} opened no quick input`);
    return input;
  }

  /** Runs a command through the command palette, as listed there. */
  async command(title: string): Promise<void> {
    const input = await this.openQuickInput('F1');
    await input.fill(`>${title}`);
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first();
    await row.waitFor();
    await row.click();
  }

  /** Chooses a row of the quick pick that is open; waits until its title or placeholder matches `step` first. */
  async pick(row: string | RegExp, step?: string | RegExp): Promise<void> {
    if (step) await this.quickInput.filter({ hasText: step }).waitFor();
    const found = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: row }).first();
    await found.waitFor();
    await found.click();
  }

  /**
   * Runs a command and chooses a row of the quick pick it opens; both again, as a person would, where the pick closes
   * before it is clicked: a webview that gets the focus back from the palette may take it from the pick.
   */
  async choose(command: string, row: string | RegExp): Promise<void> {
    const found = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: row }).first();
    for (let attempt = 1; ; attempt++) {
      await this.command(command);
      const trouble = await found.click({ timeout: 5000 }).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (trouble === null) return;
      if (attempt === 3) throw trouble;
    }
  }

  editor(): Locator {
    return this.page.locator('.editor-group-container .monaco-editor .view-lines').first();
  }

  /** Puts the cursor into the editor at a line and a column, both counted from 1. */
  async goTo(line: number, column: number): Promise<void> {
    // The focus by key: a click would move the cursor, and scroll long lines sideways.
    const input = await this.openQuickInput('Control+1', 'Control+G');
    await input.fill(`:${line}:${column}`);
    await input.press('Enter');
    // On a busy machine a first Enter can come before the line typed was taken up: a person presses it again.
    const closed = await this.quickInput.waitFor({ state: 'hidden', timeout: 5000 }).then(
      () => true,
      () => false,
    );
    if (!closed) await input.press('Enter');
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  /** The cursor's place as the status bar says it: [line, column]. */
  async cursor(): Promise<[number, number]> {
    const text = await this.statusItem('status.editor.selection').innerText();
    const found = /(\d+)\D+(\d+)/.exec(text);
    assert.ok(found, `no line and column in "${text}"`);
    return [Number(found[1]), Number(found[2])];
  }

  statusItem(id: string): Locator {
    return this.page.locator(`.statusbar-item[id="${id}"]`);
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
  }

  /** The document of a webview: VS Code's outer frame, then the extension's. */
  webview(index = 0): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').nth(index).frameLocator('iframe#active-frame');
  }

  /** The same as a frame, which can evaluate; found through an element in it. */
  async webviewFrame(selector: string): Promise<Frame> {
    const handle = await this.webview().locator(selector).first().elementHandle();
    const frame = await handle?.ownerFrame();
    assert.ok(frame, 'the webview has a frame');
    return frame;
  }

  /** Changes the theme through the workspace's settings.json and waits until it shows. */
  async setTheme(theme: (typeof THEMES)[number]): Promise<void> {
    this.server.setSettings({ 'workbench.colorTheme': theme.name });
    await this.page.locator(`.monaco-workbench.${theme.workbench}`).waitFor({ timeout: 15_000 });
  }
}
