// The parsers, each with kernels of its own; a parser's weights are read when its language is first asked for.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { KernelModules } from '../../engine/kernels/kernelVariants';
import { selectKernels } from '../../engine/kernels/selectKernels';
import { GatescopeError } from '../../protocol/failures';
import type { ParsedLanguage } from '../../protocol/syntax';
import { decodeParser, ParserFileError } from '../../syntax/parser/parserFile';
import { parserArenaBytes, parserOf, type Parser } from '../../syntax/parser/parseSentences';

/** Where parsers come from. */
export interface Parsers {
  /** @throws GatescopeError parserUnusable where the weights are missing or damaged */
  of(language: ParsedLanguage): Promise<Parser>;
  close(): void;
}

/** Name of a parser's file in the folder of the extension's media. */
export function parserFileName(language: ParsedLanguage): string {
  return `parser-${language}.safetensors`;
}

export class ParserShelf implements Parsers {
  private readonly opened = new Map<ParsedLanguage, Promise<Parser>>();

  /** `read` gives a file's bytes. @throws the file system's error */
  constructor(
    private readonly folder: string,
    private readonly kernels: KernelModules | null,
    private readonly read: (file: string) => Uint8Array = readFileSync,
  ) {}

  of(language: ParsedLanguage): Promise<Parser> {
    let parser = this.opened.get(language);
    if (!parser) {
      this.opened.set(language, (parser = this.open(language)));
      // What went wrong may be mended: the next question tries again.
      parser.catch(() => this.opened.delete(language));
    }
    return parser;
  }

  close(): void {
    for (const parser of this.opened.values())
      parser.then(
        (open) => open.dispose(),
        () => undefined,
      );
    this.opened.clear();
  }

  private async open(language: ParsedLanguage): Promise<Parser> {
    const name = parserFileName(language);
    try {
      const file = decodeParser(this.read(path.join(this.folder, name)));
      if (file.config.language !== language)
        throw new ParserFileError(`it is of another language (${file.config.language})`);
      const { kernels } = await selectKernels(this.kernels, parserArenaBytes(file));
      return parserOf(file, kernels);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new GatescopeError('parserUnusable', { name, reason: error.message });
    }
  }
}
