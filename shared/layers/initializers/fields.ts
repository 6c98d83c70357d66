// The numbers that initializers have in common. No initializer itself.

import { number } from '../../lib/fields.ts';

const far = 1_000_000;
export const meanField = () => number({ label: 'Mean', help: 'The middle of the draws.', min: -far, max: far, default: 0 });
export const deviationField = () =>
  number({ label: 'Standard deviation', help: 'How far the draws spread around their mean.', min: 0, max: far, sliderMax: 1, default: 0.05 });
export const gainField = () => number({ label: 'Gain', help: 'The factor of all numbers.', min: -far, max: far, default: 1 });
export const limitField = (label: string, usual: number) => number({ label, min: -far, max: far, default: usual });
