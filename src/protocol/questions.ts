// Questions the inspector asks about a run when a picture needs them: what takes longer than a frame, or is looked at rarely.
// The trainer answers from a copy of the weights, so that training may go on; of one kind the latest question holds.
import * as v from 'valibot';

const count = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

export const questionSchema = v.variant('about', [
  /** How the values of every parameter are spread. */
  v.object({ about: v.literal('weights'), bins: count(2, 200) }),
]);
export type Question = v.InferOutput<typeof questionSchema>;
export type QuestionAbout = Question['about'];
export type QuestionOf<A extends QuestionAbout> = Extract<Question, { about: A }>;

export interface ParameterSpread {
  /** As in a checkpoint: embedding, W_x, W_h_l1 … */
  name: string;
  shape: number[];
  mean: number;
  /** Standard deviation over the parameter's values. */
  deviation: number;
  smallest: number;
  largest: number;
  /** Values in equally wide bins from smallest to largest. */
  counts: number[];
}

/** What each question is answered with; structured-cloneable, typed arrays with buffers of their own. */
export interface Answers {
  weights: { parameters: ParameterSpread[] };
}
export type AnswerTo<Q extends Question> = Answers[Q['about']];

/** An answer and the training step of the weights it was found with. */
export interface Answered<A extends QuestionAbout = QuestionAbout> {
  about: A;
  step: number;
  value: Answers[A];
}
