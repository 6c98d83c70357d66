// Precision.

import { metric } from '../contracts.ts';
import { ofAnswers } from './confusion.ts';

export const precision = metric({
  id: 'precision',
  title: 'Precision',
  keras: 'precision',
  help: 'Of the outputs that say yes, the share that is right. Low means false alarms. With one output per class, all outputs are counted together.',
  ...ofAnswers(1),
});
