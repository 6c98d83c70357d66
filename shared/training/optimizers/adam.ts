// Adam: momentum and scaled steps together. Kingma and Ba, 2015, in the form Keras computes it.

import { optimizer } from '../contracts.ts';
import { adamFields, adamStep } from './adamStep.ts';

export const adam = optimizer({
  id: 'adam',
  title: 'Adam',
  keras: 'Adam',
  help: 'Keeps a running mean of the gradient and of its square, and steps by their ratio. Works well with its defaults on most networks.',
  formula: 'm ← m + (g − m)(1 − β₁);  v ← v + (g² − v)(1 − β₂);  w ← w − rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + epsilon)',
  fields: adamFields,
  lower: adamStep,
});
