// `gatescope parser`: trains the dependency parsers that come with Gatescope, and tells how good they are.
import { parserHelp, parserScoreOptions, parserTrainOptions } from './parserOptions';
import { scoreParser } from './parserScore';
import { trainParser } from './parserTrain';
import { UsageError, type Subcommand } from './subcommand';

export const parserCommand: Subcommand = {
  name: 'parser',
  summary: 'train a dependency parser, or score one on gold trees',
  help: parserHelp,
  prepare: ([action, ...rest], context) => {
    if (action === 'train') {
      const options = parserTrainOptions(rest);
      return () => trainParser(options, context);
    }
    if (action === 'score') {
      const options = parserScoreOptions(rest);
      return () => scoreParser(options, context);
    }
    throw new UsageError('parser: train or score?');
  },
};
