// Sparse top-k accuracy: the share of samples whose class is among the k most likely ones.

import { metric } from '../contracts.ts';
import { topKMetric } from './topK.ts';

export const sparseTopKCategoricalAccuracy = metric({
  id: 'sparseTopKCategoricalAccuracy',
  title: 'Sparse top-k accuracy',
  keras: 'sparse_top_k_categorical_accuracy',
  help: 'The share of samples whose class is among the k most likely ones. Fair where several classes look alike; Keras’ name where labels come as class numbers.',
  ...topKMetric('Sparse top-k accuracy'),
});
