// Where things are: the project, its caches and its build products.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Downloads and profiles of the VS Codes used here; ignored by git. */
export const cache = process.env.VSCODE_HOST_CACHE ?? path.join(root, '.vscode-test');

/** Screenshots and reports of a test run; ignored by git. */
export const results = path.join(root, 'test-results');

/** The packaged extension. */
export const vsixFile = path.join(root, 'dist-vsix', 'gatescope.vsix');

/** The extension's identifier, publisher.name. */
export const extensionId = 'gatescope.gatescope';

/** A path with forward slashes, as in URIs. */
export function slashed(file: string): string {
  const forward = file.split(path.sep).join('/');
  return forward.startsWith('/') ? forward : `/${forward}`;
}
