// What a network trained elsewhere makes of the text it is shown on: its loss on the held-out part, told once.
import type { ReadyRun } from './readyRun';
import { readValidation } from './readyRun';
import type { RunReporter } from './runReporter';
import { VALIDATION_TOKENS } from './trainingPlan';

/** Measures it, stores it and ends the run as finished; the tokens are open. */
export function measureImported(ready: ReadyRun, reporter: RunReporter): void {
  const { trained, corpus } = ready;
  const { position, session } = trained;
  const loss = session.evaluate(readValidation(ready), VALIDATION_TOKENS);
  if (Number.isFinite(loss)) position.bestValidationLoss = loss;
  if (!(loss < corpus.unigramEntropy))
    reporter.log(
      'warning',
      `imported weights: ${loss.toFixed(3)} nats per token is no better than the tokens' frequencies alone; is the vocabulary in another order?`,
    );
  const unmeasured = { trainingLoss: null, gradientNorm: null, clippedNorm: null, updateRatio: null, clippedSteps: 0 };
  reporter.metric({ step: position.step, validationLoss: loss, ...unmeasured });
  reporter.storeWith(trained);
  reporter.update({ phase: 'finished', plannedSteps: position.step });
}
