// The text of THIRD-PARTY-NOTICES.txt: every package that esbuild put into a bundle, with its licence.
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../vscode/paths';

interface Manifest {
  version: string;
  license: string;
  author?: string | { name: string };
}

const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8').replace(/\r\n/g, '\n');

/** Names of the packages whose files esbuild read into the bundles, from the metafiles of the last build. */
function bundledPackages(): string[] {
  const names = new Set<string>();
  for (const file of fs.readdirSync(path.join(root, 'dist/meta'))) {
    const { inputs } = JSON.parse(read(`dist/meta/${file}`)) as { inputs: Record<string, unknown> };
    for (const input of Object.keys(inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];
      if (name) names.add(name);
    }
  }
  return [...names].sort();
}

function holder(name: string, { author }: Manifest): string {
  if (name.startsWith('@tensorflow/')) return '2018 Google LLC';
  if (name.startsWith('@microsoft/')) return 'Microsoft Corporation';
  return (typeof author === 'string' ? author.replace(/ <.*/, '') : author?.name) ?? `the authors of ${name}`;
}

/** The package's own licence file; where it ships none, the text of the licence its manifest names. */
function licenceText(name: string, manifest: Manifest): string {
  const file = fs.readdirSync(path.join(root, 'node_modules', name)).find((entry) => /^licen[sc]e/i.test(entry));
  if (file) return read(`node_modules/${name}/${file}`).trim();
  const texts = manifest.license.split(' AND ').map((licence) => {
    if (licence === 'Apache-2.0') return read('node_modules/long/LICENSE').trim();
    if (licence === 'MIT') return read('LICENSE').split('\n').slice(4).join('\n').trim();
    throw new Error(`${name} ships no licence text and names ${licence}`);
  });
  return [`Copyright (c) ${holder(name, manifest)}`, ...texts].join('\n\n');
}

/** All notices; packages that share one licence text stand together. */
export function thirdPartyNotices(): string {
  const packagesOf = new Map<string, string[]>();
  for (const name of bundledPackages()) {
    const manifest = JSON.parse(read(`node_modules/${name}/package.json`)) as Manifest;
    const text = licenceText(name, manifest);
    packagesOf.set(text, [...(packagesOf.get(text) ?? []), `${name} ${manifest.version} (${manifest.license})`]);
  }
  const sections = [...packagesOf].map(([text, packages]) => `${packages.join('\n')}\n\n${text}`);
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  return `Gatescope bundles these packages.${rule}${sections.join(rule)}\n`;
}
