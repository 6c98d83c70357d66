// The derivatives of lstm (recurrentGradient.ts).

import { lstm } from './lstm.ts';
import { gradientOf } from './recurrentGradient.ts';

export const lstmGradient = gradientOf('lstmGradient', lstm);
