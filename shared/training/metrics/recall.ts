// Recall.

import { metric } from '../contracts.ts';
import { ofAnswers } from './confusion.ts';

export const recall = metric({
  id: 'recall',
  title: 'Recall',
  keras: 'recall',
  help: 'Of everything that is a yes, the share that was found. Low means misses. With one output per class, all outputs are counted together.',
  ...ofAnswers(2),
});
