// What questions about syntax draw on as long as a run is open: parsers, sentences that were parsed, and imported trees.
import type { KernelModules } from '../../engine/kernels/kernelVariants';
import { ImportedTrees } from './importedTrees';
import { ParserShelf, type Parsers } from './parserShelf';
import { SentenceAnalyses } from './sentenceAnalyses';

export class SyntaxDesk {
  readonly parsers: Parsers;
  readonly analyses: SentenceAnalyses;
  readonly imported: ImportedTrees;

  /** Nothing is read before it is asked for. `folder` is the run's; the parsers are in `mediaFolder`, or are those given. */
  constructor(
    folder: string,
    { mediaFolder, kernelsWasm }: { mediaFolder?: string; kernelsWasm: KernelModules | null },
    parsers?: Parsers,
  ) {
    this.parsers = parsers ?? new ParserShelf(mediaFolder ?? '', kernelsWasm);
    this.analyses = new SentenceAnalyses(this.parsers);
    this.imported = new ImportedTrees(folder);
  }

  close(): void {
    this.parsers.close();
  }
}
