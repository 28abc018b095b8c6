// The option list: Enter trains with what it shows; choosing an option opens a second step that changes it and comes back.
import * as vscode from 'vscode';
import { configProblem, runConfigSchema, type RunConfig } from '../../protocol/runConfig';
import { withTask } from '../../protocol/taskDefaults';
import * as v from 'valibot';
import { failureMessage } from '../failureMessages';
import { configLabel } from '../runs/runLabel';
import { parseNumber, valueProblem } from '../settingValues';
import { configFields, valueLabel, type ConfigField } from './configFields';

interface FieldItem extends vscode.QuickPickItem {
  field: ConfigField | null;
}

/** The configuration accepted, or null when the person gave up. */
export async function chooseConfig(defaults: RunConfig, name: string): Promise<RunConfig | null> {
  let config = defaults;
  for (;;) {
    const chosen = await pickField(config, name);
    if (chosen === null) return null;
    if (chosen.field !== null) config = (await changeField(config, chosen.field)) ?? config;
    else if (configProblem(config) === null) return config;
    else config = (await offerCloze(config)) ?? config;
  }
}

/** A language model that reads both ways is refused, and what can be learnt from both sides offered; null when that is not wanted. */
export async function offerCloze(config: RunConfig): Promise<RunConfig | null> {
  const cloze = vscode.l10n.t('Train Cloze');
  const one = vscode.l10n.t('Use One Direction');
  const code = 'bidirectionalLanguage';
  const sentence = failureMessage({ code, args: {} }, vscode.l10n.t);
  const answer = await vscode.window.showWarningMessage(sentence, { modal: true }, cloze, one);
  if (answer === cloze) return withTask(config, 'cloze');
  return answer === one ? { ...config, bidirectional: false } : null;
}

async function pickField(config: RunConfig, name: string): Promise<FieldItem | null> {
  const train: FieldItem = {
    label: `$(play) ${vscode.l10n.t('Train')}`,
    description: configLabel(config, vscode.l10n.t),
    detail: vscode.l10n.t('Enter begins with the options below'),
    field: null,
  };
  const options = configFields(config, vscode.l10n.t).map((field) => ({
    label: field.title,
    description: valueLabel(field, config),
    detail: field.detail,
    field,
  }));
  const separator = { label: vscode.l10n.t('Options'), kind: vscode.QuickPickItemKind.Separator, field: null };
  const picked = await vscode.window.showQuickPick<FieldItem>([train, separator, ...options], {
    title: vscode.l10n.t('Train a Recurrent Model on {0}', name),
    placeHolder: vscode.l10n.t('Press Enter to train, or choose an option to change it'),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked ?? null;
}

/** The configuration with one option changed, or null when the step was left by Escape. */
async function changeField(config: RunConfig, field: ConfigField): Promise<RunConfig | null> {
  const value = field.choices ? await pickChoice(config, field) : await enterNumber(config, field);
  if (value === null) return null;
  const changed = v.parse(runConfigSchema, { ...config, [field.key]: value });
  return field.key === 'task' ? withTask(config, changed.task) : changed;
}

async function pickChoice(config: RunConfig, field: ConfigField): Promise<string | boolean | null> {
  const items = (field.choices ?? []).map((choice) => ({
    label: choice.label,
    description: choice.value === config[field.key] ? vscode.l10n.t('current') : '',
    value: choice.value,
  }));
  const current = items.findIndex((item) => item.value === config[field.key]);
  // showQuickPick preselects the first item, so the current value goes there: Enter keeps it.
  const ordered = current > 0 ? [items[current], ...items.filter((_, index) => index !== current)] : items;
  const picked = await vscode.window.showQuickPick(ordered, {
    title: field.title,
    placeHolder: field.detail,
    ignoreFocusOut: true,
  });
  return picked?.value ?? null;
}

async function enterNumber(config: RunConfig, field: ConfigField): Promise<number | null> {
  const entered = await vscode.window.showInputBox({
    title: field.title,
    prompt: field.detail,
    value: String(config[field.key]),
    ignoreFocusOut: true,
    validateInput: (text) => valueProblem(field.key, parseNumber(text), vscode.l10n.t),
  });
  return entered === undefined ? null : parseNumber(entered);
}
