// The benchmark's words: what peers say, who is missing, the tables, the command line.
import assert from 'node:assert/strict';
import { check } from 'prettier';
import { parseAnswer } from '../../bench/answers';
import { contestantsOn, type Contestant } from '../../bench/contestants';
import { parseOptions } from '../../bench/options';
import { attendance, figuresTable, markdownTable, textOf, type Report } from '../../bench/report';
import { withBenchmark } from '../../bench/readme';
import { figuresOf, ratiosOf } from '../../bench/results';
import { holdContest } from '../../bench/rounds';
import { WORKLOADS } from '../../bench/workloads';

const [lstm] = WORKLOADS;
const settings = { rounds: 2, seconds: 60, burstSeconds: 0, progress: () => undefined };

/** A contestant that is a few lines of JavaScript. */
function script(id: string, threads: number, role: Contestant['role'], source: string): Contestant {
  const args = ['--eval', source];
  return { id, name: id, threads, role, compiles: false, command: process.execPath, args, takes: () => true };
}

/** Says that it is there and answers every request with `answer`. */
const answering = (answer: string): string => `
  console.log(JSON.stringify({ ready: { name: 'Stand-in', version: '1' } }));
  console.log('chatter of a library');
  require('node:readline').createInterface({ input: process.stdin }).on('line', () => console.log('${answer}'));`;

const tenMilliseconds = answering('{"milliseconds":[10,10],"cores":1}');

async function reportOf(contestants: Contestant[]): Promise<Report> {
  const contest = await holdContest([lstm], contestants, settings);
  const figures = figuresOf(contest);
  const machine = { processor: 'Abacus', cores: 2, memoryGigabytes: 1, system: 'desk' };
  return {
    ...{ machine, ...attendance(contest), rounds: contest.rounds, shape: 'B = 1' },
    ...{ figures, ratios: ratiosOf(figures), peak: null, aims: [], quiet: 1 },
  };
}

describe("a contestant's line", () => {
  it('is an answer when it is one, nothing when a library chatters', () => {
    const burst = { milliseconds: [1, 2.5], cores: 1.9 };
    assert.deepEqual(parseAnswer(JSON.stringify(burst)), burst);
    assert.deepEqual(parseAnswer('{"unsupported":"no GRU"}'), { unsupported: 'no GRU' });
    assert.equal(parseAnswer('I0000 oneDNN custom operations are on.'), null);
    assert.equal(parseAnswer('{broken'), null);
  });

  it('is refused when it looks like an answer and is none', () => {
    assert.throws(() => parseAnswer('{"milliseconds":[],"cores":1}'), /not an answer/);
    assert.throws(() => parseAnswer('{"seconds":1}'), /not an answer/);
  });
});

describe('a contest', () => {
  it('asks everybody once a round', async () => {
    const { figures, contestants } = await reportOf([
      script('ours', 1, 'ours', answering('{"milliseconds":[5],"cores":1}')),
      script('peer', 1, 'peer', tenMilliseconds),
    ]);
    assert.deepEqual(
      figures.map(({ contestant, milliseconds, steps }) => ({ contestant, milliseconds, steps })),
      [
        { contestant: 'ours', milliseconds: 5, steps: 2 },
        { contestant: 'peer', milliseconds: 10, steps: 4 },
      ],
    );
    assert.equal(contestants[1].version, 'Stand-in 1');
  });

  it('holds two rounds at least, and no more when its time is over', async () => {
    const contestants = [script('ours', 1, 'ours', tenMilliseconds)];
    const { rounds } = await holdContest([lstm], contestants, { ...settings, rounds: 9, seconds: 0 });
    assert.equal(rounds, 2);
  });

  it('names who is missing and why, and goes on without them', async () => {
    const report = await reportOf([
      script('ours', 1, 'ours', tenMilliseconds),
      script('JAX', 1, 'peer', `console.log(JSON.stringify({ missing: "No module named 'jax'" }))`),
      script('Keras', 2, 'peer', `console.error('no such library'); process.exit(1)`),
      { ...script('PyTorch', 1, 'peer', ''), command: '/nowhere/python' },
    ]);
    const text = textOf(report);
    assert.match(text, /Missing: JAX, 1 thread: No module named 'jax'/);
    assert.match(text, /Missing: Keras, 2 threads: no such library/);
    assert.match(text, /Missing: PyTorch, 1 thread: spawn \/nowhere\/python ENOENT/);
    assert.match(text, /10\.0 \(100\/s\)/);
    assert.equal(report.figures.length, 1);
  });

  it('says what a contestant cannot do, and which was left out', async () => {
    const leftOut = { ...script('layers', 1, 'peer', tenMilliseconds), takes: () => 'it takes an hour' };
    const text = textOf(
      await reportOf([script('ours', 1, 'ours', answering('{"unsupported":"not built: it"}')), leftOut]),
    );
    assert.match(text, /not built/);
    assert.match(text, /Not measured: LSTM 128, ours, 1 thread: not built: it/);
    assert.match(text, /Not measured: LSTM 128, layers, 1 thread: it takes an hour/);
  });

  it('keeps what was measured of one that ends halfway', async () => {
    const twice = `let asked = 0; process.stdin.on('data', () => { if (++asked === 2) process.exit(3); }); ${tenMilliseconds}`;
    const report = await reportOf([script('ours', 1, 'ours', twice)]);
    assert.equal(report.figures[0].steps, 2);
    assert.deepEqual(report.missing, [{ name: 'ours', threads: 1, reason: 'it ended without a word' }]);
    assert.match(textOf(report), /Measured in part: LSTM 128, ours, 1 thread: it ended while it was measured/);
  });
});

