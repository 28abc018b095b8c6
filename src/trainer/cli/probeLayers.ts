// `gatescope probe RUN_FOLDER` of a language model: what linear probes read from every layer.
import path from 'node:path';
import type { ProbeAnswer, ProbeScore } from '../../protocol/probes';
import { counted } from '../../text/counted';
import { RunFolder } from '../runFolder';
import { RunSession } from '../runSession';
import { EXIT, UsageError, type CommandContext } from './subcommand';
import { MEMORY_MEGABYTES } from './trainCommand';

export async function probeLayers(
  runFolder: string,
  json: boolean,
  { terminal, engine }: CommandContext,
): Promise<number> {
  const folder = path.resolve(runFolder);
  const { config } = new RunFolder(folder).readRecord();
  if (config.task !== 'language') throw new UsageError('probe: --token: which token?');
  const { modules, threads } = engine();
  const session = new RunSession({
    emit: () => undefined,
    ...{ kernelsWasm: modules, threadPlatform: threads, memoryMegabytes: MEMORY_MEGABYTES },
  });
  await session.open({ runFolder: folder, text: null });
  try {
    const answered = await session.ask({ question: { about: 'probes' }, view: null });
    if (answered === null || !('judged' in answered.value)) return EXIT.failed;
    const { value, step } = answered;
    terminal.print(
      json ? `${JSON.stringify({ step, ...value }, null, 2)}\n` : `${probeTable(value, step).join('\n')}\n`,
    );
    return EXIT.done;
  } finally {
    await session.close();
  }
}

function probeTable({ properties, vectors, fitted, judged }: ProbeAnswer, step: number): string[] {
  const percent = ({ accuracy }: Pick<ProbeScore, 'accuracy'>) => (100 * accuracy).toFixed(1);
  const rows = [
    ['', ...properties.map(({ name }) => name)],
    ['always the most frequent', ...properties.map(({ majority }) => percent({ accuracy: majority }))],
    ...vectors.map(({ what, layer, scores }) => [
      what === 'embedding' ? 'embedding' : `layer ${layer + 1}`,
      ...scores.map(({ now, untrained }) => `${percent(now)}${untrained ? ` (${percent(untrained)})` : ''}`),
    ]),
  ];
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
  return [
    `step ${step}: per cent right of ${counted(judged, 'token')} held out, by linear probes fitted to ${counted(fitted, 'token')} trained on (before training)`,
    ...rows.map((row) =>
      row.map((text, k) => (k === 0 ? text.padEnd(widths[k]) : text.padStart(widths[k]))).join('  '),
    ),
  ];
}
