// The names that the manifest and the code must agree on.

/** View type of the inspector: in createWebviewPanel, in its serializer and in the manifest's activation event. */
export const INSPECTOR_VIEW_TYPE = 'gatescope.inspector';

export const COMMANDS = {
  trainRecurrentModel: 'gatescope.trainRecurrentModel',
  trainFile: 'gatescope.trainFile',
  trainWithOptions: 'gatescope.trainWithOptions',
  trainSelection: 'gatescope.trainSelection',
  openInspector: 'gatescope.openInspector',
  pause: 'gatescope.pause',
  resume: 'gatescope.resume',
  stop: 'gatescope.stop',
  retrain: 'gatescope.retrain',
  compareCell: 'gatescope.compareCell',
  openRun: 'gatescope.openRun',
  deleteRun: 'gatescope.deleteRun',
  deleteAllRuns: 'gatescope.deleteAllRuns',
  revealRunFolder: 'gatescope.revealRunFolder',
  copyCommandLine: 'gatescope.copyCommandLine',
  exportWeights: 'gatescope.exportWeights',
  importWeights: 'gatescope.importWeights',
  importTrees: 'gatescope.importTrees',
  saveParses: 'gatescope.saveParses',
  continueText: 'gatescope.continueText',
  shadeText: 'gatescope.shadeText',
  showLog: 'gatescope.showLog',
} as const;

/** Context keys that grey commands out where they make no sense. */
export const CONTEXT_KEYS = {
  hasRun: 'gatescope.hasRun',
  canPause: 'gatescope.canPause',
  canResume: 'gatescope.canResume',
  canStop: 'gatescope.canStop',
  canContinue: 'gatescope.canContinue',
} as const;