describe('the tables', () => {
  it('are markdown, the first column to the left and numbers to the right', () => {
    const table = markdownTable(['', 'ms'], [['LSTM', '10.3']]);
    assert.equal(table, '|      |   ms |\n| ---- | ---: |\n| LSTM | 10.3 |');
  });

  it('have a row per number of threads and name the fastest peer', async () => {
    const { figures, ratios } = await reportOf([
      script('ours', 1, 'ours', answering('{"milliseconds":[5],"cores":1}')),
      script('ours', 2, 'ours', answering('{"milliseconds":[4],"cores":1}')),
      script('peer', 1, 'peer', tenMilliseconds),
    ]);
    const [, , one, two] = figuresTable(figures, ratios, false)
      .split('\n')
      .map((line) => line.replace(/ +/g, ' '));
    assert.equal(one, '| LSTM 128, 1 thread | 5.00 | 10.0 | 2.00 × peer | 2.00 |');
    assert.equal(two, '| LSTM 128, 2 threads | 4.00 | | | |');
  });
});

describe("the README's part", () => {
  const readme = `# Title\n\n<!-- bench: written by npm run bench -- --readme -->\n\nold\n\n<!-- bench: end -->\n\nMore.\n`;

  it('takes the figures between its marks, formatted as the rest is', async () => {
    const report = await reportOf([
      script('ours', 1, 'ours', tenMilliseconds),
      script('peer', 1, 'peer', tenMilliseconds),
    ]);
    const [first] = report.figures;
    const inspected = { ...first, workload: 'allPairs', title: 'all pairs ‖∂J(i)/∂h(j)‖', task: 'allPairs' as const };
    const peak = { gigaflops: 134, products: [], share: 0.875 };
    const text = withBenchmark(readme, { ...report, figures: [...report.figures, inspected], peak });
    assert.match(text, /Abacus, 2 cores/);
    assert.match(text, /LSTM 128, 1 thread +\| +10\.0 \| +10\.0/);
    assert.match(text, /134 GFLOP\/s; the matrix products reach 88 % of it/);
    assert.ok(text.startsWith('# Title') && text.endsWith('More.\n') && !text.includes('old'));
    assert.ok(await check(text, { parser: 'markdown', printWidth: 120 }), text);
  });

  it('says when the machine was not quiet', async () => {
    const report = await reportOf([script('ours', 1, 'ours', tenMilliseconds)]);
    assert.match(withBenchmark(readme, { ...report, quiet: 0.5 }), /was not quiet: .* 50 % of a core/);
  });

  it('is not written where there are no marks', async () => {
    const report = await reportOf([script('ours', 1, 'ours', tenMilliseconds)]);
    assert.throws(() => withBenchmark('# Title', report), /no part between/);
  });
});

describe('who takes part', () => {
  const stage = { node: 'node', ownBundle: 'engine.js', allThreads: 2, slow: false };

  it('is every peer on one thread and on all, tfjs on one', () => {
    const ids = contestantsOn({ ...stage, python: 'python3' }).map(({ id, threads }) => `${id} ${threads}`);
    for (const id of ['ours', 'pytorch', 'jax', 'keras']) assert.ok(ids.includes(`${id} 1`) && ids.includes(`${id} 2`));
    assert.ok(ids.includes('tfjs-layers 1') && ids.includes('tfjs-wasm 1'));
    assert.ok(!ids.some((id) => /^tfjs.* 2$/.test(id)));
  });

  it('is only the engine and tfjs without a Python', () => {
    const ids = contestantsOn({ ...stage, python: null }).map(({ id }) => id);
    assert.deepEqual([...new Set(ids)], ['ours', 'tfjs-wasm', 'tfjs-layers']);
  });
});

describe('the command line', () => {
  const parse = (...argv: string[]) => parseOptions(argv, ['lstm128', 'gru128']);

  it('takes workloads by name and refuses others', () => {
    assert.deepEqual(parse('--only', 'lstm128, gru128').only, ['lstm128', 'gru128']);
    assert.throws(() => parse('--only', 'lstm64'), /no workload lstm64; there are lstm128, gru128/);
  });

  it('takes a number of rounds, fewer when it is to be quick', () => {
    assert.ok(parse('--quick').rounds < parse().rounds);
    assert.equal(parse('--rounds', '9').rounds, 9);
    assert.throws(() => parse('--rounds', '0'), /--rounds/);
  });
});
