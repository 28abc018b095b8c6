// Compare Cells…: other cells on the text of the run shown, with as many parameters, and stored runs of the same text beside it.
import * as vscode from 'vscode';
import * as v from 'valibot';
import type { NetworkSize } from '../../protocol/questions';
import type { RunRecord } from '../../protocol/run';
import { CELLS, type RunConfig } from '../../protocol/runConfig';
import { isReplicate, MOST_OTHERS, plannedRuns, plannedShares, type Budget } from '../runs/comparisonPlan';
import { cellTitle } from '../runs/runLabel';
import { hasModel } from '../runs/runAbilities';
import type { Run } from '../runs/run';
import type { CommandContext } from './commandContext';
import { compareDirections } from './compareDirections';
import { runItem } from './openRun';
import { tellNoRun } from './retrain';

/** Per cent of the text that cells may also be compared on. */
const SHARES = [10, 30] as const;

/** What a caller who does not want to be asked may give. */
const requestSchema = v.object({
  cells: v.array(v.picklist(CELLS)),
  budget: v.picklist(['parameters', 'units']),
  seeds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
  /** Per cent of the text, besides all of it. */
  shares: v.optional(v.array(v.picklist(SHARES)), []),
  /** Ids of stored runs on the same text. */
  runs: v.optional(v.array(v.string()), []),
});

interface Others {
  cells: RunConfig['cell'][];
  records: RunRecord[];
}

interface Terms {
  budget: Budget;
  seeds: number;
  shares: readonly number[];
}

type Sizes = { wanted: number; matches: { equalUnits: NetworkSize; equalParameters: NetworkSize }[] };

export async function compareCells(context: CommandContext, request?: unknown): Promise<void> {
  const base = context.runs.current;
  if (!base) return tellNoRun();
  // Memory is measured by the next token's loss; of tasks it is what each direction adds that is compared.
  if (base.record.config.task !== 'language') return compareDirections(context, base);
  const told = v.safeParse(requestSchema, request);
  const others = told.success
    ? await toldOthers(context, base.record, told.output)
    : await chooseOthers(context, base.record);
  if (!others) return;
  const configs = others.cells.map((cell) => ({ ...base.record.config, cell }));
  const sizes = configs.length > 0 ? await sizesOf(base, configs) : null;
  const terms = told.success
    ? told.output
    : sizes
      ? await chooseTerms(others.cells, sizes)
      : { budget: null, seeds: 1, shares: [] };
  if (!terms) return;
  context.openInspector();
  const sized = configs.map((config, k) => {
    const match = sizes?.matches[k];
    const size = terms.budget === 'units' ? match?.equalUnits : match?.equalParameters;
    return { ...config, hiddenUnits: size?.hiddenUnits ?? config.hiddenUnits };
  });
  const { config } = base.record;
  const planned = configs.length > 0 ? plannedRuns(config, sized, terms.seeds) : [];
  const onParts = configs.length > 0 ? plannedShares(config, sized, terms.seeds, terms.shares) : [];
  context.comparisons.begin(base, others.records, terms.budget, planned, onParts);
}

async function toldOthers(
  { runs }: CommandContext,
  base: RunRecord,
  { cells, runs: ids }: v.InferOutput<typeof requestSchema>,
): Promise<Others> {
  const records = await runs.records();
  return { cells, records: records.filter((record) => ids.includes(record.id) && isComparable(record, base)) };
}

/** Rejects with notReady before the network is built: only then is the vocabulary known. */
async function sizesOf(base: Run, configs: RunConfig[]): Promise<Sizes | null> {
  const answered = await base.request('ask', { question: { about: 'matchingUnits', configs }, view: null });
  return answered && 'matches' in answered.value ? answered.value : null;
}

interface OtherItem extends vscode.QuickPickItem {
  cell?: RunConfig['cell'];
  record?: RunRecord;
}

