// The manifest says the same as the code: limits, defaults, commands, context keys, and every string in two languages.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { DEFAULT_CONFIG, LIMITS, runConfigSchema } from '../../../src/protocol/runConfig';
import { MAX_THREADS } from '../../../src/protocol/trainerMessages';
import { COMMANDS, CONTEXT_KEYS, INSPECTOR_VIEW_TYPE } from '../../../src/host/identifiers';

interface Setting {
  type: string;
  default: unknown;
  minimum?: number;
  maximum?: number;
  enum?: string[];
  scope?: string;
  markdownDescription?: string;
}
interface Manifest {
  activationEvents: string[];
  browser?: string;
  l10n: string;
  keywords: string[];
  dependencies?: unknown;
  capabilities: { untrustedWorkspaces: { supported: boolean }; virtualWorkspaces: boolean };
  contributes: {
    commands: { command: string; title: string; enablement?: string }[];
    menus: Record<string, { command: string; when: string }[]>;
    configuration: { properties: Record<string, Setting> }[];
    walkthroughs: { steps: { id: string; media: { svg: string } }[] }[];
  };
}

const read = <T>(file: string): T => JSON.parse(fs.readFileSync(file, 'utf8')) as T;
const manifest = read<Manifest>('package.json');
const settings = Object.assign({}, ...manifest.contributes.configuration.map((block) => block.properties)) as Record<
  string,
  Setting
>;

describe('the manifest', () => {
  it('has a setting with the same default for every choice of a run', () => {
    for (const [key, value] of Object.entries(DEFAULT_CONFIG))
      assert.equal(settings[`gatescope.training.${key}`]?.default, value, key);
    const known = Object.keys(settings).filter((name) => name.startsWith('gatescope.training.'));
    assert.equal(known.length, Object.keys(DEFAULT_CONFIG).length);
  });

  it('limits every number of a run as the protocol does', () => {
    for (const [key, [low, high]] of Object.entries(LIMITS)) {
      const setting = settings[`gatescope.training.${key}`];
      assert.deepEqual([setting.minimum, setting.maximum], [low, high], key);
    }
  });

  it('takes as many threads as the trainer does, none asked for standing for automatic', () => {
    const { minimum, maximum, default: automatic } = settings['gatescope.trainer.threads'];
    assert.deepEqual([minimum, maximum, automatic], [0, MAX_THREADS, 0]);
  });

  it('offers exactly the choices that the protocol takes', () => {
    for (const [key, optional] of Object.entries(runConfigSchema.entries)) {
      const entry = 'wrapped' in optional ? optional.wrapped : optional;
      if (!('options' in entry)) continue;
      assert.deepEqual([...(settings[`gatescope.training.${key}`].enum ?? [])].sort(), [...entry.options].sort(), key);
    }
  });

  it('gives every setting a type, a default, a scope and a description', () => {
    for (const [name, setting] of Object.entries(settings))
      for (const part of ['type', 'default', 'scope', 'markdownDescription'] as const)
        assert.ok(setting[part] !== undefined, `${name}: ${part}`);
  });

  it('names the commands, context keys and view type of the code', () => {
    const names = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(names.sort(), Object.values(COMMANDS).sort());
    const known = new Set<string>(Object.values(CONTEXT_KEYS));
    const used = manifest.contributes.commands.flatMap(({ enablement }) => enablement?.match(/gatescope\.\w+/g) ?? []);
    for (const key of used) assert.ok(known.has(key), key);
    assert.deepEqual(manifest.activationEvents, [`onWebviewPanel:${INSPECTOR_VIEW_TYPE}`]);
  });

  it('has one entry in each context menu, and in the explorer’s a second one for files with trees', () => {
    for (const menu of ['explorer/context', 'editor/title/context', 'editor/context']) {
      const [first, ...more] = manifest.contributes.menus[menu];
      assert.equal(first.command, 'gatescope.trainRecurrentModel');
      assert.deepEqual(
        more.map(({ command, when }) => [command, when]),
        menu === 'explorer/context' ? [['gatescope.importTrees', 'resourceExtname == .conllu']] : [],
      );
    }
  });

  it('has that entry for folders, which may hold a folder per label, and keeps it away from files that are no text', () => {
    const { when } = manifest.contributes.menus['explorer/context'][0];
    assert.ok(!when.includes('explorerResourceIsFolder'));
    const pattern = /=~ \/(.+)\/i/.exec(when)?.[1];
    assert.ok(pattern);
    const binary = new RegExp(pattern, 'i');
    for (const extension of ['.png', '.PDF', '.zip', '.wasm']) assert.match(extension, binary);
    for (const extension of ['.txt', '.md', '.ts', '.json', '', '.log']) assert.doesNotMatch(extension, binary);
  });

  it('works without trust and without a disk, and declares no web entry yet', () => {
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, true);
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
    assert.equal(manifest.browser, undefined);
    assert.equal(manifest.dependencies, undefined);
    assert.ok(manifest.keywords.length <= 5);
  });

  it('has every string in English and in Korean, and no string too many', () => {
    const keys = new Set([...JSON.stringify(manifest).matchAll(/"%([\w.-]+)%"/g)].map((match) => match[1]));
    for (const file of ['package.nls.json', 'package.nls.ko.json'])
      assert.deepEqual(Object.keys(read<Record<string, string>>(file)).sort(), [...keys].sort(), file);
    const korean = read<Record<string, string>>('package.nls.ko.json');
    for (const [key, text] of Object.entries(korean))
      if (!/^\w+$|^(tanh|max)/.test(text)) assert.match(text, /\p{Script=Hangul}/u, key);
  });
});
