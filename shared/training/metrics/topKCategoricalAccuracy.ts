// Top-k accuracy: the share of samples whose class is among the k most likely ones.

import { metric } from '../contracts.ts';
import { topKMetric } from './topK.ts';

export const topKCategoricalAccuracy = metric({
  id: 'topKCategoricalAccuracy',
  title: 'Top-k accuracy',
  keras: 'top_k_categorical_accuracy',
  help: 'The share of samples whose class is among the k most likely ones. Fair where several classes look alike; Keras’ name where labels come as rows of 0 and 1.',
  ...topKMetric('Top-k accuracy'),
});
