// How much each old place counts for a new one where images are resized by curves: as TensorFlow weighs them, to the last table of it. No layer itself.

/** Curves over several places; a straight one where it is also to blur what becomes smaller. */
export type Smooth = 'bicubic' | 'lanczos3' | 'lanczos5';

/** Keys' cubic with a = −½. */
function keys(x: number): number {
  const d = Math.abs(x);
  if (d >= 2) return 0;
  return d <= 1 ? (1.5 * d - 2.5) * d * d + 1 : ((-0.5 * d + 2.5) * d - 4) * d + 2;
}
const lanczos =
  (radius: number) =>
  (x: number): number => {
    if (Math.abs(x) > radius) return 0;
    const turn = Math.PI * x;
    return Math.abs(x) <= 1e-3 ? 1 : (radius * Math.sin(turn) * Math.sin(turn / radius)) / (turn * turn);
  };

interface Curve {
  /** How many places it reaches to either side. */
  readonly radius: number;
  at(x: number): number;
}
const curves: Readonly<Record<Smooth | 'bilinear', Curve>> = {
  bilinear: { radius: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { radius: 2, at: keys },
  lanczos3: { radius: 3, at: lanczos(3) },
  lanczos5: { radius: 5, at: lanczos(5) },
};

/** Each row to a sum of 1. */
function evened(weights: Float64Array, from: number): Float32Array {
  return Float32Array.from(weights, (weight, i) => {
    const start = i - (i % from);
    const sum = weights.subarray(start, start + from).reduce((a, b) => a + b, 0);
    return sum === 0 ? 0 : weight / sum;
  });
}

/** TensorFlow reads the cubic from a table of so many steps between two places. */
const tableSteps = 1024;

/** Row i: the four old places around the new place i; those beyond the ends count nothing. */
export function cubic(from: number, to: number): Float32Array {
  const weights = new Float64Array(to * from);
  for (let i = 0; i < to; i++) {
    const place = Math.fround(Math.fround((i + 0.5) * Math.fround(from / to)) - 0.5);
    const low = Math.floor(place);
    const share = Math.round((place - low) * tableSteps) / tableSteps;
    for (let tap = -1; tap <= 2; tap++) if (low + tap >= 0 && low + tap < from) weights[i * from + low + tap] = keys(tap - share);
  }
  return evened(weights, from);
}

/** Row i: all old places that the curve reaches from the new place i. @param antialias widens it where an image becomes smaller */
export function spread(from: number, to: number, interpolation: Smooth | 'bilinear', antialias: boolean): Float32Array {
  const { radius, at } = curves[interpolation];
  const scale = from / to,
    width = antialias ? Math.max(scale, 1) : 1;
  const weights = new Float64Array(to * from);
  for (let i = 0; i < to; i++) {
    const middle = (i + 0.5) * scale;
    const [first, last] = [Math.max(0, Math.ceil(middle - width * radius - 0.5)), Math.min(from - 1, Math.floor(middle + width * radius - 0.5))];
    for (let place = first; place <= last; place++) weights[i * from + place] = at((place + 0.5 - middle) / width);
  }
  return evened(weights, from);
}