async function chooseOthers({ runs }: CommandContext, base: RunRecord): Promise<Others | null> {
  const cells: OtherItem[] = CELLS.filter((cell) => cell !== base.config.cell).map((cell) => ({
    ...{ label: cellTitle(cell), cell, picked: true },
    description: vscode.l10n.t('trained on the same text, with the same seed and options'),
  }));
  const stored: OtherItem[] = (await runs.records())
    .filter((record) => isComparable(record, base))
    .map((record) => runItem(record, undefined));
  const heading: OtherItem = {
    label: vscode.l10n.t('Runs on the same text'),
    kind: vscode.QuickPickItemKind.Separator,
  };
  const items = [...cells, ...(stored.length > 0 ? [heading, ...stored] : [])];
  for (;;) {
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Compare {0} with', cellTitle(base.config.cell)),
      placeHolder: vscode.l10n.t('Up to {0} others; Enter accepts what is ticked', MOST_OTHERS),
      canPickMany: true,
      matchOnDetail: true,
      ignoreFocusOut: true,
    });
    if (!picked || picked.length === 0) return null;
    const chosen = {
      cells: picked.flatMap(({ cell }) => cell ?? []),
      records: picked.flatMap(({ record }) => record ?? []),
    };
    if (countModels(chosen, base) <= MOST_OTHERS) return chosen;
    const message = vscode.l10n.t('At most {0} others can be compared at a time.', MOST_OTHERS);
    void vscode.window.showWarningMessage(message);
  }
}

/** Replicates of one model count once, those of the run shown not at all. */
function countModels({ cells, records }: Others, base: RunRecord): number {
  const models: RunConfig[] = [base.config];
  for (const { config } of records) if (!models.some((other) => isReplicate(other, config))) models.push(config);
  return cells.length + models.length - 1;
}

/** Read the same tokens of the same text. */
function isComparable(record: RunRecord, base: RunRecord): boolean {
  return (
    record.id !== base.id &&
    hasModel(record) &&
    record.corpus?.hash === base.corpus?.hash &&
    record.config.unit === base.config.unit
  );
}

async function chooseTerms(cells: readonly RunConfig['cell'][], sizes: Sizes): Promise<Terms | null> {
  const terms: Omit<Terms, 'shares'>[] = [
    { budget: 'parameters', seeds: 1 },
    { budget: 'parameters', seeds: 3 },
    { budget: 'units', seeds: 1 },
    { budget: 'units', seeds: 3 },
  ];
  const items = terms.map(({ budget, seeds }) => {
    const one = seeds === 1;
    const trainings = one ? cells.length : seeds * (cells.length + 1) - 1;
    const label = budget === 'parameters' ? vscode.l10n.t('Equal parameters') : vscode.l10n.t('Equal hidden units');
    return {
      label: `${label} · ${one ? vscode.l10n.t('one seed') : vscode.l10n.t('three seeds, drawn as a band')}`,
      description: vscode.l10n.t('to train: {0}', trainings),
      detail: cells.map((cell, k) => sizeText(cell, budget, sizes, k)).join(' · '),
      ...{ budget, seeds },
    };
  });
  const title = vscode.l10n.t('Compare on equal terms');
  const chosen = await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true });
  const shares = chosen && (await chooseShares(chosen.seeds * (cells.length + 1)));
  return shares ? { ...chosen, shares } : null;
}

/** Null where nothing was chosen; `trainings`: runs on each part of the text. */
async function chooseShares(trainings: number): Promise<readonly number[] | null> {
  const more = (shares: readonly number[]): string => vscode.l10n.t('more to train: {0}', shares.length * trainings);
  const items = [
    { label: vscode.l10n.t('All of the text'), description: '', shares: [] },
    ...[SHARES.slice(0, 1), SHARES].map((shares) => ({
      label: vscode.l10n.t('Its first {0} % too', shares.join(', ')),
      description: more(shares),
      shares,
    })),
  ];
  const title = vscode.l10n.t('Compare on how much of the text');
  return (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true }))?.shares ?? null;
}

/** "GRU 150: 94,245 parameters (+1.5 %)". */
function sizeText(cell: RunConfig['cell'], budget: Budget, { wanted, matches }: Sizes, k: number): string {
  const { equalUnits, equalParameters } = matches[k];
  const { hiddenUnits, parameters } = budget === 'units' ? equalUnits : equalParameters;
  const share = (100 * (parameters - wanted)) / wanted;
  const deviation = `${share < 0 ? '−' : '+'}${Math.abs(share).toFixed(1)} %`;
  const count = parameters.toLocaleString(vscode.env.language);
  return vscode.l10n.t('{0} {1}: {2} parameters ({3})', cellTitle(cell), hiddenUnits, count, deviation);
}
