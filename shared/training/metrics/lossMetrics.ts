// Losses that Keras has as metrics too. Their values are the losses' own.

import { metric } from '../contracts.ts';
import { cosineSimilarity as cosineSimilarityLoss } from '../losses/cosineSimilarity.ts';
import { logCosh as logCoshLoss } from '../losses/logCosh.ts';
import { kullbackLeiblerDivergence as kullbackLeiblerDivergenceLoss } from '../losses/kullbackLeiblerDivergence.ts';
import { poisson as poissonLoss } from '../losses/poisson.ts';
import { hinge as hingeLoss } from '../losses/hinge.ts';
import { squaredHinge as squaredHingeLoss } from '../losses/squaredHinge.ts';
import { categoricalHinge as categoricalHingeLoss } from '../losses/categoricalHinge.ts';
import { meanAbsolutePercentageError as meanAbsolutePercentageErrorLoss } from '../losses/meanAbsolutePercentageError.ts';
import { meanSquaredLogarithmicError as meanSquaredLogarithmicErrorLoss } from '../losses/meanSquaredLogarithmicError.ts';
import { binaryCrossentropy as binaryCrossentropyLoss } from '../losses/binaryCrossentropy.ts';
import { categoricalCrossentropy as categoricalCrossentropyLoss } from '../losses/categoricalCrossentropy.ts';
import { ofLoss } from './ofLoss.ts';

export const cosineSimilarity = metric({
  id: 'cosineSimilarity',
  title: 'Cosine similarity',
  keras: 'cosine_similarity',
  help: 'How alike the directions of answer and label are: 1 the same, 0 at a right angle, −1 opposite.',
  ...ofLoss(cosineSimilarityLoss, ['classes', 'binary', 'numbers'], -1),
});

export const logCosh = metric({
  id: 'logCosh',
  title: 'Log-cosh error',
  keras: 'logcosh',
  help: 'Nearly half the square of small differences, nearly the size of large ones.',
  ...ofLoss(logCoshLoss, ['classes', 'binary', 'numbers']),
});

export const kullbackLeiblerDivergence = metric({
  id: 'kullbackLeiblerDivergence',
  title: 'Kullback–Leibler divergence',
  keras: 'kl_divergence',
  help: 'How far the predicted probabilities are from the given ones.',
  ...ofLoss(kullbackLeiblerDivergenceLoss, ['classes', 'binary', 'numbers']),
});

export const poisson = metric({
  id: 'poisson',
  title: 'Poisson',
  keras: 'poisson',
  help: 'The Poisson loss of the answers, for counts.',
  ...ofLoss(poissonLoss, ['classes', 'binary', 'numbers']),
});

export const hinge = metric({
  id: 'hinge',
  title: 'Hinge',
  keras: 'hinge',
  help: 'How much is missing to a margin of 1 on the right side.',
  ...ofLoss(hingeLoss, ['classes', 'binary', 'numbers']),
});

export const squaredHinge = metric({
  id: 'squaredHinge',
  title: 'Squared hinge',
  keras: 'squared_hinge',
  help: 'The square of what is missing to a margin of 1 on the right side.',
  ...ofLoss(squaredHingeLoss, ['classes', 'binary', 'numbers']),
});

export const categoricalHinge = metric({
  id: 'categoricalHinge',
  title: 'Categorical hinge',
  keras: 'categorical_hinge',
  help: 'How much the right class is short of winning by 1.',
  ...ofLoss(categoricalHingeLoss, ['classes', 'binary', 'numbers']),
});

export const meanAbsolutePercentageError = metric({
  id: 'meanAbsolutePercentageError',
  title: 'Mean absolute percentage error',
  keras: 'mean_absolute_percentage_error',
  help: 'How many percent the answers are off, on average.',
  ...ofLoss(meanAbsolutePercentageErrorLoss, ['classes', 'binary', 'numbers']),
});

export const meanSquaredLogarithmicError = metric({
  id: 'meanSquaredLogarithmicError',
  title: 'Mean squared logarithmic error',
  keras: 'mean_squared_logarithmic_error',
  help: 'The squared difference of logarithms: a factor counts the same for small and large numbers.',
  ...ofLoss(meanSquaredLogarithmicErrorLoss, ['classes', 'binary', 'numbers']),
});

export const binaryCrossentropy = metric({
  id: 'binaryCrossentropy',
  title: 'Binary cross-entropy',
  keras: 'binary_crossentropy',
  help: 'The cross-entropy of yes-or-no answers, without weights.',
  ...ofLoss(binaryCrossentropyLoss, ['classes', 'binary']),
});

export const categoricalCrossentropy = metric({
  id: 'categoricalCrossentropy',
  title: 'Categorical cross-entropy',
  keras: 'categorical_crossentropy',
  help: 'The cross-entropy over classes, without weights.',
  ...ofLoss(categoricalCrossentropyLoss, ['classes', 'binary']),
});
