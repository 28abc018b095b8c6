// Compare Directions: a run on a task beside the same network trained with the other number of directions, on the same data and seed.
import * as vscode from 'vscode';
import type { Run } from '../runs/run';
import type { CommandContext } from './commandContext';

/** Trains what is missing and shows both; each direction keeps its number of units. */
export function compareDirections({ comparisons, openInspector }: CommandContext, base: Run): void {
  const { config } = base.record;
  openInspector();
  comparisons.begin(base, [], 'units', [{ ...config, bidirectional: !config.bidirectional }]);
  const said = config.bidirectional
    ? vscode.l10n.t('The same network is trained to read forward only, with the same data and seed, and shown beside.')
    : vscode.l10n.t('The same network is trained to read both ways, with the same data and seed, and shown beside.');
  void vscode.window.showInformationMessage(said);
}
