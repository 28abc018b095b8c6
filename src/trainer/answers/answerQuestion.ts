// Hands a question to whoever can answer it.
import { GatescopeError } from '../../protocol/failures';
import type { Answers, Question, QuestionAbout } from '../../protocol/questions';
import type { AnswerContext } from './answerContext';
import { answerAblation } from './ablation';
import { answerAblationByLag } from './ablationByLag';
import { answerAgreement } from './agreement';
import { answerAgreementSet } from './agreementSet';
import { answerAttribution } from './attribution';
import { answerAnnotatedProbes } from './annotatedProbes';
import { answerCellTerms } from './cellTerms';
import { answerDrivers } from './drivers';
import { answerFading } from './fading';
import { answerInfluence } from './influence';
import { answerJacobians } from './jacobians';
import { answerJoined } from './joined';
import { answerLyapunov } from './lyapunov';
import { answerMemoryCapacity } from './memoryCapacity';
import { answerProbes } from './probes';
import { answerShading } from './shading';
import { answerMatchingUnits } from './matchingUnits';
import { answerSpectrum } from './spectrum';
import { answerStateGradient } from './stateGradient';
import { answerImportTrees, answerParses, answerSyntax } from './syntax';
import { answerTokenStates } from './tokenStates';
import { answerTorchWeights } from './torchWeights';
import { answerWeightItemised } from './weightItemised';
import { answerWeights } from './weights';

/** About losses of next tokens, which a network that was trained for a task does not have. */
const ABOUT_NEXT_TOKENS: ReadonlySet<QuestionAbout> = new Set([
  ...([
    'influence',
    'ablation',
    'ablationByLag',
    'shading',
    'stateGradient',
    'weightItemised',
    'lyapunov',
    'fading',
    'memoryCapacity',
    'probes',
    'agreement',
    'agreementSet',
  ] as const),
]);

/** @throws GatescopeError where the text or the run does not allow an answer: notOfTasks. */
export async function answerQuestion(context: AnswerContext, question: Question): Promise<Answers[QuestionAbout]> {
  if (context.reading && ABOUT_NEXT_TOKENS.has(question.about)) throw new GatescopeError('notOfTasks');
  switch (question.about) {
    case 'weights':
      return answerWeights(context, question);
    case 'spectrum':
      return answerSpectrum(context, question);
    case 'jacobians':
      return answerJacobians(context, question);
    case 'weightItemised':
      return answerWeightItemised(context, question);
    case 'lyapunov':
      return answerLyapunov(context, question);
    case 'fading':
      return answerFading(context, question);
    case 'memoryCapacity':
      return answerMemoryCapacity(context, question);
    case 'probes':
      return answerProbes(context);
    case 'annotatedProbes':
      return answerAnnotatedProbes(context, question);
    case 'cellTerms':
      return answerCellTerms(context, question);
    case 'joined':
      return answerJoined(context, question);
    case 'drivers':
      return answerDrivers(context, question);
    case 'torchWeights':
      return answerTorchWeights(context, question);
    case 'influence':
      return answerInfluence(context, question);
    case 'tokenStates':
      return answerTokenStates(context, question);
    case 'attribution':
      return answerAttribution(context, question);
    case 'ablation':
      return answerAblation(context, question);
    case 'stateGradient':
      return answerStateGradient(context);
    case 'ablationByLag':
      return answerAblationByLag(context);
    case 'agreement':
      return answerAgreement(context, question);
    case 'agreementSet':
      return answerAgreementSet(context, question);
    case 'matchingUnits':
      return answerMatchingUnits(context, question);
    case 'syntax':
      return answerSyntax(context, question);
    case 'parses':
      return answerParses(context, question);
    case 'importTrees':
      return answerImportTrees(context, question);
    case 'shading':
      return answerShading(context, question);
  }
}
