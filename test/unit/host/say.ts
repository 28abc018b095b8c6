// Stands in for vscode.l10n.t in English: fills {0}, {1} … and leaves the rest as it is.
import type { Translate } from '../../../src/host/translate';

export const say: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (_, index) => String(args[Number(index)]));
