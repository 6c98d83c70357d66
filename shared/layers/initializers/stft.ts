// STFT: the waves of a short-time Fourier transform as the kernel of a Conv1D, so that it starts as a spectrum analyser.

import { boolean, choice } from '../../lib/fields.ts';
import type { Shape } from '../../tensor/types.ts';
import { initializer } from './initializer.ts';

/** What each window is a sum of: amplitudes of cosines with alternating signs. */
const windows: Readonly<Record<string, readonly number[]>> = { none: [1], hann: [0.5, 0.5], hamming: [0.54, 0.46], blackman: [0.42, 0.5, 0.08] };

export const stft = initializer({
  id: 'stft',
  title: 'Short-time Fourier',
  keras: 'STFT',
  kerasConfig: {},
  help: 'The waves of a short-time Fourier transform, for a Conv1D over one channel: each filter starts as a pitch it listens for.',
  fields: {
    side: choice({
      label: 'Side',
      help: 'Cosines or sines.',
      choices: [
        { value: 'real', label: 'real' },
        { value: 'imag', label: 'imaginary' },
      ],
      default: 'real',
    }),
    window: choice({
      label: 'Window',
      help: 'How the ends of a frame are faded out.',
      choices: Object.keys(windows).map((value) => ({ value, label: value })),
      default: 'hann',
    }),
    scaling: choice({
      label: 'Scaling',
      help: 'What the window is divided by.',
      choices: [
        { value: 'density', label: 'density', help: 'The root of the sum of its squares.' },
        { value: 'spectrum', label: 'spectrum', help: 'Its sum.' },
        { value: 'none', label: 'none' },
      ],
      default: 'density',
    }),
    periodic: boolean({ label: 'Periodic', help: 'The window is one period of a longer one.', default: false }),
  },
  misfit: (shape) => (shape.length === 3 ? null : 'The short-time Fourier initializer is for weights of exactly three axes, the kernel of a Conv1D.'),
  create([frame, channels, filters]: Shape, _key, p) {
    const length = frame as number,
      each = channels as number,
      count = filters as number;
    const window = windowOf(p.window, length, p.periodic);
    const scale = p.window === 'none' ? 1 : scaleOf(window, p.scaling);
    const wave = p.side === 'real' ? Math.cos : Math.sin;
    return Float32Array.from({ length: length * each * count }, (_, i) => {
      const time = Math.floor(i / (each * count));
      const frequency = count > 1 ? (i % count) / (2 * (count - 1)) : 0;
      return (wave(-2 * Math.PI * time * frequency) * (window[time] as number)) / scale;
    });
  },
});

function windowOf(name: string, length: number, periodic: boolean): readonly number[] {
  if (length === 1) return [1];
  const last = periodic ? length : length - 1;
  const amplitudes = windows[name] ?? [1];
  return Array.from({ length }, (_, t) => amplitudes.reduce((sum, a, k) => sum + (k % 2 ? -a : a) * Math.cos((2 * Math.PI * k * t) / last), 0));
}

function scaleOf(window: readonly number[], scaling: string): number {
  if (scaling === 'density') return Math.sqrt(window.reduce((sum, x) => sum + x * x, 0));
  return scaling === 'spectrum' ? window.reduce((sum, x) => sum + Math.abs(x), 0) : 1;
}
