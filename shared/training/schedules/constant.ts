// Constant: the rate stays.

import { schedule } from '../contracts.ts';

export const constant = schedule({
  id: 'constant',
  title: 'Constant',
  keras: '',
  help: 'The learning rate stays as it is set.',
  formula: 'rate',
  fields: {},
  rate: (_step, { initial }) => initial,
});
