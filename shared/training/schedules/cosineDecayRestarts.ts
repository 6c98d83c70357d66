// Cosine decay with warm restarts. Loshchilov and Hutter, 2016.

import { number } from '../../lib/fields.ts';
import { schedule } from '../contracts.ts';
import { alphaField, decaySteps, decayStepsField } from './parameters.ts';

export const cosineDecayRestarts = schedule({
  id: 'cosineDecayRestarts',
  title: 'Cosine decay with restarts',
  keras: 'CosineDecayRestarts',
  help: 'Falls along a cosine and starts high again, each time over a longer stretch: it leaves poor valleys once more.',
  formula: 'rate · ((1 − alpha) · m^i · ½ · (1 + cos(π · share of stretch i)) + alpha)',
  fields: {
    firstDecaySteps: decayStepsField(),
    tMul: number({ label: 'Stretch factor', help: 'Each stretch is so many times as long as the one before.', keras: 't_mul', min: 1, max: 1000, default: 2 }),
    mMul: number({
      label: 'Rate factor',
      help: 'Each restart begins at so much of the rate of the one before.',
      keras: 'm_mul',
      min: 0,
      max: 1000,
      default: 1,
    }),
    alpha: alphaField(),
  },
  rate(step, { initial, totalSteps }, p) {
    const { restart, share } = stretchOf(step / decaySteps(p.firstDecaySteps, totalSteps), p.tMul);
    const cosine = 0.5 * p.mMul ** restart * (1 + Math.cos(Math.PI * share));
    return initial * ((1 - p.alpha) * cosine + p.alpha);
  },
});

/** Which stretch it is, and which share of it is done, where the first has length 1 and each next is `factor` times as long. */
function stretchOf(done: number, factor: number): { readonly restart: number; readonly share: number } {
  if (factor === 1) return { restart: Math.floor(done), share: done % 1 };
  const restart = Math.floor(Math.log(1 - done * (1 - factor)) / Math.log(factor));
  const before = (1 - factor ** restart) / (1 - factor);
  return { restart, share: (done - before) / factor ** restart };
}
