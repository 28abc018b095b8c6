// Node executables of given versions, from the npm registry, for what the Node at hand is too old for or shall be compared with.
import fs from 'node:fs';
import path from 'node:path';
import { installOnce, packTarball, run, say } from './npmPackages';
import { cache } from './paths';

/** The executable of that Node (about 50 MB, fetched once). Throws with npm's output when it cannot be had. */
export function npmNode(version: string, why: string): string {
  const windows = process.platform === 'win32';
  const folder = installOnce(path.join(cache, `node-${version}`), (temporary) => {
    say(`${why}: fetching Node ${version} from npm`);
    const platform = windows ? 'win' : process.platform;
    const tarball = packTarball(`node-${platform}-${process.arch}@${version}`, temporary);
    run('tar', ['xzf', path.basename(tarball), '--strip-components=1', 'package/bin'], temporary);
    fs.rmSync(tarball);
  });
  return path.join(folder, 'bin', windows ? 'node.exe' : 'node');
}
