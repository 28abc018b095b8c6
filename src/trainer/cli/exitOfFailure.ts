// Which exit code a failure ends with, so that a script can tell a file that must be mended from a trainer that broke.
import type { FailureCode } from '../../protocol/failures';
import { EXIT } from './subcommand';

/** Failures that come from what was given, and come again with the same input. */
const OF_INPUT: ReadonlySet<string> = new Set<FailureCode>([
  ...(['emptyText', 'textTooShort', 'oneSymbol', 'binaryFile', 'undecodable', 'tooLargeToHold'] as const),
  ...([
    'datasetMalformed',
    'datasetUnlabelled',
    'datasetUntagged',
    'nothingToProbe',
    'datasetOneClass',
    'datasetTooFew',
  ] as const),
  ...(['notAFile', 'fileMissing', 'fileUnreadable', 'runMissing', 'runDamaged', 'snapshotDamaged'] as const),
  ...(['bidirectionalLanguage', 'notOfTasks', 'noTrees'] as const),
]);

/** `code` is that of a Failure. */
export function exitOfFailure(code: string): number {
  return OF_INPUT.has(code) ? EXIT.badInput : EXIT.failed;
}
