// What is trained on, and how: an LSTM 128 over slices of 64 timesteps and 32 lanes, as in the benchmark of the engine.
import fs from 'node:fs';
import { lighthouseLog } from '../../sample/lighthouseLog';
import { DEFAULT_CONFIG, type RunConfig } from '../../../src/protocol/runConfig';

/** About the size of tinyshakespeare. */
const CHARACTERS = 1_115_000;
const SEED = 1;

/** The run measured: long enough to train through the whole measurement, and slow enough in learning not to end early. */
export const CONFIG: RunConfig = {
  ...DEFAULT_CONFIG,
  ...{ cell: 'lstm', hiddenUnits: 128, sequenceLength: 64, batchSize: 32, epochs: 60, learningRate: 2e-4 },
};

/** The same as settings of the editor. */
export const SETTINGS = {
  ...Object.fromEntries(
    (['cell', 'hiddenUnits', 'sequenceLength', 'batchSize', 'epochs', 'learningRate'] as const).map((name) => [
      `gatescope.training.${name}`,
      CONFIG[name],
    ]),
  ),
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  // A list of words that pops up takes the keys after it.
  'editor.quickSuggestions': { other: 'off' },
};

export interface TrainedText {
  name: string;
  text: string;
}

/** The text of a file; without one a generated text. */
export function trainedText(file: string | null): TrainedText {
  if (file !== null) return { name: file.split(/[\\/]/).pop() ?? file, text: fs.readFileSync(file, 'utf8') };
  return { name: 'generated', text: lighthouseLog(SEED, CHARACTERS) };
}
