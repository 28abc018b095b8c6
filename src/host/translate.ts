// How pure parts of the host ask for a sentence in the reader's language without importing vscode.

/** `vscode.l10n.t` or, in tests, a stand-in: the English text is the key, {0}, {1} … are filled from the arguments. */
export type Translate = (message: string, ...args: (string | number)[]) => string;
