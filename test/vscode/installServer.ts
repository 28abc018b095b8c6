// Installs a real VS Code (server and web workbench) from the npm registry alone: the npm package `code-server`, of which
// only VS Code's own output and two built-in extensions are kept. No compiler, no native build, no download server.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { installOnce, npm, packTarball, run, say } from './npmPackages';
import { cache, root } from './paths';
import { writeServerStubs } from './serverStubs';

/** VS Code 1.139.1. */
const CODE_SERVER = {
  version: '4.139.1',
  integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
};
const BUILTIN_EXTENSIONS = ['theme-defaults', 'theme-seti'];
/** Raised to force a reinstall after a change to this file. */
const RECIPE = 2;

function patch(file: string, from: string, to: string): void {
  const text = fs.readFileSync(file, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${file}: expected exactly one ${from}`);
  fs.writeFileSync(
    file,
    text.replace(from, () => to),
  );
}

function checkIntegrity(tarball: string): void {
  const found = `sha512-${createHash('sha512').update(fs.readFileSync(tarball)).digest('base64')}`;
  if (found !== CODE_SERVER.integrity) throw new Error(`integrity of ${tarball}: ${found}`);
}

function dropNetworkServices(file: string): void {
  const product = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>;
  for (const key of ['voiceWsUrl', 'webviewContentExternalBaseUrlTemplate', 'aiConfig']) delete product[key];
  product.enableTelemetry = false;
  fs.writeFileSync(file, JSON.stringify(product, null, 2));
}

function patchWorkbench(folder: string): void {
  // The web workbench carries a fixed list of built-in extensions: keep those that are installed here.
  patch(
    path.join(folder, 'out/vs/code/browser/workbench/workbench.js'),
    'this.builtinExtensionsPromises=c.map(',
    `this.builtinExtensionsPromises=c.filter(x=>${JSON.stringify(BUILTIN_EXTENSIONS)}.includes(x.extensionPath)).map(`,
  );
  // code-server's progressive web app worker lives outside VS Code's output.
  patch(
    path.join(folder, 'out/server-main.js'),
    'serviceWorker:{scope:s+"/",path:i+"/_static/out/browser/serviceWorker.js"},',
    '',
  );
}

/** Installs VS Code's server into the cache unless it is there, and returns its folder. */
export function ensureServer(): string {
  const folder = path.join(cache, `vscode-server-npm-${CODE_SERVER.version}-r${RECIPE}`);
  return installOnce(folder, (temporary) => {
    const begin = Date.now();
    say(
      `installing VS Code (npm package code-server ${CODE_SERVER.version}) into ${path.relative(process.cwd(), folder)}`,
    );
    const tarball = packTarball(`code-server@${CODE_SERVER.version}`, temporary);
    checkIntegrity(tarball);
    const inside = 'package/lib/vscode';
    const kept = ['out', 'product.json', ...BUILTIN_EXTENSIONS.map((name) => `extensions/${name}`)];
    const members = kept.map((name) => `${inside}/${name}`);
    run('tar', ['xzf', path.basename(tarball), '--strip-components=3', ...members], temporary);
    fs.rmSync(tarball);

    for (const name of ['package.json', 'package-lock.json'])
      fs.copyFileSync(path.join(root, 'test/vscode/server-deps', name), path.join(temporary, name));
    npm(['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], temporary);
    writeServerStubs(path.join(temporary, 'node_modules'));
    patchWorkbench(temporary);
    dropNetworkServices(path.join(temporary, 'product.json'));
    say(`VS Code installed in ${((Date.now() - begin) / 1000).toFixed(1)} s`);
  });
}
