// The learning rate to try where one was so large that the loss became infinite. The trainer's message and the button beside it say the same.

/** What most optimizers of Keras begin with. */
const usual = 0.001;

/** A tenth, but never more than what is usual to begin with. @param rate with which the loss broke */
export function saferLearningRate(rate: number): number {
  return rate > 10 * usual ? usual : Number((rate / 10).toPrecision(2));
}

/** As a person would type it: `0.001`, `1e20`. */
export const rateWords = (rate: number): string => (rate !== 0 && (rate < 1e-4 || rate >= 1e6) ? rate.toExponential().replace('e+', 'e') : String(rate));
