// Replaces a file as a whole: readers find the old content or the new, never a part of it.
import { renameSync, writeFileSync } from 'node:fs';

/** Times a rename is tried: on Windows it fails while another process has the target open. */
const RENAME_ATTEMPTS = 5;

/** Writes beside the file, then renames. @throws the file system's error */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const beside = `${path}.new`;
  writeFileSync(beside, content);
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(beside, path);
      return;
    } catch (error) {
      if (attempt === RENAME_ATTEMPTS) throw error;
    }
  }
}
