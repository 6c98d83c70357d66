// Cosine similarity: only the direction counts.

import { unitLength } from '../../layers/normalization/unitLength.ts';
import { loss } from '../contracts.ts';
import { sumOfLast } from './probabilities.ts';

export const cosineSimilarity = loss({
  id: 'cosineSimilarity',
  title: 'Cosine similarity',
  keras: 'cosine_similarity',
  help: 'Compares directions, not sizes: −1 where prediction and label point the same way, 0 at a right angle, 1 opposite. For vectors such as embeddings.',
  formula: '−mean(Σ y · ŷ / (|y| · |ŷ|))',
  fields: {},
  labels: 'numbers',
  values(builder, labels, prediction) {
    const axes = [prediction.shape.length - 1];
    const products = builder.multiply(unitLength(builder, labels, axes), unitLength(builder, prediction, axes));
    return builder.negate(sumOfLast(builder, products));
  },
});
