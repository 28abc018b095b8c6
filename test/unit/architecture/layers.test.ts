// The layers of CONTRIBUTING.md, held over every import in src and webview.
import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import { filesIn, importsOf } from './sourceFiles';

interface Layer {
  /** Files the layer is made of. */
  files: RegExp;
  /** Project files and packages it may import. */
  may: RegExp[];
  /** Whether it may use Node's built-in modules. */
  node: boolean;
}

const d3 = /^d3-/;
const valibot = /^valibot$/;
const protocol = /^src\/protocol\//;
const text = /^src\/text\//;
const engine = /^src\/engine\//;
const syntax = /^src\/syntax\//;
const labs = /^src\/labs\//;
const webview = /^webview\//;
const toolkit = /^@vscode\/webview-ui-toolkit/;

/** Ordered from the most special to the most general: the first that matches a file is its layer. */
const LAYERS: Record<string, Layer> = {
  'the entry of the extension': {
    files: /^src\/extension\.ts$/,
    may: [/^vscode$/, /^src\/host\//, /^src\/trainer\/(nodeLauncher|liveTrainer)$/, protocol],
    node: true,
  },
  protocol: { files: protocol, may: [protocol, valibot], node: false },
  text: { files: text, may: [text, /^chardet$/, /^papaparse$/, /^pure-rand/], node: false },
  engine: { files: engine, may: [engine, text, /^@tensorflow\/tfjs/, /^pure-rand/, /^ml-matrix$/], node: false },
  syntax: { files: syntax, may: [syntax, engine, text, /^@tensorflow\/tfjs/, /^pure-rand/], node: false },
  labs: { files: labs, may: [labs, syntax, engine, text, /^@tensorflow\/tfjs/, /^pure-rand/], node: false },
  // Typing's sake: the launcher knows the host's interface, the trainer proper does not.
  'the launcher of trainers': {
    files: /^src\/trainer\/nodeLauncher\.ts$/,
    may: [protocol, /^src\/host\/trainer\//, /^src\/host\/runs\//, /^src\/trainer\//],
    node: true,
  },
  trainer: {
    files: /^src\/trainer\//,
    may: [
      /^src\/trainer\//,
      labs,
      syntax,
      engine,
      text,
      protocol,
      /^@tensorflow\/tfjs/,
      /^pure-rand/,
      valibot,
      /^chardet$/,
    ],
    node: true,
  },
  host: { files: /^src\/host\//, may: [/^src\/host\//, protocol, /^vscode$/, valibot], node: false },
  'controls of the webview': {
    files: /^webview\/controls\//,
    may: [webview, protocol, toolkit, /^@vscode\/l10n$/],
    node: false,
  },
  webview: { files: webview, may: [webview, protocol, d3, /^@vscode\/l10n$/, valibot], node: false },
};

const sources = (): string[] => {
  const isSource = (file: string): boolean => file.endsWith('.ts') && !file.includes('/assembly/');
  return [...filesIn('src', isSource), ...filesIn('webview', isSource)];
};

const isBuiltin = (name: string): boolean => name.startsWith('node:') || builtinModules.includes(name);

describe('layers', () => {
  const files = sources();

  it('hold every source file', () => {
    assert.ok(files.length > 5, 'no sources found');
    const homeless = files.filter((file) => !Object.values(LAYERS).some((layer) => layer.files.test(file)));
    assert.deepEqual(homeless, []);
  });

  for (const [name, layer] of Object.entries(LAYERS)) {
    it(`let ${name} import only what lies below it`, () => {
      const own = files.filter((file) => Object.values(LAYERS).find((l) => l.files.test(file)) === layer);
      const wrong = own.flatMap((file) =>
        importsOf(file)
          .filter(({ to }) => (isBuiltin(to) ? !layer.node : !layer.may.some((allowed) => allowed.test(to))))
          .map(({ to }) => `${file} imports ${to}`),
      );
      assert.deepEqual(wrong, []);
    });
  }

  it('have no import cycle', () => {
    const graph = new Map(
      files.map((file) => [
        file.replace(/\.ts$/, ''),
        importsOf(file).flatMap(({ to, typeOnly }) => (typeOnly ? [] : [to])),
      ]),
    );
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, trail: string[]): void => {
      if (state.get(file) === 'open') cycles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
      if (state.has(file)) return;
      state.set(file, 'open');
      for (const next of graph.get(file) ?? []) if (graph.has(next)) visit(next, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of graph.keys()) visit(file, []);
    assert.deepEqual(cycles, []);
  });
});
