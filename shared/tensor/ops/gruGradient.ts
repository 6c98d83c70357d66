// The derivatives of gru (recurrentGradient.ts).

import { gru } from './gru.ts';
import { gradientOf } from './recurrentGradient.ts';

export const gruGradient = gradientOf('gruGradient', gru);
