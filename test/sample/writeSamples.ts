// `npx tsx test/sample/writeSamples.ts`: writes the sample texts into media/sample.
import fs from 'node:fs';
import path from 'node:path';
import { sampleTexts } from './sampleTexts';

const folder = path.resolve(__dirname, '../../media/sample');
fs.mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(sampleTexts())) fs.writeFileSync(path.join(folder, name), text);
